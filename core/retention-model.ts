// What is said of how long vendors keep their logs, and what of them is held.

/** Until when a source must be exported again so that nothing is lost in between. */
export type SourceRetention = {
  source: string;
  /** Days the vendor keeps its log; null where not published. */
  retentionDays: number | null;
  /** The same in words. */
  retention: string;
  /** Oldest and newest record held. */
  firstTime: string | null;
  lastTime: string | null;
  /** Where it is synced: everything before it is held, though the newest record may be older, or younger. */
  settledUntil: string | null;
  /** Since when the vendor still holds its log, where it says how long it does. */
  vendorFrom: string | null;
  /** What may be lost already: neither held for certain nor with the vendor any more. */
  lost: { from: string; until: string } | null;
  /** Last safe day (UTC) for the next export; null where it cannot be known. */
  exportBy: string | null;
  /** Whole days until then, negative when it has passed. */
  daysLeft: number | null;
};

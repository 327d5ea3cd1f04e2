// What is frozen of a pack before a seed is used, as the activity log notes it.

/** The recipe by its hash, and each population by its count and RFC 6962 root. */
export type Freeze = {
  packId: string;
  recipeSha256: string;
  populations: readonly { id: string; rows: number; root: string }[];
};

/** An entry of the activity log that is about a freeze. */
export type NotedFreeze = Freeze & {
  /** Its number in the activity log, when it was written (ISO 8601 UTC), and its hash. */
  id: number;
  at: string;
  hash: string;
};

// When a source is to be synced again by itself.

const hour = 3_600_000; // ms

/**
 * Whether `hours` have gone by since the last sync. One that lies ahead was noted before the computer's clock was set back:
 * nobody knows how long ago it was, so the source is due.
 * @param lastSync ISO 8601; null when there was none
 */
export function isDue(lastSync: string | null, hours: number, now: number): boolean {
  if (lastSync === null) return true;
  const since = now - Date.parse(lastSync);
  return since < 0 || since >= hours * hour;
}

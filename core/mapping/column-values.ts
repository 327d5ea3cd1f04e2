// What the values of a column can be told to be by their form alone. Pure, because the page proposes with it.

/** An IPv4 address, with a port or without, or an IPv6 address. A clock such as 06:12:09 is none. */
export function isAddress(value: string): boolean {
  if (/^\d{1,3}(\.\d{1,3}){3}(:\d+)?$/.test(value)) return true;
  if (!/^[0-9a-f:]+$/i.test(value)) return false;
  const groups = value.split(':');
  return groups.every((group) => group.length <= 4) && (value.includes('::') || groups.length === 8);
}

/** A JSON list or object, perhaps cut. `[default]Line 1/Speed` is none. */
export const isStructured = (value: string): boolean => /^\s*[[{]/.test(value) && /[\]}…]\s*$/.test(value);

export const isMailAddress = (value: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);

/** A time of day without a date: 06:12, 6:12:09.5 PM. */
export const isClock = (value: string): boolean =>
  /^\s*\d{1,2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(\s*[ap]\.?m\.?)?\s*$/i.test(value);

/** A date without a time of day. */
export const isDay = (value: string): boolean =>
  /^\s*(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})\s*$/.test(value);

/** A word that says of nothing but an outcome how it went: `true` or `allow` say so only under a name that asks for it. */
export const isOutcomeWord = (value: string): boolean =>
  /^(success|successful|succeeded|failure|failed|fail|fehlgeschlagen|erfolgreich)$/i.test(value.trim());

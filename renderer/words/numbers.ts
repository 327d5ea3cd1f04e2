// Counts and sizes as people read them. Counts are exact; only sizes are rounded.

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** `12,408`. */
export const formatCount = (n: number): string => whole.format(n);

/** `1 event`, `12,408 events`. */
export const formatCounted = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`;

/** `812 bytes`, `1.4 MB`, in powers of 1000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatCounted(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = '';
  for (const next of units) {
    value /= 1000;
    unit = next;
    if (value < 999.95) break;
  }
  return `${oneDigit.format(value)} ${unit}`;
}

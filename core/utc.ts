// ISO 8601 in UTC with milliseconds, read and written for millions of events in a row: most of them share the day of
// the one before, so only the time of day is worked out.

const day = 86_400_000;
const two = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
const three = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));

let writtenDay = Number.NaN;
let writtenText = '';

/** `2026-03-09T09:44:19.120Z`, as Date.toISOString writes it. Throws RangeError for what is no date. */
export function formatUtc(ms: number): string {
  // Fractions of a millisecond are cut towards 1970, as Date does.
  const whole = Math.trunc(ms);
  const days = Math.floor(whole / day);
  if (days !== writtenDay) {
    const text = new Date(ms).toISOString();
    writtenText = text.slice(0, text.indexOf('T') + 1);
    writtenDay = days;
  }
  const rest = whole - days * day;
  const seconds = Math.floor(rest / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${writtenText}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}.${three[rest % 1000]}Z`;
}

/** Writes formatUtc as ASCII bytes at `at`, where there is room for 32, and returns where it ends. */
export function writeUtc(ms: number, bytes: Uint8Array, at: number): number {
  const whole = Math.trunc(ms);
  const days = Math.floor(whole / day);
  if (days !== writtenDay || writtenText.length !== 11) {
    const text = formatUtc(ms);
    for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index);
    return at + text.length;
  }
  for (let index = 0; index < 11; index++) bytes[at + index] = writtenText.charCodeAt(index);
  const rest = whole - days * day;
  const seconds = Math.floor(rest / 1000);
  const minutes = Math.floor(seconds / 60);
  const pair = (value: number, place: number, after: number) => {
    const tens = Math.floor(value / 10);
    bytes[at + place] = zero + tens;
    bytes[at + place + 1] = zero + value - tens * 10;
    bytes[at + place + 2] = after;
  };
  pair(Math.floor(minutes / 60), 11, 58);
  pair(minutes % 60, 14, 58);
  pair(seconds % 60, 17, 46);
  const thousandths = rest % 1000;
  pair(Math.floor(thousandths / 10), 20, zero + (thousandths % 10));
  bytes[at + 23] = 90;
  return at + 24;
}
const zero = 48;

let readDay = '';
let readDayStart = 0;

/**
 * Epoch ms of a text that is exactly of the form `2026-03-09T09:44:19.120Z`, which formatUtc writes back the same;
 * null for any other text, also for times that other forms allow (leap seconds, 24:00, offsets).
 */
export function readUtc(text: string): number | null {
  if (text.length !== 24) return null;
  const pair = (at: number) => {
    const tens = text.charCodeAt(at) - 48;
    const ones = text.charCodeAt(at + 1) - 48;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
  };
  const hour = pair(11);
  const minute = pair(14);
  const second = pair(17);
  const hundredths = pair(20);
  const thousandth = text.charCodeAt(22) - 48;
  const isTime =
    hour < 24 && minute < 60 && second < 60 && hundredths < 100 && thousandth >= 0 && thousandth <= 9;
  // T : : . Z
  const isForm =
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58 &&
    text.charCodeAt(19) === 46 &&
    text.charCodeAt(23) === 90;
  if (!isTime || !isForm) return null;
  if (!text.startsWith(readDay) || readDay === '') {
    const date = text.slice(0, 10);
    const start = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00.000Z`) : Number.NaN;
    // Date.parse rolls 30 February over in some runtimes: a day that is not written back the same is none.
    if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== date) return null;
    // A copy, so that the text it was cut from can go.
    readDay = Buffer.from(date, 'latin1').toString('latin1');
    readDayStart = start;
  }
  return readDayStart + ((hour * 60 + minute) * 60 + second) * 1000 + hundredths * 10 + thousandth;
}

let seenDate = Number.NaN;
let seenDateStart = 0;

/** readUtc of the 24 ASCII bytes that begin at `at`; NaN instead of null. */
export function readUtcBytes(bytes: Uint8Array, at: number): number {
  const pair = (place: number) => {
    const tens = (bytes[at + place] as number) - zero;
    const ones = (bytes[at + place + 1] as number) - zero;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
  };
  const hour = pair(11);
  const minute = pair(14);
  const second = pair(17);
  const hundredths = pair(20);
  const thousandth = (bytes[at + 22] as number) - zero;
  const isTime =
    hour < 24 && minute < 60 && second < 60 && hundredths < 100 && thousandth >= 0 && thousandth <= 9;
  const isForm =
    bytes[at + 4] === 45 &&
    bytes[at + 7] === 45 &&
    bytes[at + 10] === 84 &&
    bytes[at + 13] === 58 &&
    bytes[at + 16] === 58 &&
    bytes[at + 19] === 46 &&
    bytes[at + 23] === 90;
  if (!isTime || !isForm) return Number.NaN;
  const timeOfDay = ((hour * 60 + minute) * 60 + second) * 1000 + hundredths * 10 + thousandth;
  const date = pair(0) * 1_000_000 + pair(2) * 10_000 + pair(5) * 100 + pair(8);
  if (date !== seenDate) {
    const read = readUtc(String.fromCharCode(...bytes.subarray(at, at + 24)));
    if (read === null) return Number.NaN;
    seenDate = date;
    seenDateStart = read - timeOfDay;
  }
  return seenDateStart + timeOfDay;
}

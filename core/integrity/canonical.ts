// RFC 8785 (JSON Canonicalization Scheme): one text for one value, so that a hash of it means something.
// Two deliberate differences, both to lose nothing: a number whose digits a double cannot hold keeps the digits
// as written (see parseJson), and a lone surrogate is written as its \u escape instead of being refused.

/** A number kept as its source text: what JSON.rawJSON returns. TypeScript has no types for it yet. */
type RawNumber = { rawJSON: string };
const rawJson = (JSON as unknown as { rawJSON(text: string): RawNumber }).rawJSON;
const isRawJson = (JSON as unknown as { isRawJSON(value: unknown): value is RawNumber }).isRawJSON;

/**
 * The canonical JSON text of a JSON value: keys sorted by UTF-16 code units, no white space, ECMAScript numbers.
 * `undefined` members are left out, as JSON.stringify does. Throws on what JSON cannot hold (NaN, bigint, functions).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} has no JSON form`);
  if (isRawJson(value)) return value.rawJSON;
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  let text = '';
  for (const { key, prefix } of orderOf(Object.keys(value))) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) text += (text === '' ? '{' : ',') + prefix + canonicalJson(member);
  }
  return text === '' ? '{}' : `${text}}`;
}

type Ordered = readonly { key: string; prefix: string }[];

/** The records of one export have few sets of keys, in few orders: each is sorted once. */
const orders = new Map<string, Ordered>();
const mostOrders = 2000;
const longestNames = 2000;

/** Keys in canonical order, each with its JSON text and the colon behind it. */
function orderOf(keys: string[]): Ordered {
  const name = keys.join('\0');
  const known = orders.get(name);
  // Keys that hold the separator are fewer than the name seems to have: such lists are never kept, nor found.
  if (known?.length === keys.length) return known;
  const ordered = keys.sort().map((key) => ({ key, prefix: `${JSON.stringify(key)}:` }));
  if (name.length <= longestNames && !keys.some((key) => key.includes('\0'))) {
    if (orders.size >= mostOrders) orders.clear();
    orders.set(name, ordered);
  }
  return ordered;
}

/** Digits that a double may not hold: sixteen or more in a row, or a fraction or exponent that long. */
const longNumber = /\d[\d.]{15,}|\d[eE][+-]?\d{2,}/;

/**
 * JSON.parse that keeps numbers a double cannot hold exactly as their source text (they print unchanged in
 * JSON.stringify and canonicalJson). Throws SyntaxError like JSON.parse.
 */
export function parseJson(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text);
  const revive = (_key: string, value: unknown, context: { source?: string }) =>
    typeof value === 'number' && context.source !== undefined && !isExact(value, context.source)
      ? rawJson(context.source)
      : value;
  return JSON.parse(text, revive as (this: unknown, key: string, value: unknown) => unknown);
}

/** Whether the double prints back to the same digits as the source (1.50 and 15e-1 count as the same). */
function isExact(value: number, source: string): boolean {
  return Number.isFinite(value) && digitsOf(String(value)) === digitsOf(source);
}

/** Significant digits and decimal exponent of a JSON number, as one comparable text. */
function digitsOf(text: string): string {
  const match = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return text;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const trimmed = all.replace(/0+$/, '');
  if (trimmed === '') return '0';
  return `${trimmed}e${Number(exponent) - fraction.length + (all.length - trimmed.length)}`;
}

/** Text of one value for a column: strings as they are, null for null, everything else as canonical JSON. */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : canonicalJson(value);
}

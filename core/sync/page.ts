// One answer of an API: its records as they are written, and what leads to the next page.

import { findValue } from '#core/ingest/json.ts';
import type { Answer, Reading } from './client.ts';
import type { Connector } from './connector.ts';
import { bytesAsText, cutRecords, type PageRecords } from './page-records.ts';

/** What an answer holds. `next` is the cursor or address of the next page, where the answer or its header says one. */
export type ReadPage = { records: PageRecords; next: string | null };

type Shape = Pick<Connector, 'list' | 'paging' | 'ok' | 'errors'>;

/** Reads an answer: damaged where it ends before its end, refused where it says that it is none, or holds no list. */
export function readPage({ body, url, link }: Answer, shape: Shape): Reading<ReadPage> {
  const list = findList(body, shape.list);
  if (list === null) return missingList(body.toString(), shape);
  let rest: unknown;
  let cut: ReturnType<typeof cutRecords>;
  try {
    cut = cutRecords(body, list);
    if (!cut) return { damaged: 'it ends in the middle' };
    rest = JSON.parse(`${body.toString('utf8', 0, list)}[]${body.toString('utf8', cut.end)}`);
  } catch (error) {
    return { damaged: (error as Error).message };
  }
  if (shape.ok !== undefined && memberOf(rest, shape.ok) === false)
    return { refused: findFault(rest, shape.errors) ?? 'it says that it failed' };
  return { value: { records: cut.records, next: nextOf(rest, link, url, shape.paging) } };
}

/** What the text of an answer says is wrong; null where it says nothing, or is no JSON. */
export function readFault(text: string, shape: Pick<Connector, 'errors'>): string | null {
  if (text.length > 1_000_000) return null;
  try {
    return findFault(JSON.parse(text), shape.errors);
  } catch {
    return null;
  }
}

/** Index of the list's bracket in an answer; 0 is one too, so that none is told apart. */
function findList(body: Buffer, paths: readonly string[]): number | null {
  // Mostly its beginning tells, which is as far as it is looked at first.
  const texts = body.length <= usualHead ? [body] : [body.subarray(0, usualHead), body];
  for (const path of paths) {
    const parts = partsOf(bytesAsText(Buffer.from(path)));
    for (const bytes of texts) {
      const text = bytesAsText(bytes);
      const at = findValue(text, parts);
      if (at !== -1 && text[at] === '[') return at;
    }
  }
  return null;
}
const usualHead = 4096;

function missingList(text: string, shape: Shape): Reading<never> {
  try {
    const value: unknown = JSON.parse(text);
    const fault = findFault(value, shape.errors);
    if (fault !== null) return { refused: fault };
    const wanted = shape.list.map((path) => path || '(the answer itself)').join(', ');
    const has = typeof value === 'object' && value !== null ? Object.keys(value).slice(0, 12).join(', ') : '';
    const members = has === '' ? '' : `, only ${has}`;
    return { refused: `its answer has no list at ${wanted}${members}. Set where the list is` };
  } catch (error) {
    return { damaged: (error as Error).message };
  }
}

function nextOf(rest: unknown, link: string | null, url: URL, paging: Connector['paging']): string | null {
  if (paging.kind === 'link') {
    const target = link === null ? null : readLink(link);
    return target === null ? null : new URL(target, url).href;
  }
  if (paging.kind !== 'cursor' && paging.kind !== 'next') return null;
  const found = memberOf(rest, paging.from);
  if (found === null || found === undefined || found === '' || found === false) return null;
  const text = String(found);
  return paging.kind === 'next' ? new URL(text, url).href : text;
}

/** The target with rel="next" of a Link header (RFC 8288). */
export function readLink(header: string): string | null {
  for (const [, target, parameters] of header.matchAll(/<([^>]*)>((?:\s*;\s*[^;,"]+(?:"[^"]*")?)*)/g)) {
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters ?? ''))
      return target ?? null;
  }
  return null;
}

function findFault(value: unknown, paths: readonly string[]): string | null {
  for (const path of paths) {
    const found = memberOf(value, path);
    if (typeof found === 'string' && found !== '') return found;
  }
  return null;
}

function memberOf(value: unknown, path: string): unknown {
  let at = value;
  for (const name of partsOf(path)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

const partsOf = (path: string): string[] => (path === '' ? [] : path.split('/'));

// A request list as a file: what the auditor and the officer said, each entry signed and each naming the one before it by
// hash, and a signature over the end, so that nothing can be changed, taken out or cut off without showing. The file is
// canonical JSON and nothing else: any other way to write the same is a change, too.

import { hash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { checkNote, formatNoteKey, parseNote, parseNoteKey, type Signer } from '#core/integrity/note.ts';
import { said } from '#core/request-inputs.ts';
import { parties, type RequestEntry, type RequestedPack, type Said } from '#core/request-model.ts';

const form = 'exhibit-requests@v1';
const mostEntries = 10_000;
/** What the id of a pack can be: nothing that leads elsewhere or breaks a line. */
export const packIds = /^[A-Za-z0-9-]{1,100}$/;
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const shape = z.strictObject({
  form: z.literal(form),
  pack: z.strictObject({
    id: z.string().regex(packIds),
    title: z.string().max(1000),
    manifestSha256: sha256,
    tagManifestSha256: sha256,
  }),
  entries: z
    .array(
      z.strictObject({
        number: z.int().min(1),
        at: z.iso.datetime(),
        party: z.enum(parties),
        person: z.string().min(1).max(200),
        said,
        previous: sha256,
        key: z.string().max(500),
        signature: z.string().max(1000),
      }),
    )
    .min(1)
    .max(mostEntries),
  /** Over the number of entries and the last of them, by whoever added that. */
  end: z.strictObject({ signature: z.string().max(1000) }),
});

/** A request list as its file has it. */
export type RequestFile = { pack: RequestedPack; entries: RequestEntry[]; end: { signature: string } };

/** Largest file that is read, in bytes. */
export const largestRequestFile = 32 * 1024 * 1024;

const hashOf = (value: unknown): string => hash('sha256', canonicalJson(value));
const headOf = (pack: RequestedPack): string => hashOf({ form, pack });
/** The hash of what an entry says; its signature speaks of this, and so of everything before it. */
const contentOf = ({ signature: _, ...content }: RequestEntry): string => hashOf(content);
const entryText = (pack: RequestedPack, entry: RequestEntry): string =>
  `exhibit/request@v1\n${pack.id}\n${entry.number}\n${contentOf(entry)}\n`;
const endText = (pack: RequestedPack, entries: readonly RequestEntry[]): string =>
  `exhibit/requests@v1\n${pack.id}\n${entries.length} entries\n${hashOf(entries.at(-1))}\n`;

/** The text of a request list's file. */
export function formatRequests({ pack, entries, end }: RequestFile): string {
  return `${canonicalJson({ form, pack, entries, end })}\n`;
}

/**
 * The list with one more entry, signed. `before` null begins a list. `at` is epoch ms. Throws AppError('usage') for what
 * cannot be said: about a request that is not there, or by somebody who may not.
 */
export function addEntry(
  before: RequestFile | null,
  pack: RequestedPack,
  what: { party: RequestEntry['party']; person: string; said: Said },
  signer: Signer,
  at: number,
): RequestFile {
  const list = before ?? { pack, entries: [], end: { signature: '' } };
  const fault = faultOfSaid(what, countRequests(list.entries));
  if (fault !== null) throw new AppError('usage', fault);
  if (list.entries.length >= mostEntries)
    throw new AppError('usage', `A request list has at most ${mostEntries} entries. Begin another one.`);
  const last = list.entries.at(-1);
  const entry: RequestEntry = {
    number: list.entries.length + 1,
    // A clock that was set back does not make a list run backwards.
    at: new Date(Math.max(at, last ? Date.parse(last.at) : 0)).toISOString(),
    ...what,
    previous: last ? hashOf(last) : headOf(list.pack),
    key: formatNoteKey(signer.key),
    signature: '',
  };
  entry.signature = signatureLine(signer, entryText(list.pack, entry));
  const entries = [...list.entries, entry];
  return {
    pack: list.pack,
    entries,
    end: { signature: signatureLine(signer, endText(list.pack, entries)) },
  };
}

/** The line that a note has below its text. */
const signatureLine = (signer: Signer, text: string): string => signer.sign(text).slice(text.length + 1, -1);

/**
 * Reads and checks a request list: its form, every signature, the chain and the end. `name` is how the person knows the
 * file. Throws AppError('input') with a sentence that says what does not fit.
 */
export function parseRequests(text: string, name: string): RequestFile {
  const list = readShape(text, name);
  const refuse = (what: string): never => {
    throw new AppError(
      'input',
      `${name} was changed after it was saved: ${what}. Nothing of it is shown; ask for the file again.`,
    );
  };
  let previous = headOf(list.pack);
  let requests = 0;
  for (const [at, entry] of list.entries.entries()) {
    if (entry.number !== at + 1 || entry.previous !== previous)
      refuse(`entry ${at + 1} does not follow from what stands before it`);
    if (!isSigned(entryText(list.pack, entry), entry.signature, entry.key))
      refuse(`the signature of entry ${at + 1} (${entry.party}, ${entry.person}) does not fit what it says`);
    const fault = faultOfSaid(entry, requests);
    if (fault !== null)
      refuse(`entry ${at + 1} cannot be: ${fault.charAt(0).toLowerCase()}${fault.slice(1, -1)}`);
    if (entry.said.kind === 'request') requests += 1;
    previous = hashOf(entry);
  }
  const last = list.entries.at(-1) as RequestEntry;
  if (!isSigned(endText(list.pack, list.entries), list.end.signature, last.key))
    refuse(`its end is not signed as the end, so entries after ${last.number} may be missing`);
  if (text !== formatRequests(list)) refuse('it is not written as Exhibit writes it');
  return list;
}

function readShape(text: string, name: string): RequestFile {
  try {
    const { pack, entries, end } = shape.parse(JSON.parse(text));
    return { pack, entries, end };
  } catch (cause) {
    throw new AppError(
      'input',
      `${name} is no request list, or it was cut off or changed. Name the file that ends in .requests.json, as Exhibit wrote it.`,
      { cause },
    );
  }
}

function isSigned(text: string, signature: string, key: string): boolean {
  const known = parseNoteKey(key);
  if (known === null || formatNoteKey(known) !== key) return false;
  const note = `${text}\n${signature}\n`;
  const [own] = parseNote(note)?.signatures ?? [];
  if (own === undefined || checkNote(note, known) !== 'signed') return false;
  // Base 64 has several spellings of the same bytes: only one is written.
  const bytes = Buffer.concat([Buffer.from(own.id, 'hex'), own.signature]).toString('base64');
  return signature === `— ${own.name} ${bytes}`;
}

const countRequests = (entries: readonly RequestEntry[]): number =>
  entries.filter(({ said: { kind } }) => kind === 'request').length;

/** Why somebody cannot say this in a list of so many requests; null where they can. */
function faultOfSaid(
  { party, said: what }: Pick<RequestEntry, 'party' | 'said'>,
  requests: number,
): string | null {
  const isAnswer = what.kind === 'answer';
  if (what.kind !== 'comment' && (party === 'officer') !== isAnswer)
    return isAnswer ? 'Only the officer answers a request.' : 'Only the auditor asks, decides and ticks.';
  if ('request' in what && (what.request < 1 || what.request > requests))
    return `There is no request ${what.request} in this list.`;
  return null;
}

/** What `newer` lacks of an earlier copy of the same list; null where it goes on from it. */
export function lostSince(earlier: RequestFile, newer: RequestFile): string | null {
  const at = earlier.entries.findIndex((entry, index) => {
    const other = newer.entries[index];
    return other === undefined || hashOf(other) !== hashOf(entry);
  });
  if (at === -1) return null;
  const kept = at === 0 ? 'none of its entries' : `its first ${at} of ${earlier.entries.length} entries`;
  return `It does not go on from the list you had: of that it holds ${kept}.`;
}

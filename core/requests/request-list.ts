// What a checked request list says: requests with their status and what was said about them, ticks, and what a reader
// should know about the keys.

import { fingerprintOf, type NoteKey, parseNoteKey } from '#core/integrity/note.ts';
import type { AuditRequest, RequestEntry, RequestList, SignedWith, Tick } from '#core/request-model.ts';
import type { RequestFile } from './request-file.ts';

/** The list for reading. `packKey` is the key that signed the pack, where it is known. */
export function readList({ pack, entries }: RequestFile, packKey: NoteKey | null): RequestList {
  const first = parseNoteKey(entries[0]?.key ?? '');
  const requests: AuditRequest[] = [];
  const ticks = new Map<string, Tick>();
  for (const entry of entries) {
    const signed = whoSigned(entry, first, packKey);
    const { at, party, person, said } = entry;
    if (said.kind === 'request') {
      const { kind: _, ...asked } = said;
      const number = requests.length + 1;
      requests.push({ ...asked, number, status: 'open', at, person, ...signed, remarks: [] });
    } else if (said.kind === 'tick') {
      const { sample, row, results, text } = said;
      ticks.set(`${sample} ${row}`, { sample, row, results, text, at, person });
    } else {
      const request = requests[said.request - 1] as AuditRequest;
      const status = said.kind === 'answer' ? 'answered' : said.kind === 'status' ? said.status : null;
      if (status !== null) request.status = status;
      const { kind, text } = said;
      request.remarks.push({ entry: entry.number, at, party, person, ...signed, kind, status, text });
    }
  }
  const notes = notesOf(entries, first, packKey);
  return { pack, requests, ticks: [...ticks.values()], entries: entries.length, notes };
}

/** The auditor's own key is the one that began the list; who made the pack has the pack's. */
function whoSigned(
  { key, party }: RequestEntry,
  first: NoteKey | null,
  packKey: NoteKey | null,
): { signedWith: SignedWith; fingerprint: string } {
  const own = parseNoteKey(key) as NoteKey;
  const [isFirst, isPack] = [isSame(own, first), isSame(own, packKey)];
  const signedWith = isPack && (party === 'officer' || !isFirst) ? 'pack' : isFirst ? 'list' : 'other';
  return { signedWith, fingerprint: fingerprintOf(own) };
}

const isSame = (a: NoteKey | null, b: NoteKey | null): boolean =>
  a !== null && b !== null && a.publicKey.equals(b.publicKey);

function notesOf(entries: readonly RequestEntry[], first: NoteKey | null, packKey: NoteKey | null): string[] {
  const notes: string[] = [];
  if (isSame(first, packKey))
    notes.push('This list was begun with the key of the pack: who asks and who made the pack have one key.');
  const signedWith = (entry: RequestEntry) => whoSigned(entry, first, packKey).signedWith;
  const strange = entries.filter((entry) => entry.party === 'auditor' && signedWith(entry) !== 'list');
  if (strange.length > 0)
    notes.push(
      `${listOf(strange)} said to be the auditor’s, but signed with another key than the one that began this list. Make sure with the auditor.`,
    );
  const unsure = entries.filter((entry) => entry.party === 'officer' && signedWith(entry) !== 'pack');
  if (packKey && unsure.length > 0)
    notes.push(
      `${listOf(unsure)} said to be the officer’s, but not signed with the key of the pack. Make sure with who made the pack.`,
    );
  return notes;
}

function listOf(entries: readonly RequestEntry[]): string {
  const named = entries.slice(0, 5).map(({ number, person }) => `${number} (${person})`);
  const more = entries.length > 5 ? ` and ${entries.length - 5} more` : '';
  return `${entries.length === 1 ? 'Entry' : 'Entries'} ${named.join(', ')}${more} ${entries.length === 1 ? 'is' : 'are'}`;
}

import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSigner, noteKey, type Signer } from '#core/integrity/note.ts';
import type { Party, RequestedPack, Said } from '#core/request-model.ts';
import {
  addEntry,
  formatRequests,
  lostSince,
  parseRequests,
  type RequestFile,
} from '#core/requests/request-file.ts';
import { readList } from '#core/requests/request-list.ts';
import { createRandom } from '../../support/seeded.ts';

const pack: RequestedPack = {
  id: 'EX-AAAA-BBBB-CCCC-DDDD',
  title: 'Acme GmbH, ISO/IEC 27001:2022, 2026-01-01 to 2026-03-31',
  manifestSha256: hash('sha256', 'manifest'),
  tagManifestSha256: hash('sha256', 'tags'),
};

/** A key that is the same each time. */
function signer(name: string): Signer {
  const seed = hash('sha256', name, 'buffer');
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createSigner(`exhibit/${name}`, der.toString('base64'));
}
const auditor = signer('requests');
const officer = signer('workspace/1');
const at = Date.UTC(2026, 3, 7, 9);

const ask = (question: string, parts: Partial<Extract<Said, { kind: 'request' }>> = {}): Said => ({
  ...{ kind: 'request', question, control: null, file: null, row: null, due: null },
  ...parts,
});
const by = (party: Party, said: Said) => ({ party, person: party === 'auditor' ? 'Anna' : 'Märia 🔑', said });

/** A list of five entries, of both parties. */
function journey(): RequestFile {
  let list = addEntry(null, pack, by('auditor', ask('Who approved it?', { control: '5.15' })), auditor, at);
  list = addEntry(
    list,
    pack,
    by('auditor', ask('And this?', { row: 'zhoe6jls4odqv4u4' })),
    auditor,
    at + 1000,
  );
  list = addEntry(
    list,
    pack,
    by('officer', { kind: 'answer', request: 1, text: 'Bo did.' }),
    officer,
    at + 2000,
  );
  list = addEntry(
    list,
    pack,
    by('auditor', { kind: 'comment', request: 1, text: 'Thanks.' }),
    auditor,
    at + 3000,
  );
  return addEntry(
    list,
    pack,
    by('auditor', { kind: 'status', request: 1, status: 'accepted', text: '' }),
    auditor,
    at + 4000,
  );
}

const refused = (text: string): string => {
  try {
    parseRequests(text, 'list.requests.json');
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('a request list', () => {
  it('tells of each request what was said about it and where it stands', () => {
    const text = formatRequests(journey());
    const { requests, notes, entries } = readList(parseRequests(text, 'list'), officer.key);
    expect(notes).toEqual([]);
    expect(entries).toBe(5);
    expect(requests.map(({ number, status, control }) => [number, status, control])).toEqual([
      [1, 'accepted', '5.15'],
      [2, 'open', null],
    ]);
    expect(requests[0]?.remarks.map(({ kind, person, signedWith }) => [kind, person, signedWith])).toEqual([
      ['answer', 'Märia 🔑', 'pack'],
      ['comment', 'Anna', 'list'],
      ['status', 'Anna', 'list'],
    ]);
  });

  it('finds any byte that was changed, left out or added, wherever it stands', () => {
    const whole = Buffer.from(formatRequests(journey()));
    const random = createRandom(7);
    const decode = (bytes: Buffer) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    for (let at = 0; at < whole.length; at += 1) {
      const way = Math.floor(random() * 3);
      const changed = Buffer.concat([
        whole.subarray(0, at),
        way === 0 ? Buffer.of() : Buffer.of((whole[at] as number) ^ (1 << Math.floor(random() * 8))),
        way === 2 ? whole.subarray(at) : whole.subarray(at + 1),
      ]);
      expect(refused(decode(changed)), `byte ${at}, ${way}`).toMatch(/^list\.requests\.json (was|is) /);
    }
    expect(refused(decode(whole))).toBe('accepted');
  });

  it('finds entries that were taken out, swapped, put in twice or cut off, and says which', () => {
    const list = journey();
    const { entries, end } = list;
    const told = (changed: RequestFile['entries']) =>
      refused(formatRequests({ pack, entries: changed, end }));
    expect(told(entries.toSpliced(1, 1))).toContain('entry 2 does not follow from what stands before it');
    expect(told(entries.toSpliced(1, 0, entries[0] as never))).toContain('entry 2 does not follow');
    expect(told([entries[1], entries[0], ...entries.slice(2)] as never)).toContain('entry 1 does not follow');
    expect(told(entries.slice(0, 4))).toContain('entries after 4 may be missing');
    expect(refused(formatRequests({ ...list, pack: { ...pack, id: 'EX-OTHER' } }))).toContain('entry 1');
  });

  it('is refused where the officer speaks for the auditor with a signature of their own, or the other way round', () => {
    const list = journey();
    const verdict: Said = { kind: 'status', request: 1, status: 'accepted', text: '' };
    expect(() => addEntry(list, pack, by('officer', verdict), officer, at)).toThrow(
      'Only the auditor asks, decides and ticks.',
    );
    expect(() =>
      addEntry(list, pack, by('auditor', { kind: 'answer', request: 1, text: 'So.' }), auditor, at),
    ).toThrow('Only the officer answers a request.');
    expect(() =>
      addEntry(list, pack, by('auditor', { kind: 'comment', request: 9, text: 'So.' }), auditor, at),
    ).toThrow('There is no request 9 in this list.');
    const posing = addEntry(list, pack, by('auditor', { ...verdict, request: 2 }), officer, at + 5000);
    expect(readList(parseRequests(formatRequests(posing), 'list'), officer.key).notes).toEqual([
      'Entry 6 (Anna) is said to be the auditor’s, but signed with another key than the one that began this list. Make sure with the auditor.',
    ]);
    const stranger = addEntry(
      list,
      pack,
      by('officer', { kind: 'answer', request: 2, text: 'Mine.' }),
      signer('requests2'),
      at + 5000,
    );
    expect(readList(stranger, officer.key).notes[0]).toContain('not signed with the key of the pack');
  });

  it('says what a later copy lacks of an earlier one, also where both are well signed', () => {
    const list = journey();
    const first = addEntry(
      null,
      pack,
      by('auditor', ask('Who approved it?', { control: '5.15' })),
      auditor,
      at,
    );
    expect(lostSince(first, list)).toBeNull();
    expect(lostSince(list, first)).toBe(
      'It does not go on from the list you had: of that it holds its first 1 of 5 entries.',
    );
    const other = addEntry(null, { ...pack, id: 'EX-OTHER' }, by('auditor', ask('x')), auditor, at);
    expect(lostSince(list, other)).toContain('none of its entries');
  });

  it('does not run backwards where a clock was set back, and takes a key of the same bytes under another name for another', () => {
    const list = addEntry(journey(), pack, by('auditor', ask('Later?')), auditor, 0);
    expect(list.entries.at(-1)?.at).toBe(list.entries.at(-2)?.at);
    const renamed = noteKey('somebody/else', auditor.key.publicKey);
    const text = formatRequests(list).replaceAll(
      `${auditor.key.name}+${auditor.key.id}+`,
      `${renamed.name}+${renamed.id}+`,
    );
    expect(refused(text)).toContain('does not fit what it says');
  });
});

// A redacted pack: no name outside its scope in any of its files, the same pseudonym everywhere, and single names that can
// be opened.

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReviewReader } from '#core/engine/pack-reviews.ts';
import { createRedactor } from '#core/evidence/redactor.ts';
import type { PackReport } from '#core/model.ts';
import { usualSettings } from '#core/review-model.ts';
import { exhibitJson } from '../../support/command-line.ts';
import { ironflockCsv, temporaryFile, temporaryFolder } from '../../support/workspace.ts';
import { create, openWorkspace, parseNdjson, readAll, readPackText, request, sampling } from './create.ts';
import { readPdf } from './pdf-text.ts';
import { python } from './verifiers.ts';
import { readZip } from './zip-entries.ts';

const people = ['Alice.Öz@acme.example', 'bob@acme.example', 'carla', 'dave@acme.example', 'eve'];
const [alice, bob, carla, dave, eve] = people as [string, string, string, string, string];

/** Events in which names stand wherever they can: actor, subject, values, target, raw record, file name. */
const openPlant = () =>
  openWorkspace(
    temporaryFile(
      'export of carla.csv',
      ironflockCsv([
        `2026-01-05T10:00:00Z,${alice},device,1,press-1,plant,Privilege changes,${bob},[],"[""READ""]"`,
        `2026-01-05T11:00:00Z,${alice},device,1,press of ${eve},plant,Owner changes,${bob},${carla},${dave}`,
        `2026-01-06T10:00:00Z,${carla},device,2,carlas press,plant,Name,,by CARLA (${eve}),"{""${dave}"":true}"`,
        `2026-01-07T10:00:00Z,${eve},device,2,press-2,plant,Name,,eve,evening`,
        `2026-02-07T10:00:00Z,${bob},device,2,press-2,plant,Remote access,,,port 22`,
        `not a time,${eve},device,2,press-2,plant,Name,,x,y`,
      ]),
    ),
  );

const secret = Buffer.alloc(32, 7);
const redaction = { people: [alice.toLowerCase()], categories: [], also: ['press-1'] };

/** Everything of a pack that can be read: texts, the sheets of the workbook, the words of the report. */
async function everyText({ folder }: PackReport): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const [path, latin] of readAll(folder)) {
    if (path.endsWith('.pdf')) {
      const bytes = readFileSync(join(folder, path));
      texts.set(
        path,
        `${readPdf(bytes).pages.join('\n').replace(/\s+/g, ' ')}\n${latin.replace(/stream\r?\n.*?endstream/gs, '')}`,
      );
    } else if (path.endsWith('.xlsx')) {
      for (const [part, content] of await readZip(join(folder, path)))
        texts.set(`${path}/${part}`, content.toString('utf8'));
    } else texts.set(path, Buffer.from(latin, 'latin1').toString('utf8'));
  }
  return texts;
}

/** The files in which a word stands. A name in a longer word is another word. */
function filesWith(texts: Map<string, string>, name: string): string[] {
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${name.replaceAll('.', '\\.')}(?![\\p{L}\\p{N}])`, 'iu');
  return [...texts].filter(([, text]) => word.test(text)).map(([path]) => path);
}

describe('a redacted pack', () => {
  it('has no name outside its scope in any of its files, and passes its verifier', async () => {
    const store = await openPlant();
    const parts = { redaction, filter: `actor:* after:2026-01-01`, samples: [sampling({ size: 5 })] };
    const leavers = {
      file: 'eve and others.csv',
      sha256: 'ab',
      slaDays: 7,
      people: new Map([[bob, Date.parse('2026-01-31T00:00:00Z')]]),
      moved: new Map(),
    };
    const reviews = createReviewReader(request(parts), {
      ...{ settings: usualSettings, explanations: [], campaigns: [], leavers },
      exceptions: [
        {
          ...{
            id: 1,
            finding: `Rights of ${bob} were used by ${eve}.`,
            control: '5.18',
            rows: [],
            rowCount: 1,
          },
          ...{ severity: 'high', rootCause: '', compensating: '', owner: carla, due: null, status: 'open' },
          ...{ response: '', person: 'Nadia', account: 'nadia', at: '2026-04-01T00:00:00.000Z', versions: 1 },
        },
      ],
    });
    const activity = [
      {
        ...{ id: 1, at: '2026-04-01T08:00:00.000Z', person: 'nadia', action: 'annotate' as const },
        ...{ detail: { note: `ask ${dave}` }, hash: 'aa' },
      },
    ];
    const pack = await create(store, parts, { redactionSecret: secret, reviews, activity });
    const texts = await everyText(pack);
    expect(filesWith(texts, alice)).toContain('data/10_populations/00_all-events.ndjson');
    expect(filesWith(texts, alice)).toContain('data/01_Evidence_Report.pdf');
    for (const name of [bob, carla, dave, eve, 'press-1'])
      expect([name, filesWith(texts, name)]).toEqual([name, []]);
    expect(filesWith(texts, 'evening').length).toBeGreaterThan(2);
    expect(filesWith(texts, 'carlas').length).toBeGreaterThan(2);
    expect(python(pack.folder).stdout).toMatch(/Nothing failed/);
    // No id of the log is left, on which a guess at a name could be tested.
    const plain = await create(store, { ...parts, redaction: null });
    for (const { uid } of parseNdjson<{ uid: string }>(
      readPackText(plain.folder, 'data/10_populations/00_all-events.ndjson'),
    ))
      expect([uid, filesWith(texts, uid)]).toEqual([uid, []]);
  });

  it('gives one name one pseudonym in a pack, another in another pack, and the same with the same key', async () => {
    const store = await openPlant();
    const first = await create(store, { redaction }, { redactionSecret: secret });
    const again = await create(store, { redaction }, { redactionSecret: secret });
    const other = await create(store, { redaction });
    expect(again.packId).toBe(first.packId);
    expect(readAll(again.folder)).toEqual(readAll(first.folder));
    expect(other.packId).not.toBe(first.packId);
    const events = parseNdjson<{
      actor: string;
      subject: string | null;
      oldValue: string | null;
      raw: object;
    }>(readPackText(first.folder, 'data/10_populations/00_all-events.ndjson'));
    const bobs = events[4]?.actor;
    expect(bobs).toMatch(/^Person-[0-9A-F]{4}$/);
    expect(events.map(({ subject }) => subject).slice(0, 2)).toEqual([bobs, bobs]);
    expect(JSON.stringify(events[0]?.raw)).toContain(bobs);
    const carlas = events[2]?.actor as string;
    expect(events[2]?.oldValue).toBe(`by ${carlas} (${events[3]?.actor})`);
  });

  it('commits to each name, so that one can be opened, and to each row as it was', async () => {
    const store = await openPlant();
    const pack = await create(store, { redaction }, { redactionSecret: secret });
    const keyPath = pack.redactionKey as string;
    expect(statSync(keyPath).mode & 0o777).toBe(0o600);
    expect(keyPath.startsWith(`${pack.folder}/`)).toBe(false);
    const key = JSON.parse(readFileSync(keyPath, 'utf8'));
    const told = JSON.parse(readPackText(pack.folder, 'data/30_query/redaction.json'));
    const { salt, pseudonym } = key.names.find(({ name }: { name: string }) => name === bob);
    const opened = createHash('sha256').update(Buffer.from(salt, 'hex')).update(bob).digest('hex');
    expect(told.commitments).toContainEqual({ pseudonym, commitment: opened });
    expect(JSON.stringify(told)).not.toContain(salt);
    const plain = await create(store);
    const [line] = readPackText(plain.folder, 'data/10_populations/00_all-events.ndjson').split('\n');
    const { uid } = JSON.parse(line as string);
    const rowSalt = createRedactor(secret, []).rowSalt(uid);
    const leaf = createHash('sha256')
      .update(Buffer.of(0))
      .update(rowSalt)
      .update(line as string)
      .digest('hex');
    expect(readPackText(pack.folder, 'data/10_populations/00_original-leaves.txt').split('\n')[0]).toBe(leaf);
  });

  it('keeps whoever acts in chosen categories, and is made by the command line with a key of its own', async () => {
    const { folder: workspace } = await openPlant();
    const usual = [
      'pack',
      '-w',
      workspace,
      '--framework',
      'soc2',
      '--from',
      '2026-01-01',
      '--to',
      '2026-03-31',
    ];
    const make = (...more: string[]) =>
      exhibitJson<PackReport>(
        ...usual,
        '--out',
        temporaryFolder(),
        '--redact',
        '--keep-categories',
        'remote_access',
        ...more,
      );
    const pack = make();
    const actors = parseNdjson<{ actor: string }>(
      readPackText(pack.folder, 'data/10_populations/00_all-events.ndjson'),
    ).map(({ actor }) => actor);
    expect(actors[4]).toBe(bob);
    expect(actors[0]).toMatch(/^Person-/);
    expect(make('--redaction-key', pack.redactionKey as string).packId).toBe(pack.packId);
  });
});

describe('a redactor', () => {
  it('takes the longest name, whole words alone, whatever their case', () => {
    const { text, names } = createRedactor(secret, ['ann', 'Ann Lee', 'İsmail', 'o’neil (ops)']);
    const of = (name: string) => names.find((one) => one.name === name)?.pseudonym;
    expect(text('ANN, ann lee; annual, joann')).toBe(`${of('ann')}, ${of('ann lee')}; annual, joann`);
    expect(text('x O’Neil (ops)!')).toBe(`x ${of('o’neil (ops)')}!`);
    expect(text('by İsmail.')).toBe(`by ${of('İsmail')}.`);
    expect(text('nobody')).toBe('nobody');
  });
});

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#core/integrity/canonical.ts';
import type { Event } from '#core/model.ts';
import { eachEvent } from '#core/query/events.ts';
import type { Activity } from '#core/store/activity.ts';
import { ironflockCsv, query, temporaryFile } from '../../support/workspace.ts';
import {
  create,
  openSeeds,
  openSmall,
  openWorkspace,
  parseCsv,
  parseNdjson,
  readAll,
  readPackText,
} from './create.ts';
import { hostileTexts } from './hostile.ts';
import { python } from './verifiers.ts';
import { readZip } from './zip-entries.ts';

/** A workspace whose values are all that may break a table. */
const openHostile = () =>
  openWorkspace(
    temporaryFile(
      'hostile.csv',
      ironflockCsv(
        hostileTexts.map(
          (text, index) =>
            `2026-02-01T10:00:${String(index).padStart(2, '0')}Z,"${text.replaceAll('"', '""')}",device,4007,press,plant,Name,,before,"${text.replaceAll('"', '""')}"`,
        ),
      ),
    ),
  );

describe('a pack', () => {
  it('passes sha256sum and its own verifier, and names what it skipped', async () => {
    const { folder } = await create(await openSeeds(), { seed: 'seed', sample: 5 });
    execFileSync('sha256sum', ['-c', '--strict', '--quiet', 'manifest-sha256.txt'], { cwd: folder });
    execFileSync('sha256sum', ['-c', '--strict', '--quiet', 'tagmanifest-sha256.txt'], { cwd: folder });
    const { status, stdout } = python(folder);
    expect(stdout).toMatch(/^passed {3}Population P-00: 2400 rows/m);
    expect(stdout).toMatch(/^skipped {2}Signature of the checkpoint/m);
    expect(stdout).not.toMatch(/^failed/m);
    expect(status).toBe(0);
  });

  it('holds every event of the query, in time order, in NDJSON and CSV alike', async () => {
    const store = await openSeeds();
    const { folder, events } = await create(store, {
      filter: 'category:access actor:user0*',
      zone: 'Europe/Berlin',
    });
    const asked = query({
      filter: 'category:access actor:user0*',
      from: '2026-01-01',
      to: '2026-03-31',
      zone: 'Europe/Berlin',
    });
    const expected = [...eachEvent(store, asked, 'oldest')];
    const ndjson = readPackText(folder, 'data/10_populations/00_all-events.ndjson');
    expect(expected.length).toBeGreaterThan(10);
    expect(events).toBe(expected.length);
    expect(ndjson).toBe(expected.map((event) => `${canonicalJson(event)}\n`).join(''));
    const [header, ...records] = parseCsv(readPackText(folder, 'data/10_populations/00_all-events.csv'));
    expect(records.map((record) => record[header?.indexOf('uid') ?? -1])).toEqual(
      expected.map(({ uid }) => uid),
    );
    expect(records.map((record) => record[header?.indexOf('raw') ?? -1])).toEqual(
      expected.map(({ raw }) => canonicalJson(raw)),
    );
  });

  it('cuts the events into areas that add up to the whole, each row in the area of its category', async () => {
    const { folder } = await create(await openSeeds());
    const populations = JSON.parse(readPackText(folder, 'data/30_query/populations.json'));
    const uids = new Set<string>();
    for (const { csv, rows, categories } of populations.slice(1)) {
      const [header = [], ...records] = parseCsv(readPackText(folder, csv));
      expect(records).toHaveLength(rows);
      for (const record of records) {
        expect(categories).toContain(record[header.indexOf('category')]);
        uids.add(record[header.indexOf('uid')] as string);
      }
    }
    expect(uids.size).toBe(2400);
  });

  it('keeps every value exactly, however hostile', async () => {
    const { folder } = await openHostile().then((store) => create(store));
    const events = parseNdjson<Event>(readPackText(folder, 'data/10_populations/00_all-events.ndjson'));
    const [header = [], ...records] = parseCsv(readPackText(folder, 'data/10_populations/00_all-events.csv'));
    const actors = records.map((record) => record[header.indexOf('actor')]);
    expect(actors).toEqual(events.map(({ actor }) => actor));
    // A file is UTF-8 and holds no lone surrogates: they were lost before the import.
    expect(actors).toEqual(hostileTexts.map((text) => (text.isWellFormed() ? text : text.toWellFormed())));
    expect(python(folder).status).toBe(0);
  });

  it('is a BagIt bag whose totals are right', async () => {
    const { folder, files, bytes, packId } = await create(await openSeeds());
    const all = readAll(folder);
    const info = new Map(
      readPackText(folder, 'bag-info.txt')
        .trimEnd()
        .split('\n')
        .map((line) => line.split(': ') as [string, string]),
    );
    const data = [...all].filter(([path]) => path.startsWith('data/'));
    expect(info.get('Payload-Oxum')).toBe(
      `${data.reduce((sum, [, text]) => sum + text.length, 0)}.${data.length}`,
    );
    expect(info.get('External-Identifier')).toBe(packId);
    expect(info.get('X-Period-End')).toBe('2026-04-01T00:00:00.000Z');
    expect(files).toBe(all.size);
    expect(bytes).toBe([...all.values()].reduce((sum, text) => sum + text.length, 0));
    expect(all.get('bagit.txt')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  });

  it('comes a second time as a ZIP file with the same content', async () => {
    const { folder, zip } = await create(await openSeeds(), { seed: 's', sample: 1 });
    const entries = await readZip(zip);
    const files = [...readAll(folder)].map(([path, text]) => [`${basename(folder)}/${path}`, text] as const);
    expect([...entries].map(([path, content]) => [path, content.toString('latin1')]).sort()).toEqual(
      files.sort(),
    );
  });

  it('with no matching event says so, and still passes', async () => {
    const { folder, events, warnings } = await create(await openSeeds(), {
      from: '2020-01-01',
      to: '2020-12-31',
    });
    expect(events).toBe(0);
    expect(warnings[0]).toMatch(/^No event observed in the imported logs/);
    expect(python(folder).status).toBe(0);
  });

  it('of an empty workspace can be made and passes', async () => {
    const { folder } = await create(await openWorkspace());
    expect(python(folder).stdout).toMatch(/Nothing failed/);
  });

  it('lists rejected rows with their reason, and the balance holds', async () => {
    const file = temporaryFile(
      'export.csv',
      ironflockCsv([
        '2026-01-05T10:00:00Z,a,device,1,press,p,Name,,x,y',
        'not a time,a,device,1,press,p,Name,,x,z',
      ]),
    );
    const { folder, warnings } = await create(await openWorkspace(file));
    const [, ...rejected] = parseCsv(readPackText(folder, 'data/20_sources/rejected.csv'));
    expect(rejected).toHaveLength(1);
    expect(rejected[0]?.[3]).toBe('3');
    expect(warnings).toContainEqual(expect.stringMatching(/^1 row of the imported files/));
    expect(python(folder).stdout).toMatch(/^passed {3}Balance/m);
  });
});

describe('the activity log', () => {
  const activity: Activity[] = [
    {
      id: 1,
      at: '2026-04-01T08:00:00.000Z',
      person: 'nadia',
      action: 'import',
      detail: { file: 'a.csv' },
      hash: 'aa',
    },
    {
      id: 2,
      at: '2026-04-01T09:00:00.000Z',
      person: 'nadia',
      action: 'verify',
      detail: { ok: true },
      hash: 'bb',
    },
  ];

  it('is in the pack when the caller has one, without what would make equal packs differ', async () => {
    const store = await openSmall();
    const first = await create(store, {}, { activity });
    const later = { ...(activity[1] as Activity), id: 3, hash: 'cc' };
    const second = await create(store, {}, { activity: [...activity, later] });
    const csv = 'data/50_activity/app_activity.csv';
    expect(parseCsv(readPackText(first.folder, csv)).slice(1)).toEqual([
      ['1', '2026-04-01T08:00:00.000Z', 'nadia', 'import', '{"file":"a.csv"}', 'aa'],
    ]);
    expect(readPackText(second.folder, csv)).toBe(readPackText(first.folder, csv));
    expect(python(first.folder).status).toBe(0);
  });
});

describe('the same recipe on the same log', () => {
  it('gives the same id and, at the same time, the same bytes in every file and the archive', async () => {
    const store = await openSeeds();
    const first = await create(store, { seed: 's', sample: 3 });
    const second = await create(store, { seed: 's', sample: 3 });
    expect(second.packId).toBe(first.packId);
    expect(readAll(second.folder)).toEqual(readAll(first.folder));
    expect(readFileSync(second.zip).equals(readFileSync(first.zip))).toBe(true);
  });

  it('gives the same data files and manifest lines at another time', async () => {
    const store = await openSeeds();
    const first = readAll((await create(store, { seed: 's', sample: 3 })).folder);
    const second = readAll(
      (await create(store, { seed: 's', sample: 3 }, { now: new Date('2027-01-01T00:00:00Z') })).folder,
    );
    const differing = [...first.keys()].filter((path) => first.get(path) !== second.get(path));
    expect(differing.filter((path) => path.startsWith('data/'))).toEqual([
      'data/01_Evidence_Report.pdf',
      'data/02_Workbook.xlsx',
    ]);
    const lines = (files: Map<string, string>) =>
      files
        .get('manifest-sha256.txt')
        ?.split('\n')
        .filter((line) => !/\.(pdf|xlsx)$/.test(line));
    expect(lines(second)).toEqual(lines(first));
  });

  it('gives another id when anything that decides the content differs', async () => {
    const store = await openSmall();
    const ids = new Set<string>();
    for (const parts of [
      {},
      { framework: 'soc2' as const },
      { to: '2026-03-30' },
      { zone: 'Europe/Berlin' },
      { filter: 'user01' },
    ]) {
      ids.add((await create(store, parts)).packId);
    }
    expect(ids.size).toBe(5);
  });
});

describe('the verifier in the pack', () => {
  it.each([
    'data/10_populations/00_all-events.ndjson',
    'data/10_populations/04_changes.csv',
    'data/02_Workbook.xlsx',
    'data/30_query/recipe.json',
    'bag-info.txt',
  ])('fails after one byte of %s was changed', async (path) => {
    const { folder } = await create(await openSmall());
    const bytes = readFileSync(join(folder, path));
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] as number) ^ 1;
    writeFileSync(join(folder, path), bytes);
    const { status, stdout } = python(folder);
    expect(stdout).toContain(`${path} was changed`);
    expect(status).toBe(1);
  });
});

// A pack as somebody opens it who has no workspace: what it says, its tables by windows of rows, and a request list beside it.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditPack, PackRows } from '#core/audit-model.ts';
import { readPackRows, readPackText } from '#core/evidence/pack-rows.ts';
import { readPack, withPack } from '#core/evidence/read-pack.ts';
import type { PackReport, VerifyReport } from '#core/model.ts';
import type { RequestList } from '#core/request-model.ts';
import { exhibit, exhibitJson } from '../../support/command-line.ts';
import { fixture, ironflockCsv, temporaryFile, temporaryFolder } from '../../support/workspace.ts';
import {
  copyOf,
  create,
  openSmall,
  openWorkspace,
  parseCsv,
  readAll,
  signerFor,
  readPackText as textOf,
} from './create.ts';

const rowsOf = (path: string, file: string, first: number, limit: number, listed: number | null = null) =>
  withPack(path, (files) => readPackRows(files, { file, first, limit, listed, longest: 1e6 }));

describe('opening a pack without its workspace', () => {
  it('tells who, what, when and which key, alike from the folder and the ZIP file, and leaves both as they are', async () => {
    const store = await openSmall();
    const made = await create(
      store,
      { seed: 'abc', sample: 2, conclusions: [{ control: '5.18', words: 'Fine.' }] },
      { signer: signerFor(store) },
    );
    const before = [readAll(made.folder), readFileSync(made.zip)];
    const pack = await readPack(made.folder);
    expect(await readPack(made.zip)).toEqual(pack);
    expect(pack).toMatchObject({
      packId: made.packId,
      organisation: 'Acme GmbH',
      preparedBy: 'Nadia Öztürk',
      framework: 'ISO/IEC 27001:2022',
      period: { from: '2026-01-01', to: '2026-03-31', zone: 'UTC' },
      key: { fingerprint: made.signedBy },
      redacted: false,
      sources: [{ name: 'IronFlock', imports: 1, read: 60, imported: 60 }],
    });
    expect(pack.tables.find(({ id }) => id === '01_sample.csv')).toMatchObject({
      title: 'S-01 Sample',
      group: 'sample',
      sample: { id: 'S-01', attributes: ['Attribute A', 'Attribute B', 'Attribute C'] },
    });
    expect(pack.files.map(({ path }) => path)).toEqual([...readAll(made.folder).keys()].sort());
    expect([readAll(made.folder), readFileSync(made.zip)]).toEqual(before);
  });

  it('names the controls with the events that the pack holds for each, and what the officer concludes', async () => {
    const made = await create(await openSmall(), { conclusions: [{ control: '5.18', words: 'Fine.' }] });
    const { controls, tables } = await readPack(made.folder);
    const granted = controls.find(({ id }) => id === '5.18');
    expect(granted?.conclusion).toBe('Fine.');
    expect(granted?.tables.map(({ id }) => id)).toEqual(['P-01']);
    expect(granted?.rows).toBe(granted?.tables[0]?.rows);
    expect(controls.find(({ id }) => id === '8.13')).toMatchObject({ rows: 0, tables: [] });
    expect(tables.find(({ id }) => id === 'P-00')).toMatchObject({ rows: 60, group: 'populations' });
  });

  it('reads any window of a table, from a folder and a ZIP file, as another parser reads the whole', async () => {
    // Quotes, commas, both line ends and other scripts inside cells, over the edges of the pieces a file is read in.
    const rows = Array.from({ length: 3000 }, (_, at) => {
      const value = at % 3 === 0 ? `"a ""b"",\r\n\nc ${'ü'.repeat(at % 700)}"` : `plain ${at}`;
      return `2026-01-01T00:00:${String(at % 60).padStart(2, '0')}Z,u@x,device,${at},press,plant,Name,,old,${value}`;
    });
    const made = await create(await openWorkspace(temporaryFile('odd.csv', ironflockCsv(rows))));
    const file = 'data/10_populations/00_all-events.csv';
    const [columns, ...all] = parseCsv(textOf(made.folder, file));
    expect(all).toHaveLength(3000);
    for (const path of [made.folder, made.zip])
      for (const [first, limit] of [
        [0, 1],
        [0, 100],
        [1, 7],
        [1499, 30],
        [2990, 100],
        [2999, 1],
        [3000, 5],
        [9000, 5],
      ] as const) {
        const window = await rowsOf(path, file, first, limit, 3000);
        expect(window.columns).toEqual(columns);
        expect(window.rows).toEqual(
          all
            .slice(first, first + limit)
            .map((cells, at) => ({ index: first + at, cells: cells.map((cell) => cell ?? '') })),
        );
        expect(window.total).toBe(3000);
      }
  });

  it('counts the rows itself where the end is in sight, whatever the pack lists', async () => {
    const made = await create(await openSmall());
    const file = 'data/10_populations/00_all-events.csv';
    expect((await rowsOf(made.folder, file, 0, 100, null)).total).toBe(60);
    expect((await rowsOf(made.folder, file, 0, 100, 55)).total).toBe(60);
    expect((await rowsOf(made.folder, file, 50, 100, 90)).total).toBe(60);
    await expect(rowsOf(made.folder, '../../etc/passwd.csv', 0, 10)).rejects.toThrow('The pack has no table');
    const { text, isWhole } = await withPack(made.zip, (files) =>
      readPackText(files, 'data/00_README.txt', 40),
    );
    expect([text.startsWith('EVIDENCE PACK'), isWhole]).toEqual([true, false]);
  });

  it('says of what is no pack, not whole, or cut off what it is and what to do', async () => {
    const made = await create(await openSmall());
    const cut = temporaryFile('cut.zip', readFileSync(made.zip));
    truncateSync(cut, statSync(cut).size - 2000);
    await expect(readPack(cut)).rejects.toThrow('cannot be an evidence pack');
    await expect(readPack(temporaryFolder())).rejects.toThrow(
      'it has no bagit.txt. Choose the pack’s own folder',
    );
    await expect(readPack(join(made.folder, 'gone'))).rejects.toThrow('There is nothing at');
    const partly = copyOf(made);
    rmSync(join(partly, 'data/30_query/populations.json'));
    await expect(readPack(partly)).rejects.toThrow('data/30_query/populations.json is missing');
    writeFileSync(join(partly, 'data/30_query/populations.json'), '[{"id": 7}]');
    await expect(readPack(partly)).rejects.toThrow('is not as Exhibit writes it');
  });
});

describe('the command line of an auditor', () => {
  type Audit = { pack: AuditPack; verification: VerifyReport; requests: RequestList | null };

  it('goes the whole way: the auditor asks, the officer answers, the auditor accepts, and a changed file is refused', () => {
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, name);
    const workspace = at('ws');
    exhibit(['import', fixture('flowtriq-export.csv'), '-w', workspace]);
    exhibit(['key', 'new', '-w', workspace, '--out', at('acme.key')]);
    const period = ['--from', '2026-01-01', '--to', '2026-03-31'];
    const made = exhibitJson<PackReport>(
      ...[
        'pack',
        '-w',
        workspace,
        '--framework',
        'soc2',
        ...period,
        '--out',
        folder,
        '--key',
        at('acme.key'),
      ],
    );
    const before = readAll(made.folder);

    const opened = exhibitJson<Audit>('audit', made.zip);
    expect(opened.pack.packId).toBe(made.packId);
    expect([opened.verification.ok, opened.requests]).toEqual([true, null]);
    const table = exhibitJson<PackRows>(
      'audit',
      made.folder,
      '--table',
      'P-00',
      '--first',
      '3',
      '--limit',
      '2',
    );
    expect(table.rows.map(({ index }) => index)).toEqual([2, 3]);
    expect(table.total).toBe(made.events);

    exhibit(['request', 'key', '--out', at('anna.key')]);
    const file = at('list.requests.json');
    const say = (who: 'anna' | 'acme', ...args: string[]) =>
      exhibitJson<RequestList>(
        ...['request', ...args, '--requests', file, '--key', at(`${who}.key`), '--person', who],
      );
    say(
      'anna',
      'new',
      made.zip,
      '--question',
      'Who approved the tunnel?',
      '--control',
      'CC6.1',
      '--due',
      '2026-05-01',
    );
    const earlier = at('earlier.json');
    writeFileSync(earlier, readFileSync(file));
    say('acme', 'answer', '1', made.folder, '--text', 'Dmitri, see the ticket.');
    const done = say('anna', 'status', 'Q-01', made.zip, '--status', 'accepted');
    expect(done.notes).toEqual([]);
    expect(done.requests[0]).toMatchObject({ status: 'accepted', signedWith: 'list', control: 'CC6.1' });
    expect(done.requests[0]?.remarks[0]).toMatchObject({
      party: 'officer',
      signedWith: 'pack',
      kind: 'answer',
    });
    const ticked = say('anna', 'tick', 'abc', made.zip, '--results', 'A=pass,B=n.a.', '--text', 'seen');
    expect(ticked.ticks).toMatchObject([{ row: 'abc', results: { A: 'pass', B: 'n.a.' }, text: 'seen' }]);
    expect(exhibitJson<Audit>('audit', made.zip, '--requests', file).requests?.entries).toBe(4);
    const list = (...args: string[]) => exhibit(['request', 'list', made.zip, ...args, '--json']);
    expect(JSON.parse(list('--requests', earlier, '--earlier', file).out).notes[0]).toContain(
      'its first 1 of 4 entries',
    );
    expect(readAll(made.folder)).toEqual(before);

    writeFileSync(file, readFileSync(file, 'utf8').replace('Dmitri', 'Carmen'));
    const refused = list('--requests', file);
    expect([refused.exit, refused.out]).toEqual([3, '']);
    expect(refused.err).toContain('the signature of entry 2 (officer, acme) does not fit what it says');
  });

  it('writes nothing into a pack, and takes no list of another pack or one whose data differ', async () => {
    const made = await create(await openSmall());
    const other = await create(await openSmall(), { organisation: 'Other' });
    const folder = temporaryFolder();
    const key = join(folder, 'anna.key');
    exhibit(['request', 'key', '--out', key]);
    const ask = (pack: string, file: string, ...more: string[]) =>
      exhibit(['request', 'new', pack, '--requests', file, '--question', 'Why?', '--key', key, ...more]);
    const inside = join(made.folder, 'data', 'x.requests.json');
    expect(ask(made.folder, inside).err).toContain('inside the pack, in which nothing is written');
    expect(existsSync(inside)).toBe(false);
    const file = join(folder, 'x.requests.json');
    expect(ask(made.folder, file, '--control', 'XX').err).toContain('has no control XX');
    expect(ask(made.folder, file, '--due', '2026-02-30').err).toContain('--due takes a date such as');
    expect(ask(made.folder, file, '--file', 'data/00_README.txt', '--row', '7').exit).toBe(0);
    expect(ask(other.folder, file).err).toContain(`is about the pack ${made.packId}`);
    const altered = copyOf(made);
    writeFileSync(join(altered, 'manifest-sha256.txt'), '');
    expect(ask(altered, file).err).toContain('with other data: the manifests differ');
    expect(exhibit(['audit', altered]).exit).toBe(1);
    // A name that a stranger wrote leads nowhere.
    const hostile = copyOf(made);
    const info = join(hostile, 'bag-info.txt');
    writeFileSync(info, readFileSync(info, 'utf8').replace(made.packId, '../../x'));
    expect(ask(hostile, join(folder, 'y.requests.json')).err).toContain('names no id that Exhibit gives');
    const gone = join(folder, 'none');
    mkdirSync(gone);
    expect(exhibit(['request', 'list', made.folder, '--requests', join(gone, 'x.json')]).exit).toBe(3);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

// A pack of the sample for each framework against tools that are not ours: sha256sum, the rules of BagIt as RFC 8493 and
// the Library of Congress' test suite have them, qpdf and LibreOffice. A tool that is not installed is said to be skipped.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assetPath } from '#core/assets.ts';
import { type Framework, frameworks, type PackReport } from '#core/model.ts';
import { ironflockCsv, temporaryFile, temporaryFolder } from '../../support/workspace.ts';
import { create, openWorkspace, parseCsv, sampling } from './create.ts';
import { readZip } from './zip-entries.ts';

const has = (program: string, ...args: string[]) => spawnSync(program, args).error === undefined;
const pathsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

async function makePack(framework: Framework): Promise<PackReport> {
  const samples = ['ironflock-sample.csv', 'flowtriq-sample.csv'].map((name) => assetPath('samples', name));
  return create(await openWorkspace(...samples), { framework, samples: [sampling({ size: 4 })] });
}

/** What RFC 8493 asks of a bag, read by nothing that wrote it; the faults in words. */
function bagFaults(bag: string): string[] {
  const faults: string[] = [];
  const say = (isRight: boolean, fault: string) => isRight || faults.push(fault);
  const read = (name: string) => readFileSync(join(bag, name), 'utf8');
  // 2.1.1: exactly these two lines, no byte-order mark.
  const declaration = read('bagit.txt');
  say(/^BagIt-Version: 1\.0\nTag-File-Character-Encoding: UTF-8\n$/.test(declaration), 'bagit.txt');
  say(statSync(join(bag, 'data')).isDirectory(), 'no payload folder');
  const all = pathsIn(bag);
  const listed = new Map<string, Set<string>>();
  for (const name of all.filter((path) => /^(tag)?manifest-[a-z0-9]+\.txt$/.test(path))) {
    const entries = new Set<string>();
    for (const line of read(name)
      .split('\n')
      .filter((one) => one !== '')) {
      const match = /^([0-9a-f]{64}) {1,2}\*?(.+)$/.exec(line);
      say(match !== null, `${name}: ${line}`);
      const [, digest = '', path = ''] = match ?? [];
      say(!entries.has(path), `${name} lists ${path} twice`);
      say(
        !path.startsWith('/') && !path.startsWith('~') && !path.split('/').includes('..'),
        `${path} leads out`,
      );
      say(!/[\r\n]/.test(path) && path === path.normalize('NFC'), `${path} is not portable`);
      say(existsSync(join(bag, path)) && sha256(join(bag, path)) === digest, `${name}: ${path} differs`);
      // 2.1.3, 2.2.1: payload in one, tag files in the other.
      say(path.startsWith('data/') === !name.startsWith('tag'), `${name} lists ${path}`);
      entries.add(path);
    }
    listed.set(name, entries);
  }
  const payload = all.filter((path) => path.startsWith('data/'));
  say(
    payload.every((path) => listed.get('manifest-sha256.txt')?.has(path)),
    'a payload file is not listed',
  );
  say(listed.get('manifest-sha256.txt')?.size === payload.length, 'a listed payload file is missing');
  for (const tag of ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt'])
    say(listed.get('tagmanifest-sha256.txt')?.has(tag) ?? false, `${tag} is in no tag manifest`);
  const info = read('bag-info.txt').trimEnd().split('\n');
  // 2.2.2: a label, a colon, one blank or tab, the value; labels that must not be repeated are not.
  for (const line of info) say(/^[^\s:][^:]*:[ \t]\S/.test(line), `bag-info.txt: ${line}`);
  const labels = info.map((line) => line.split(':')[0]);
  for (const once of ['Bagging-Date', 'Bag-Size', 'Payload-Oxum', 'Bag-Group-Identifier', 'Bag-Count'])
    say(labels.filter((label) => label === once).length <= 1, `${once} is repeated`);
  const bytes = payload.reduce((sum, path) => sum + statSync(join(bag, path)).size, 0);
  say(info.includes(`Payload-Oxum: ${bytes}.${payload.length}`), 'Payload-Oxum');
  say(
    info.some((line) => /^Bagging-Date: \d{4}-\d{2}-\d{2}$/.test(line)),
    'Bagging-Date',
  );
  return faults;
}

describe.each(frameworks)('a pack of the sample for %s', (framework) => {
  it('passes sha256sum and the rules of BagIt, is one folder in its archive, and has no formula', async () => {
    const pack = await makePack(framework);
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt'])
      execFileSync('sha256sum', ['-c', '--strict', '--quiet', manifest], { cwd: pack.folder });
    expect(bagFaults(pack.folder)).toEqual([]);
    const tops = new Set([...(await readZip(pack.zip)).keys()].map((path) => path.split('/')[0]));
    expect(tops.size).toBe(1);
    for (const [part, content] of await readZip(join(pack.folder, 'data/02_Workbook.xlsx'))) {
      const text = content.toString('utf8');
      if (/worksheets\/sheet\d+\.xml$/.test(part))
        expect([part, /<f[ >/]/.test(text)]).toEqual([part, false]);
      expect([part, /TargetMode="External"|externalLink/.test(text)]).toEqual([part, false]);
    }
  });

  it.skipIf(!has('qpdf', '--version'))(
    'has a report in which qpdf finds no fault (skipped without qpdf)',
    async () => {
      const report = join((await makePack(framework)).folder, 'data/01_Evidence_Report.pdf');
      const run = spawnSync('qpdf', ['--check', report], { encoding: 'utf8' });
      expect([run.status, run.stderr]).toEqual([0, '']);
    },
  );
});

/** A Python that has openpyxl: a version manager's may hide the system's. */
const openpyxl = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import openpyxl']).status === 0,
);
const readWorkbook = `
import json, openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
sheets, formulas = {}, []
for sheet in book:
    rows = 0
    for row in sheet.iter_rows():
        rows += 1
        formulas += [sheet.title + "!" + cell.coordinate for cell in row if cell.value is not None and cell.data_type == "f"]
    sheets[sheet.title] = rows
print(json.dumps({"sheets": sheets, "formulas": formulas}))
`;

describe('the workbook', () => {
  it.skipIf(!openpyxl)(
    'opens in openpyxl with every row of its tables and no formula cell (skipped without Python and openpyxl)',
    async () => {
      // A value that a spreadsheet would calculate stands in the log.
      const line = (value: string) =>
        `2026-01-05T09:00:00Z,=cmd|' /C calc'!A0,device,1,press-1,plant,Name,bob,${value},=1+1`;
      const written = temporaryFile(
        'formulas.csv',
        ironflockCsv([line('=SUM(A1:A9)'), line('@x'), line('+1')]),
      );
      const pack = await create(await openWorkspace(written), { samples: [sampling({ size: 4 })] });
      const run = spawnSync(
        openpyxl ?? '',
        ['-c', readWorkbook, join(pack.folder, 'data/02_Workbook.xlsx')],
        {
          encoding: 'utf8',
        },
      );
      expect(run.status, run.stderr).toBe(0);
      const { sheets, formulas } = JSON.parse(run.stdout) as {
        sheets: Record<string, number>;
        formulas: string[];
      };
      expect(formulas).toEqual([]);
      expect(sheets['P-00 All events']).toBe(pack.events + 1);
      expect(sheets['S-01 Sample']).toBe((pack.sampled ?? 0) + 1);
    },
  );

  it.skipIf(!has('soffice', '--version'))(
    'opens in LibreOffice with every row of its tables (skipped without LibreOffice)',
    async () => {
      const pack = await makePack('soc2');
      const out = temporaryFolder();
      // The last number of the filter, -1, writes each sheet to a file of its own.
      const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
      execFileSync(
        'soffice',
        [
          `-env:UserInstallation=file://${out}/profile`,
          ...['--headless', '--convert-to', filter, '--outdir', out],
          join(pack.folder, 'data/02_Workbook.xlsx'),
        ],
        { stdio: 'ignore', timeout: 120_000 },
      );
      const sheets = readdirSync(out).filter((name) => name.endsWith('.csv'));
      expect(sheets.length).toBeGreaterThan(15);
      const sample = sheets.find((name) => /-S-01 Sample\.csv$/.test(name)) as string;
      const rows = parseCsv(readFileSync(join(out, sample), 'utf8').replaceAll('\n', '\r\n')).length;
      expect(rows).toBe((pack.sampled as number) + 1);
    },
    180_000,
  );
});

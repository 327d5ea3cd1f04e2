// What can be done to a pack: each harm with a piece of what its verifiers say of it then. The pack is signed and has a
// sample of two rows of each category.

import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reseal } from './create.ts';

const population = 'data/10_populations/00_all-events.ndjson';
const edit = (file: string, change: (text: string) => string) => (folder: string) =>
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'latin1')), 'latin1');
/** A change after which the manifests were made to fit. */
const hidden = (harm: (folder: string) => void) => (folder: string) => {
  harm(folder);
  reseal(folder);
};
const recipe = (change: (text: string) => string) => hidden(edit('data/30_query/recipe.json', change));
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** What is done, how, and what is said of it; every one of them fails. */
export const harms: readonly [string, (folder: string) => void, string][] = [
  ['a byte more', (folder) => appendFileSync(join(folder, population), ' '), `${population} was changed`],
  [
    'two rows swapped',
    edit(population, (text) => text.replace(/^(.*\n)(.*\n)/, '$2$1')),
    `${population} was changed`,
  ],
  ['a file lost', (folder) => rmSync(join(folder, population)), `${population} is missing`],
  ['a file added', (folder) => writeFileSync(join(folder, 'data/x.txt'), 'x'), 'not listed: data/x.txt'],
  [
    'files added in a folder whose name is not English, and by file managers',
    (folder) => {
      mkdirSync(join(folder, 'Prüfung/東京'), { recursive: true });
      for (const name of ['ÿ.txt', 'Thumbs.db', '.DS_Store'])
        writeFileSync(join(folder, 'Prüfung/東京', name), 'x');
    },
    'not listed: Prüfung/東京/ÿ.txt',
  ],
  [
    'a name in other letters',
    (folder) =>
      renameSync(join(folder, population), join(folder, 'data/10_populations/00_ALL-events.ndjson')),
    'not listed: data/10_populations/00_ALL-events.ndjson',
  ],
  ['another manifest', edit('manifest-sha256.txt', (text) => `${text}\n`), 'manifest-sha256.txt was changed'],
  [
    'a manifest with Windows’ line ends',
    edit('manifest-sha256.txt', (text) => text.replaceAll('\n', '\r\n')),
    'is missing',
  ],
  ['a file listed twice', edit('manifest-sha256.txt', (text) => text + text), 'is listed twice'],
  [
    'a manifest with a line of one word',
    edit('manifest-sha256.txt', (text) => `${text} word \n`),
    'a line is no entry: word',
  ],
  [
    'a manifest that leads elsewhere',
    edit('manifest-sha256.txt', (text) => `${text}${'0'.repeat(64)}  data/../../x\n`),
    'data/../../x leads out of the pack',
  ],
  ['a manifest that is not text', edit('manifest-sha256.txt', () => '\xff'), 'failed   manifest-sha256.txt'],
  ['no manifest', (folder) => rmSync(join(folder, 'manifest-sha256.txt')), 'failed   manifest-sha256.txt'],
  ['no declaration', (folder) => rmSync(join(folder, 'bagit.txt')), 'failed   bagit.txt'],
  [
    'a declaration of another version',
    edit('bagit.txt', (text) => text.replace('1.0', '0.97')),
    'BagIt-Version: 0.97',
  ],
  ['no labels', (folder) => rmSync(join(folder, 'bag-info.txt')), 'nothing, found'],
  ['labels that are not text', edit('bag-info.txt', (text) => `${text}\xff`), 'failed   Readable data'],
  [
    'a folder in the place of a file',
    (folder) => {
      rmSync(join(folder, 'bag-info.txt'));
      mkdirSync(join(folder, 'bag-info.txt'));
    },
    'failed   bag-info.txt',
  ],
  [
    'a log of another size',
    recipe((text) => text.replace(/"size":(\d+)\}/, '"size":1$1}')),
    'failed   Checkpoint',
  ],
  ['a recipe that is a list', recipe(() => '[]'), 'failed   Readable data'],
  ['a recipe with more behind it', recipe((text) => `${text}]`), 'failed   Readable data'],
  [
    'a recipe with a seed that is a number',
    recipe((text) => text.replace(/"seed":"[^"]*"/, '"seed":5')),
    'failed   Readable data',
  ],
  ['a recipe that never ends', recipe(() => '['.repeat(50_000)), 'failed   Readable data'],
  [
    'a recipe with a member twice',
    recipe((text) => text.replace('{', '{"log":null,"x":0e9,')),
    'failed   Pack id',
  ],
  [
    'a checkpoint with more padding than base64 has',
    hidden(edit('data/40_integrity/checkpoint.txt', (text) => text.replace('=\n', '=====\n'))),
    'failed   Readable data',
  ],
  [
    'a checkpoint that is not base64',
    hidden(edit('data/40_integrity/checkpoint.txt', (text) => text.replace('=\n', '=*\n'))),
    'failed   Readable data',
  ],
  ['rows that are no events', hidden(edit(population, (text) => `${text}{}\n`)), 'failed   Readable data'],
  [
    'a row that is nested',
    hidden(edit(population, (text) => text.replace('"raw":', `"raw":${deep(400)},"row":`))),
    'failed   Population P-00',
  ],
  [
    'rows without the last line feed',
    hidden(edit(population, (text) => text.slice(0, -1))),
    'passed   Population P-00: 60 rows',
  ],
  [
    'an import that does not add up',
    hidden(edit('data/20_sources/inventory.csv', (text) => text.replace(/,60,60,/, ',60,59,'))),
    'does not hold for import 1',
  ],
  [
    'an inventory without its columns',
    hidden(edit('data/20_sources/inventory.csv', () => 'a,b\r\n1,2\r\n')),
    'failed   Readable data',
  ],
  [
    'an inventory with a short line',
    hidden(edit('data/20_sources/inventory.csv', (text) => `${text}7\r\n`)),
    'failed   Readable data',
  ],
  [
    'an inventory with empty lines and odd marks',
    hidden(edit('data/20_sources/inventory.csv', (text) => `${text}\r\n\n"a""b"c,"d\n`)),
    'failed   Readable data',
  ],
  [
    'a table of answers with a row less',
    hidden((folder) =>
      edit('data/15_reviews/01_access.csv', (text) => text.replace(/\r\n[^\r]*\r\n$/, '\r\n'))(folder),
    ),
    'failed   Answers',
  ],
  [
    'a sample with another rank',
    hidden(edit('data/11_samples/01_sample.ndjson', (text) => text.replace('"rank":1', '"rank":9'))),
    'failed   Sample S-01',
  ],
  [
    'no sample',
    hidden((folder) => rmSync(join(folder, 'data/11_samples/01_sample.ndjson'))),
    'failed   Sample S-01',
  ],
  [
    'half a letter in a sign-off',
    hidden((folder) => {
      mkdirSync(join(folder, 'signoff'));
      writeFileSync(
        join(folder, 'signoff/1-approver.txt'),
        '{"role":"approver","name":"B\\ud800o","override":null}',
      );
      writeFileSync(join(folder, 'signoff/3-approver.txt'), '{"role":"approver"}');
      writeFileSync(join(folder, 'signoff/10-preparer.txt'), '\xff\xfe', 'latin1');
    }),
    'failed   Readable data',
  ],
  [
    'time stamps of nothing',
    hidden((folder) => {
      mkdirSync(join(folder, 'timestamp'));
      for (const name of ['1.tsr', '3.txt', '10.tsr', '10.txt'])
        writeFileSync(join(folder, 'timestamp', name), '0\x80');
    }),
    'timestamp/1.tsr: cannot be read; timestamp/3.tsr: cannot be read; timestamp/10.tsr',
  ],
  [
    'a signed report that is nothing',
    hidden((folder) => writeFileSync(join(folder, 'report-signed.pdf'), '')),
    'report-signed.pdf: does not begin',
  ],
];

// The rules of the house that the compiler does not know: who may look at whom, how big a file may grow, and that
// the project stands on its own. ARCHITECTURE.md has them in words; a rule that is in the way is changed there first.
import { describe, expect, test } from 'vitest';
import { type Import, listFiles, parseImports, readImports, readSource } from './support/source-imports.ts';

const code = ['.ts', '.tsx', '.js', '.mjs'];
const folders = ['core', 'main', 'preload', 'renderer', 'scripts', 'bench'] as const;
type Folder = (typeof folders)[number];

const filesOf = new Map(folders.map((folder) => [folder, listFiles(folder, code)]));
const imports = [...filesOf.values()].flat().flatMap(readImports);

// Which folders a folder may import from; `types` are gone at run time.
const directions: Record<Folder, { values: readonly Folder[]; types: readonly Folder[] }> = {
  core: { values: ['core'], types: ['core'] },
  preload: { values: ['preload'], types: ['preload', 'core'] },
  renderer: { values: ['renderer', 'core'], types: ['renderer', 'core', 'preload'] },
  main: { values: ['main', 'core'], types: ['main', 'core', 'preload'] },
  scripts: { values: ['scripts', 'core'], types: ['scripts', 'core'] },
  bench: { values: ['bench', 'core', 'scripts'], types: ['bench', 'core', 'scripts'] },
};

/** The rooms of core that know one feature each and nothing of one another. */
const features = [
  'ingest',
  'browse',
  'changes',
  'access',
  'sessions',
  'completeness',
  'integrity',
  'evidence',
  'requests',
  'export',
  'sync',
];
/** Arithmetic on values: no files, no database. Everybody who writes or proves hashes, or reads CSV, has to use the same. */
const pureModules = [
  'core/integrity/canonical.ts',
  'core/integrity/checkpoint.ts',
  'core/integrity/identity.ts',
  'core/integrity/inclusion.ts',
  'core/integrity/note.ts',
  'core/integrity/proof-file.ts',
  'core/integrity/merkle.ts',
  'core/integrity/text-hash.ts',
  'core/ingest/csv.ts',
  'core/ingest/encoding.ts',
  'core/ingest/json.ts',
  'core/ingest/json-canonical.ts',
  'core/ingest/json-members.ts',
  'core/ingest/byte-text.ts',
  'core/ingest/part-memo.ts',
];
/** What tells the outside world of the features, and so knows all of them. */
const roof = /^core\/((engine|cli|context)[^/]*\.ts|(rpc|cli|engine)\/.*)$/;

describe('imports point one way', () => {
  test.each(folders)('%s looks only where it may', (folder) => {
    const wrong = imports.filter((each) => {
      if (each.to === undefined || folderOf(each.from) !== folder) return false;
      const allowed = each.typeOnly ? directions[folder].types : directions[folder].values;
      return !allowed.includes(folderOf(each.to) as Folder);
    });
    expect(describeAll(wrong)).toEqual([]);
  });

  test('core needs neither Electron nor a page', () => {
    const wrong = imports.filter(
      (each) =>
        folderOf(each.from) === 'core' && isPackage(each, ['electron', 'react', 'react-dom', 'playwright']),
    );
    expect(describeAll(wrong)).toEqual([]);
  });

  test('what the page loads never reaches Node, Electron, SQLite or zod, however indirectly', () => {
    const reached = follow(filesOf.get('renderer') as string[]);
    const wrong = reached.filter(
      (each) => each.written.startsWith('node:') || isPackage(each, ['electron', 'zod', 'better-sqlite3']),
    );
    expect(describeAll(wrong)).toEqual([]);
  });

  test('only main/ipc.ts and preload/preload.ts touch raw IPC', () => {
    const touching = [...filesOf.values()]
      .flat()
      .filter((file) =>
        /import\s*\{[^}]*\bipc(Main|Renderer)\b[^}]*\}\s*from\s+'electron'/.test(readSource(file)),
      );
    expect(touching.filter((file) => file !== 'main/ipc.ts' && file !== 'preload/preload.ts')).toEqual([]);
  });

  test('no file loads itself by way of others', () => {
    const circles = [...filesOf.values()]
      .flat()
      .filter((file) => follow([file]).some((each) => each.to === file));
    expect(circles).toEqual([]);
  });
});

describe('rooms of core', () => {
  const inside = imports.filter((each) => folderOf(each.from) === 'core' && each.to?.startsWith('core/'));

  test('an import from another room is written #core/…', () => {
    const wrong = inside.filter(
      (each) => roomOf(each.from) !== roomOf(each.to as string) && each.written.startsWith('../'),
    );
    expect(describeAll(wrong)).toEqual([]);
  });

  test('a feature knows no other feature', () => {
    const wrong = inside.filter((each) => {
      const from = featureOf(each.from);
      const to = featureOf(each.to as string);
      return from !== undefined && to !== undefined && from !== to;
    });
    expect(describeAll(wrong)).toEqual([]);
  });

  test('what features stand on knows no feature, and only the roof knows the roof', () => {
    const wrong = inside.filter((each) => {
      if (roof.test(each.from)) return false;
      const to = each.to as string;
      return roof.test(to) || (featureOf(to) !== undefined && featureOf(each.from) === undefined);
    });
    expect(describeAll(wrong)).toEqual([]);
  });

  test('what is pure stays pure', () => {
    const wrong = pureModules.flatMap((file) =>
      follow([file]).filter((each) => isPackage(each, ['better-sqlite3', 'node:fs', 'node:path', 'zod'])),
    );
    expect(describeAll(wrong)).toEqual([]);
  });
});

describe('the log', () => {
  test('is read by what counts: only who stores it and proves it sees the imports that others replaced', () => {
    const mayRead = /^(core\/(store|ingest|integrity)\/|bench\/large-workspace\.ts$)/;
    // An event's own page also shows an earlier mapping, and says so.
    const mayShow = (file: string) => mayRead.test(file) || file === 'core/browse/detail.ts';
    const files = [...filesOf.values()].flat();
    expect(files.filter((file) => !mayRead.test(file) && /\bstored_[a-z]/.test(readSource(file)))).toEqual(
      [],
    );
    expect(
      files.filter((file) => !mayShow(file) && /\b(select|find)StoredEvents?\b/.test(readSource(file))),
    ).toEqual([]);
  });
});

describe('files', () => {
  const sources = folders
    .filter((folder) => folder !== 'bench')
    .flatMap((folder) => filesOf.get(folder) as string[]);

  test('stay small enough to be read at once', () => {
    const long = sources.map((file) => [file, readSource(file).split('\n').length] as const);
    expect(long.filter(([, lines]) => lines > 350)).toEqual([]);
  });

  test('open with a line that says what they are', () => {
    expect(sources.filter((file) => !/^(#!.*\n)?\s*(\/\/|\/\*)/.test(readSource(file)))).toEqual([]);
  });

  test('lie in rooms with a name that says something', () => {
    const everything = [...folders, 'test'].flatMap((folder) => listFiles(folder, ['']));
    expect(
      everything.filter((file) => /\/(utils?|helpers?|shared|services?|common|misc)\//.test(file)),
    ).toEqual([]);
  });

  test('need nothing outside the project', () => {
    const text = [...folders, 'test', '.ci'].flatMap((folder) => listFiles(folder, ['']));
    // Put together here, so that this file does not find itself.
    const outside = new RegExp(['\\.\\./', 'shared/|(^|[\\s\'"`(])/', 'work/'].join(''), 'm');
    const wrong = text.filter((file) => !/\.(png|pdf|xlsx|zip|gz|db|ttf|woff2)$/.test(file));
    expect(wrong.filter((file) => outside.test(readSource(file)))).toEqual([]);
  });
});

describe('reading imports', () => {
  test.each([
    ["import { a } from './a.ts';", './a.ts', false],
    ["import type { A } from './a.ts';", './a.ts', true],
    ["import { type A, type B } from './a.ts';", './a.ts', true],
    ["import { type A, b } from './a.ts';", './a.ts', false],
    ["import {\n  type A,\n  b,\n} from './a.ts';", './a.ts', false],
    ["import './a.css';", './a.css', false],
    ["export * from './a.ts';", './a.ts', false],
    ["const a = await import('./a.ts');", './a.ts', false],
    ["type A = typeof import('./a.ts');", './a.ts', true],
  ])('understands %j', (source, written, typeOnly) => {
    expect(parseImports(source)).toEqual([{ written, typeOnly }]);
  });

  test('takes no comment for an import', () => {
    expect(parseImports("// import { a } from './a.ts';\n/* import './b.ts'; */")).toEqual([]);
  });
});

function folderOf(file: string): string {
  return file.split('/')[0] as string;
}

/** The folder inside core, or '' for the files at its root. */
function roomOf(file: string): string {
  const parts = file.split('/');
  return parts.length > 2 ? (parts[1] as string) : '';
}

/** The feature a file belongs to, if it belongs to one and is not for everybody. */
function featureOf(file: string): string | undefined {
  const room = roomOf(file);
  return features.includes(room) && !pureModules.includes(file) ? room : undefined;
}

function isPackage(each: Import, names: readonly string[]): boolean {
  return !each.typeOnly && names.some((name) => each.written === name || each.written.startsWith(`${name}/`));
}

/** Every import there is at run time once these files are loaded. */
function follow(start: readonly string[]): Import[] {
  const seen = new Set<string>(start);
  const queue = [...start];
  const reached: Import[] = [];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const each of imports.filter((one) => one.from === file && !one.typeOnly)) {
      reached.push(each);
      if (each.to && !seen.has(each.to)) {
        seen.add(each.to);
        queue.push(each.to);
      }
    }
  }
  return reached;
}

function describeAll(all: readonly Import[]): string[] {
  return all.map((each) => `${each.from} imports ${each.typeOnly ? 'the types of ' : ''}${each.written}`);
}

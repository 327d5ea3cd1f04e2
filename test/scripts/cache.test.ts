// The cache is shared by processes and users, and a machine may be switched off while it is filled.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cached, cacheFolder, withLock } from '#scripts/runtime/cache.ts';
import { makeTestFolder } from './folder.ts';

const scratch = makeTestFolder();
let counter = 0;
const makeRoot = () => join(scratch, `cache-${++counter}`);

/** A process number that belongs to nobody: above what Linux hands out. */
const deadProcess = 4_194_305;

describe('the cache folder', () => {
  test('is the machine’s for root and the person’s for everybody else', () => {
    expect(cacheFolder({}, 0)).toBe('/var/cache/exhibit');
    expect(cacheFolder({ HOME: '/home/ann' }, 1000)).toBe('/home/ann/.cache/exhibit');
    expect(cacheFolder({ HOME: '/home/ann', XDG_CACHE_HOME: '/big/cache' }, 1000)).toBe('/big/cache/exhibit');
    expect(cacheFolder({ EXHIBIT_CACHE: '/elsewhere' }, 0)).toBe('/elsewhere');
  });
});

describe('a cached folder', () => {
  test('is built once and found again', async () => {
    const root = makeRoot();
    let builds = 0;
    const build = async (folder: string) => {
      builds++;
      writeFileSync(join(folder, 'thing'), 'made');
    };
    const first = await cached('thing-1', 'a', build, root);
    const second = await cached('thing-1', 'a', build, root);
    expect(builds).toBe(1);
    expect(second).toBe(first);
    expect(readFileSync(join(second, 'thing'), 'utf8')).toBe('made');
  });

  test('is built anew when what goes into it has changed', async () => {
    const root = makeRoot();
    await cached('thing', 'a', async (folder) => writeFileSync(join(folder, 'old'), ''), root);
    const folder = await cached('thing', 'b', async (inside) => writeFileSync(join(inside, 'new'), ''), root);
    expect(readdirSync(folder).sort()).toEqual(['new', 'stamp.json']);
  });

  test('does not exist at all when building failed', async () => {
    const root = makeRoot();
    const failing = cached(
      'thing',
      'a',
      async (folder) => {
        writeFileSync(join(folder, 'half'), '');
        throw new Error('no network');
      },
      root,
    );
    await expect(failing).rejects.toThrow('no network');
    expect(readdirSync(root)).toEqual([]);
  });

  test('without a stamp is taken for half-made', async () => {
    const root = makeRoot();
    mkdirSync(join(root, 'thing'), { recursive: true });
    writeFileSync(join(root, 'thing', 'half'), '');
    const folder = await cached(
      'thing',
      'a',
      async (inside) => writeFileSync(join(inside, 'whole'), ''),
      root,
    );
    expect(readdirSync(folder).sort()).toEqual(['stamp.json', 'whole']);
  });

  test('is cleared of what a killed process left, but not of what a living one is building', async () => {
    const root = makeRoot();
    mkdirSync(join(root, `.building-thing-${deadProcess}-abcd`), { recursive: true });
    mkdirSync(join(root, `.building-thing-${process.ppid}-abcd`));
    writeFileSync(join(root, 'thing.lock'), String(deadProcess));
    await cached('thing', 'a', async () => {}, root);
    expect(readdirSync(root).sort()).toEqual([`.building-thing-${process.ppid}-abcd`, 'thing']);
  });

  test('can be read by everybody, whatever the umask', async () => {
    const root = makeRoot();
    const before = process.umask(0o077);
    try {
      const folder = await cached(
        'thing',
        'a',
        async (inside) => writeFileSync(join(inside, 'file'), ''),
        root,
      );
      const modes = [root, folder, join(folder, 'file')].map((path) => statSync(path).mode & 0o777);
      expect(modes).toEqual([0o755, 0o755, 0o644]);
    } finally {
      process.umask(before);
    }
  });

  test('is built by one of several processes that want it at once', async () => {
    const root = makeRoot();
    mkdirSync(root);
    const script = join(scratch, 'want.ts');
    writeFileSync(
      script,
      `import { appendFileSync, writeFileSync } from 'node:fs';
       import { join } from 'node:path';
       import { setTimeout } from 'node:timers/promises';
       import { cached } from ${JSON.stringify(join(import.meta.dirname, '../../scripts/runtime/cache.ts'))};
       const folder = await cached('thing', 'a', async (building) => {
         appendFileSync(${JSON.stringify(join(scratch, 'builds'))}, 'x');
         await setTimeout(300);
         writeFileSync(join(building, 'whole'), '');
       }, ${JSON.stringify(root)});
       process.stdout.write(folder);`,
    );
    const answers = await Promise.all([1, 2, 3].map(() => runNode(script)));
    expect(new Set(answers)).toEqual(new Set([join(root, 'thing')]));
    expect(readFileSync(join(scratch, 'builds'), 'utf8')).toBe('x');
  });
});

describe('a lock', () => {
  test('lets one after the other', async () => {
    const root = makeRoot();
    const order: string[] = [];
    const work = (name: string) =>
      withLock(
        'one',
        async () => {
          order.push(`${name} begins`);
          await new Promise((resolve) => setTimeout(resolve, 50));
          order.push(`${name} ends`);
        },
        root,
      );
    await Promise.all([work('a'), work('b')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('of a process that is gone, or that is too old, stops nobody', async () => {
    const root = makeRoot();
    mkdirSync(root);
    const lock = join(root, 'one.lock');
    writeFileSync(lock, String(deadProcess));
    expect(await withLock('one', async () => 'done', root)).toBe('done');

    writeFileSync(lock, String(process.ppid));
    const yesterday = new Date(Date.now() - 86_400_000);
    utimesSync(lock, yesterday, yesterday);
    expect(await withLock('one', async () => 'done', root)).toBe('done');
    expect(existsSync(lock)).toBe(false);
  });

  test('where no folder can be is an error, not a wait', async () => {
    const file = join(scratch, 'file');
    writeFileSync(file, '');
    await expect(withLock('one', async () => 'done', join(file, 'cache'))).rejects.toThrow('ENOTDIR');
  });
});

function runNode(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`ended with ${code}`))));
  });
}

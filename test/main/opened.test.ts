// What Exhibit is asked to open from outside: words of a start become paths, and paths become a workspace or grants.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { createGrants } from '../../main/grants.ts';
import { createWaiting, pathsHandedOn, pathsOf, workspaceAt } from '../../main/opened.ts';
import { makeFolder } from './folder.ts';

function makeWorkspace(name = 'acme'): string {
  const folder = join(makeFolder(), name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'events.db'), '');
  return folder;
}

test('words of a start are paths relative to where it was called; switches and addresses are none', () => {
  const argv = [
    '/opt/exhibit',
    '/opt/app',
    '--workspace=w',
    'log.csv',
    '/tmp/b.json',
    'https://example.com/x',
  ];
  const words = [...argv, pathToFileURL('/tmp/c d.csv').href, 'file://other/machine', ''];
  expect(pathsOf(words, '/home/ada', '/opt/app')).toEqual([
    '/home/ada/log.csv',
    '/tmp/b.json',
    '/tmp/c d.csv',
  ]);
});

test('what another start hands on is taken only in the one shape', () => {
  expect(pathsHandedOn({ paths: ['/tmp/a.csv'] })).toEqual(['/tmp/a.csv']);
  for (const other of [null, 'x', { paths: 'x' }, { paths: [1] }, { paths: [''] }])
    expect(pathsHandedOn(other)).toEqual([]);
});

test('a workspace is meant by its folder and by the log in it', () => {
  const folder = makeWorkspace();
  expect(workspaceAt(folder)).toBe(folder);
  expect(workspaceAt(join(folder, 'events.db'))).toBe(folder);
  expect(workspaceAt(join(folder, '..'))).toBeUndefined();
  expect(workspaceAt(join(folder, 'missing'))).toBeUndefined();
});

test('what waits is taken once: the workspace by an id, exports as grants, and how many are gone', async () => {
  const folder = makeWorkspace();
  const file = join(makeFolder(), 'log.csv');
  writeFileSync(file, 'a\n');
  const exports = makeFolder();
  let told = 0;
  const waiting = createWaiting(
    createGrants(async () => {}),
    () => told++,
  );
  waiting.add([]);
  expect(told).toBe(0);
  waiting.add([file, join(folder, 'events.db'), exports, join(exports, 'gone.csv')]);
  expect(told).toBe(1);
  const { workspace, grants, lost } = await waiting.take();
  expect(workspace).toEqual({ id: expect.any(String), name: 'acme' });
  expect(waiting.folderOf(workspace?.id ?? '')).toBe(folder);
  expect(grants.map(({ name, kind }) => [name, kind])).toEqual([
    ['log.csv', 'file'],
    [exports.split('/').at(-1), 'folder'],
  ]);
  expect(lost).toBe(1);
  expect(await waiting.take()).toEqual({ workspace: null, grants: [], lost: 0 });
  expect(waiting.folderOf('someone else’s')).toBeUndefined();
  rmSync(folder, { recursive: true });
});

import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { GrantedPath } from '#core/rpc/protocol.ts';
import { createGrants } from '../../main/grants.ts';
import { makeFolder } from './folder.ts';

const nobody = async () => {};

test('a chosen file becomes a grant that names it and hides where it is', async () => {
  const file = join(makeFolder(), 'export.csv');
  writeFileSync(file, 'time,action\n');
  const told: [string, GrantedPath][] = [];
  const grants = createGrants(async (id, granted) => void told.push([id, granted]));

  const [grant] = await grants.mint([file], 'file');
  expect(grant).toEqual({ id: expect.any(String), name: 'export.csv', kind: 'file', bytes: 12 });
  expect(told).toEqual([[grant?.id, { path: file, kind: 'file' }]]);
  expect([...grants.all()]).toEqual(told);
});

test('the page has a grant when the engine knows it, and not before', async () => {
  const file = join(makeFolder(), 'export.csv');
  writeFileSync(file, '');
  const { promise, resolve } = Promise.withResolvers<void>();
  const done: string[] = [];
  const telling = Promise.withResolvers<void>();
  const grants = createGrants(() => {
    telling.resolve();
    return promise.then(() => void done.push('known'));
  });
  const minted = grants.mint([file], 'file').then(() => done.push('minted'));
  await telling.promise;
  resolve();
  await minted;
  expect(done).toEqual(['known', 'minted']);
});

test('what is no regular file, or no folder where one is wanted, is left out', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'file'), '');
  const grants = createGrants(nobody);
  expect(await grants.mint([folder, join(folder, 'missing'), '/dev/null', 'bad\0name'], 'file')).toEqual([]);
  expect(await grants.mint([join(folder, 'file')], 'folder')).toEqual([]);
});

test('grants keep the order of the choice, each with an id of its own', async () => {
  const folder = makeFolder();
  const names = ['c.csv', 'a.csv', 'b.csv'];
  for (const name of names) writeFileSync(join(folder, name), name);
  const minted = await createGrants(nobody).mint(
    names.map((name) => join(folder, name)),
    'file',
  );
  expect(minted.map(({ name }) => name)).toEqual(names);
  expect(new Set(minted.map(({ id }) => id)).size).toBe(3);
});

test('a link is followed once: what it is made to point at later is not granted', async () => {
  const folder = makeFolder();
  const [chosen, link] = [join(folder, 'chosen.csv'), join(folder, 'link.csv')];
  writeFileSync(chosen, '');
  symlinkSync(chosen, link);
  const grants = createGrants(nobody);
  const [grant] = await grants.mint([link], 'file');
  rmSync(link);
  symlinkSync('/etc/passwd', link);
  expect(grant?.name).toBe('link.csv');
  expect(grants.all().get(grant?.id ?? '')?.path).toBe(chosen);
});

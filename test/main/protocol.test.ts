import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../main/policy.ts';
import { servePage } from '../../main/protocol.ts';
import { makeFolder } from './folder.ts';

let root: string;

beforeEach(() => {
  const built = makeFolder();
  root = join(built, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(built, 'renderer-secret'));
  writeFileSync(join(built, 'renderer-secret', 'main.js'), 'secret');
  writeFileSync(join(built, 'outside.js'), 'secret');
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets', 'a b.js'), 'export {};');
  writeFileSync(join(root, 'assets', 'style.css'), ':root {}');
  writeFileSync(join(root, 'assets', 'notes.md'), 'not for the page');
});

const get = (address: string, method = 'GET') => servePage(new Request(address, { method }), root);

describe('the application’s scheme serves', () => {
  test.each([
    ['app://exhibit/', 'text/html; charset=utf-8'],
    ['app://exhibit/index.html', 'text/html; charset=utf-8'],
    ['app://exhibit/index.html?x=1#y', 'text/html; charset=utf-8'],
    ['app://exhibit/assets/a%20b.js', 'text/javascript; charset=utf-8'],
    ['app://exhibit/assets/style.css', 'text/css; charset=utf-8'],
  ])('%s as %s', async (address, type) => {
    const answer = await get(address);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect((await answer.text()).length).toBeGreaterThan(0);
  });

  test('only the head for HEAD', async () => {
    const answer = await get('app://exhibit/index.html', 'HEAD');
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});

describe('the application’s scheme refuses', () => {
  test.each([
    'app://exhibit/..%2foutside.js',
    'app://exhibit/..%2f..%2fetc%2fpasswd',
    'app://exhibit/assets/..%2f..%2foutside.js',
    'app://exhibit/..%2frenderer-secret%2fmain.js',
    'app://exhibit/..%5coutside.js',
    'app://exhibit/index.html%00.js',
    'app://exhibit/%E0%A4%A',
  ])('%s with 400', async (address) => {
    const answer = await get(address);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toBe('');
  });

  test.each([
    'app://exhibit/missing.js',
    'app://exhibit/assets',
    'app://exhibit/assets/notes.md',
    'app://other/index.html',
    'app://exhibit:80/index.html',
    'https://exhibit/index.html',
  ])('%s with 404', async (address) => {
    expect((await get(address)).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE'])('%s with 405', async (method) => {
    expect((await get('app://exhibit/index.html', method)).status).toBe(405);
  });

  test('everything with the policy on the answer', async () => {
    for (const address of ['app://exhibit/missing.js', 'app://exhibit/..%2foutside.js']) {
      expect((await get(address)).headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    }
  });
});

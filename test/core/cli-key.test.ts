import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordedKey } from '#core/store/signing-keys.ts';
import { exhibit, exhibitJson } from '../support/command-line.ts';
import { fixture, temporaryFolder } from '../support/workspace.ts';

type Made = { key: RecordedKey; file: string };

function workspace(): string {
  const folder = temporaryFolder();
  expect(exhibit(['import', fixture('flowtriq-export.csv'), '-w', folder]).exit).toBe(0);
  return folder;
}

describe('exhibit key', () => {
  it('makes a key into a file that only its owner reads, and the workspace has the public half alone', () => {
    const folder = workspace();
    const file = join(temporaryFolder(), 'acme.key');
    const { key } = exhibitJson<Made>('key', 'new', '-w', folder, '--out', file, '--person', 'Nadia');
    expect(key).toMatchObject({ kept: 'file', person: 'Nadia', replaces: null });
    expect(key.key).toMatch(/^exhibit\/workspace\/[0-9a-f-]{36}\+[0-9a-f]{8}\+A/);
    const pem = readFileSync(file, 'utf8');
    expect(pem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);

    const secret = pem.split('\n')[1] as string;
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'latin1')).not.toContain(secret.slice(24));
    }
    expect(exhibitJson<{ key: RecordedKey; earlier: RecordedKey[] }>('key', 'show', '-w', folder)).toEqual({
      key,
      earlier: [],
    });
    expect(exhibitJson<{ ok: boolean }>('verify', '-w', folder).ok).toBe(true);
  });

  it('replaces neither a key nor a file unless somebody says so, and remembers what was replaced', () => {
    const folder = workspace();
    const keys = temporaryFolder();
    const make = (name: string, ...more: string[]) =>
      exhibit(['key', 'new', '-w', folder, '--out', join(keys, name), '--json', ...more]);
    const first = (JSON.parse(make('1').out) as Made).key;
    expect(make('2')).toMatchObject({ exit: 2, err: expect.stringContaining('has a key already') });
    expect(readdirSync(keys)).toEqual(['1']);
    writeFileSync(join(keys, 'mine'), 'mine');
    expect(make('mine', '--replace')).toMatchObject({
      exit: 3,
      err: expect.stringContaining('is there already'),
    });
    expect(readFileSync(join(keys, 'mine'), 'utf8')).toBe('mine');
    const second = (JSON.parse(make('2', '--replace').out) as Made).key;
    expect(second.replaces).toBe(first.fingerprint);
    const shown = exhibitJson<{ key: RecordedKey; earlier: RecordedKey[] }>('key', 'show', '-w', folder);
    expect([shown.key.key, shown.earlier.map(({ key }) => key)]).toEqual([second.key, [first.key]]);
  });
});

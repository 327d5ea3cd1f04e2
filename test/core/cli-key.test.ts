import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkpointText } from '#core/integrity/checkpoint.ts';
import { createSigner } from '#core/integrity/note.ts';
import type { PackReport, VerifyReport } from '#core/model.ts';
import { recordActivity } from '#core/store/activity.ts';
import { openReview } from '#core/store/open.ts';
import type { RecordedKey } from '#core/store/signing-keys.ts';
import { exhibit, exhibitJson } from '../support/command-line.ts';
import { ironflockCsv, temporaryFile, temporaryFolder } from '../support/workspace.ts';

type Made = { key: RecordedKey; file: string };

function workspace(): string {
  const folder = temporaryFolder();
  const rows = ['a', 'b', 'c'].map(
    (name, day) => `2026-02-0${day + 1}T09:00:00Z,${name}@acme,device,7,press,plant,Name,,x,y`,
  );
  const file = temporaryFile('small.csv', ironflockCsv(rows));
  expect(exhibit(['import', file, '-w', folder]).exit).toBe(0);
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

  it('signs packs with it, and the log then has to lead to what was signed', () => {
    const folder = workspace();
    const out = temporaryFolder();
    const file = join(out, 'key');
    const { key } = exhibitJson<Made>('key', 'new', '-w', folder, '--out', file);
    const pack = (...more: string[]) => {
      const args = [
        '--framework',
        'soc2',
        '--from',
        '2026-01-01',
        '--to',
        '2026-03-31',
        '--out',
        out,
        '--json',
      ];
      return exhibit(['pack', '-w', folder, ...args, ...more]);
    };
    const signed = JSON.parse(pack('--key', file).out) as PackReport;
    expect(signed.signedBy).toBe(key.fingerprint);
    const unsigned = JSON.parse(pack().out) as PackReport;
    expect(unsigned.signedBy).toBeNull();
    expect(unsigned.warnings[0]).toMatch(/^This pack is not signed: the workspace has a key/);

    expect(exhibit(['verify', signed.zip, '--pubkey', key.key]).exit).toBe(0);
    expect(exhibit(['verify', unsigned.zip, '--pubkey', key.key]).exit).toBe(1);
    const report = exhibitJson<VerifyReport>('verify', '-w', folder);
    expect(report.checks.find(({ name }) => name === 'signature')).toMatchObject({ status: 'passed' });

    const other = join(out, 'other');
    exhibit(['key', 'new', '-w', workspace(), '--out', other]);
    expect(pack('--key', other)).toMatchObject({
      exit: 3,
      err: expect.stringContaining('not the key of the workspace'),
    });
  });

  it('finds a checkpoint that was signed for another log', () => {
    const folder = workspace();
    const review = openReview(folder, { mode: 'write' });
    const file = join(temporaryFolder(), 'key');
    const { key } = exhibitJson<Made>('key', 'new', '-w', folder, '--out', file);
    const origin = key.key.split('+')[0] as string;
    const signer = createSigner(origin, readFileSync(file, 'utf8'));
    const text = checkpointText({ origin, size: 4, root: 'ab'.repeat(32) });
    recordActivity(review, 'pack', { packId: 'EX-1', checkpoint: signer.sign(text) });
    recordActivity(review, 'pack', { packId: 'EX-2', checkpoint: text });
    review.close();
    const { ok, failures } = exhibitJson<VerifyReport>('verify', '-w', folder);
    expect(ok).toBe(false);
    expect(failures.map(({ check, where }) => [check, where])).toEqual([
      ['signature', 'checkpoint of EX-1'],
      ['signature', 'checkpoint of EX-2'],
    ]);
  });
});

describe('an answer on a terminal', () => {
  it('stands on a line of its own: progress is taken off before', () => {
    const folder = workspace();
    const period = ['--from', '2026-02-01', '--to', '2026-02-28', '--framework', 'soc2'];
    const terminal = ['python3', '-c', 'import pty, sys; pty.spawn(sys.argv[1:])'];
    const { out } = exhibit(['pack', '-w', folder, ...period, '--out', temporaryFolder()], terminal);
    expect(out).toMatch(/: \d+ %/);
    expect(out).toContain('\r\x1b[KPack EX-');
  });
});

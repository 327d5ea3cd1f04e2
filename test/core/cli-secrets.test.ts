import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readOptions } from '#core/cli/options.ts';
import { commandSecrets } from '#core/cli/secrets.ts';

/** A descriptor open on these lines. */
function descriptor(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-secrets-'));
  writeFileSync(join(folder, 'secrets'), text);
  const fd = openSync(join(folder, 'secrets'), 'r');
  onTestFinished(() => {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  });
  return String(fd);
}

const secretsOf = (args: string[], env: NodeJS.ProcessEnv = {}) => commandSecrets(readOptions(args, {}), env);

test('a secret comes from the variable of its name', async () => {
  const secrets = secretsOf([], { EXHIBIT_SECRET_SOURCE_ACME_2_TOKEN: 't', EXHIBIT_SECRET_SOURCE_B: '' });
  expect(await secrets.get('source:acme-2:token')).toBe('t');
  expect(await secrets.get('source:b')).toBeNull();
  await expect(secrets.keep('source:b', 'x')).rejects.toMatchObject({ code: 'usage' });
});

test('a secret on a descriptor comes before the environment, and may hold an equals sign', async () => {
  const fd = descriptor('source:acme:token=ab=cd==\r\n\nsource:b=two words\n');
  const secrets = secretsOf(['--secret-fd', fd], { EXHIBIT_SECRET_SOURCE_ACME_TOKEN: 'other' });
  expect(await secrets.get('source:acme:token')).toBe('ab=cd==');
  expect(await secrets.get('source:b')).toBe('two words');
});

test('a line without a name and a closed descriptor are refused, without showing what they hold', () => {
  expect(() => secretsOf(['--secret-fd', descriptor('source:a=1\nhunter2\n')])).toThrow(
    /^Line 2 of --secret-fd \d+ is not NAME=SECRET\.$/,
  );
  expect(() => secretsOf(['--secret-fd', descriptor('hunter2=\n')])).toThrow(/^Line 1/);
  expect(() => secretsOf(['--secret-fd', descriptor('hunter 2=x\n')])).toThrow(/^A secret cannot/);
  expect(() => secretsOf(['--secret-fd', '999999'])).toThrow(/cannot be read/);
});

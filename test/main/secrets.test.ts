import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSecrets } from '../../main/secrets.ts';
import type { Vault } from '../../main/vault.ts';
import { makeFolder } from './folder.ts';

const name = 'source:acme:token';
const token = 'flow_live_9f86d081884c7d65';

/** A store of keys like the system's, with a key of its own. */
function vaultWith(key: Buffer): Vault {
  return {
    async encrypt(text) {
      const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([cipher.getAuthTag(), body]);
    },
    async decrypt(encrypted) {
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12));
      decipher.setAuthTag(encrypted.subarray(0, 16));
      return decipher.update(encrypted.subarray(16), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}

/** What a Linux without a store of keys offers: nothing. */
const noVault: Vault = {
  encrypt: async () => null,
  decrypt: () => Promise.reject(new Error('there is no key store')),
};

test('a secret outlives the application, encrypted, in a file that only its user reads', async () => {
  const folder = makeFolder();
  const vault = vaultWith(randomBytes(32));
  const first = createSecrets(folder, vault);
  expect(await first.keep(name, token)).toBe('system');
  expect(first.state(name)).toBe('system');

  expect(readdirSync(folder)).toEqual(['secrets.json']);
  const file = join(folder, 'secrets.json');
  expect(readFileSync(file, 'latin1')).not.toContain(token);
  expect(readFileSync(file, 'latin1')).not.toContain(Buffer.from(token).toString('base64').slice(0, 24));
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);

  expect(await createSecrets(folder, vault).get(name)).toBe(token);
});

test('two secrets kept at once are both there; one that is forgotten is gone', async () => {
  const folder = makeFolder();
  const secrets = createSecrets(folder, vaultWith(randomBytes(32)));
  await Promise.all([secrets.keep(name, token), secrets.keep('signing:acme', 'key')]);
  expect(await secrets.keep(name, null)).toBe('none');
  expect([await secrets.get(name), await secrets.get('signing:acme')]).toEqual([null, 'key']);
  expect(secrets.state(name)).toBe('none');
});

test('a secret that is tried is used before the one that is kept, and is nowhere else until it is kept itself', async () => {
  const folder = makeFolder();
  const vault = vaultWith(randomBytes(32));
  const secrets = createSecrets(folder, vault);
  secrets.attempt(name, 'tried');
  expect([await secrets.get(name), secrets.state(name), readdirSync(folder)]).toEqual(['tried', 'none', []]);
  secrets.attempt(name, null);
  expect([await secrets.get(name), await secrets.keepTried(name)]).toEqual([null, 'none']);

  await secrets.keep(name, token);
  secrets.attempt(name, 'other');
  expect(await secrets.get(name)).toBe('other');
  expect(await createSecrets(folder, vault).get(name)).toBe(token);
  secrets.attempt(name, null);
  expect(await secrets.get(name)).toBe(token);

  secrets.attempt(name, 'other');
  expect(await secrets.keepTried(name)).toBe('system');
  secrets.attempt(name, null);
  expect(await createSecrets(folder, vault).get(name)).toBe('other');
  expect(() => secrets.attempt(name, '')).toThrow('neither empty');
  expect(() => secrets.attempt('a b', 'x')).toThrow('cannot have this name');
});

test('a secret goes along to another name of the same host, and to no other host', async () => {
  const secrets = createSecrets(makeFolder(), vaultWith(randomBytes(32)));
  const [from, to] = ['source:plant:api.acme.example:token', 'source:works:api.acme.example:token'] as const;
  await secrets.keep(from, token);
  await secrets.attemptKept(from, to);
  expect(await secrets.keepTried(to)).toBe('system');
  expect([await secrets.get(from), await secrets.get(to)]).toEqual([token, token]);
  await secrets.attemptKept('source:nobody:api.acme.example:token', to);
  expect(await secrets.get(to)).toBe(token);
  for (const other of ['source:plant:evil.example:token', 'source:plant:token', 'signing:plant'])
    await expect(secrets.attemptKept(from, other)).rejects.toThrow('goes to the host alone');
});

test('where the system protects nothing a secret stays in memory, and nothing is written', async () => {
  const folder = makeFolder();
  const secrets = createSecrets(folder, noVault);
  expect(await secrets.keep(name, token)).toBe('session');
  expect([secrets.state(name), await secrets.get(name)]).toEqual(['session', token]);
  expect(readdirSync(folder)).toEqual([]);
  expect(await createSecrets(folder, noVault).get(name)).toBeNull();
});

test('a new secret that cannot be written leaves no old one behind it', async () => {
  const folder = makeFolder();
  await createSecrets(folder, vaultWith(randomBytes(32))).keep(name, 'the old one');
  await createSecrets(folder, noVault).keep(name, token);
  expect(createSecrets(folder, noVault).state(name)).toBe('none');
});

test('another key store, or a damaged file, is said and nothing is written over', async () => {
  const folder = makeFolder();
  await createSecrets(folder, vaultWith(randomBytes(32))).keep(name, token);
  const other = createSecrets(folder, vaultWith(randomBytes(32)));
  await expect(other.get(name)).rejects.toMatchObject({
    code: 'environment',
    message: expect.stringContaining('does not open the secret “source:acme:token”'),
  });

  const file = join(folder, 'secrets.json');
  writeFileSync(file, '{"version":1,');
  await expect(other.keep('source:b', 'x')).rejects.toMatchObject({
    message: expect.stringContaining('cannot be read'),
  });
  expect(readFileSync(file, 'utf8')).toBe('{"version":1,');
});

test.each(['', 'token', 'source:', '../source:a', 'source:a b', '__proto__:a', `source:${'a'.repeat(101)}`])(
  'no secret can be called %j',
  async (wrong) => {
    await expect(createSecrets(makeFolder(), noVault).keep(wrong, token)).rejects.toMatchObject({
      code: 'usage',
    });
  },
);

import { expect, test } from 'vitest';
import { AppError } from '#core/errors.ts';
import type { Secrets } from '#core/secrets.ts';
import { connect, startHost } from './connect.ts';

test('a handler in a thread asks for a secret by name, has one kept, and learns why one cannot be read', async () => {
  const held = new Map([['source:acme:token', 'abcdef']]);
  const secrets: Secrets = {
    get: async (name) => {
      if (name === 'source:locked') throw new AppError('environment', 'The key store is locked. Unlock it.');
      return held.get(name) ?? null;
    },
    keep: async (name, value) => {
      if (value !== null) held.set(name, value);
      return 'session';
    },
  };
  const { client } = connect(startHost({ secrets }));
  expect(await client.query('events.choices', {})).toEqual({
    length: 6,
    kept: 'session',
    none: null,
    refused: ['environment', 'The key store is locked. Unlock it.'],
  });
  expect(held.get('signing:acme')).toBe('abcdef and more');
});

test('without anybody who has secrets there are none, and none can be kept', async () => {
  const { client } = connect(startHost());
  await expect(client.query('events.choices', {})).rejects.toMatchObject({ code: 'environment' });
});

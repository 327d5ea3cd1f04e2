// How a secret crosses from whoever has it to whoever needs it: thread ↔ engine and engine ↔ main say the same two
// messages, with a number that joins them. The page's ports know neither.

import { AppError, type ErrorShape, toErrorShape } from '#core/errors.ts';
import type { Keeping, Secrets } from '#core/secrets.ts';

/** A wish: for the secret of this name, or with `value` to keep it (null: to forget it). */
export type SecretAsked = { kind: 'secret-asked'; id: number; name: string; value?: string | null };

/** Exactly one for each wish: the secret, or where it is kept. */
export type SecretAnswered = { kind: 'secret-answered'; id: number } & (
  | { ok: true; value: string | null }
  | { ok: false; error: ErrorShape }
);

/** The end that needs secrets. `receive` takes the answers to what was posted. */
export function createSecretClient(post: (asked: SecretAsked) => void): {
  secrets: Secrets;
  receive(answer: SecretAnswered): void;
} {
  type Waiting = { resolve(value: string | null): void; reject(error: unknown): void };
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  const ask = (wish: Omit<SecretAsked, 'kind' | 'id'>) =>
    new Promise<string | null>((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      post({ kind: 'secret-asked', id, ...wish });
    });
  return {
    secrets: {
      get: (name) => ask({ name }),
      keep: async (name, value) => (await ask({ name, value })) as Keeping,
    },
    receive(answer) {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.ok) asked?.resolve(answer.value);
      else asked?.reject(new AppError(answer.error.code, answer.error.message));
    },
  };
}

/** The end that has them: answers one wish. Never rejects. */
export async function answerSecret(
  secrets: Secrets,
  { id, name, value }: SecretAsked,
): Promise<SecretAnswered> {
  try {
    const given = value === undefined ? await secrets.get(name) : await secrets.keep(name, value);
    return { kind: 'secret-answered', id, ok: true, value: given };
  } catch (thrown) {
    return { kind: 'secret-answered', id, ok: false, error: toErrorShape(thrown) };
  }
}

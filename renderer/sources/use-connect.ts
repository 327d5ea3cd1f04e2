// What happens in the form of a connection: its draft is checked by the engine, a secret goes to main once under the name of
// this connection and its host, and never comes back. Until the form is saved main only tries it; with the form it is gone.

import { useEffect, useState } from 'react';
import { secretHost } from '#core/secrets.ts';
import type { ConnectionDraft, ConnectionSummary } from '#core/sync-calls.ts';
import type { Problem, SyncPreview } from '#core/sync-model.ts';
import { ask, askAgain, connection } from '../engine/engine.ts';
import { startJob } from '../engine/jobs.ts';
import { useTriedSecrets } from '../engine/tried-secrets.ts';
import { errorOf } from '../words/errors.ts';
import { nothingTyped, secretText, type TypedSecret } from './connect-draft.ts';

export type Connect = {
  draft: ConnectionDraft;
  change(more: Partial<ConnectionDraft>): void;
  secret: TypedSecret;
  type(more: Partial<TypedSecret>): void;
  /** Where the secret is kept that this connection would use, or `tried`; null while that is not known. */
  kept: string | null;
  problem(field: string): string | undefined;
  error: string | null;
  isBusy: boolean;
  page: SyncPreview | null;
  look(): Promise<void>;
  save(): Promise<void>;
};

/** The secret of a connection that is being changed: where it is, and its name; nulls of a new one. */
export type HadSecret = { kept: string | null; name: string | null };

export function useConnect(start: ConnectionDraft, had: HadSecret, onDone: () => void): Connect {
  const [draft, setDraft] = useState(start);
  const [secret, setSecret] = useState(nothingTyped);
  const [kept, setKept] = useState(had.kept);
  const tried = useTriedSecrets();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  /** Counts the checks, each of which shows where something is to be mended. */
  const [checks, setChecks] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [page, setPage] = useState<SyncPreview | null>(null);

  // When the fields are marked; typing, which takes problems away, is no check.
  useEffect(() => {
    if (checks > 0) focusProblem();
  }, [checks]);

  async function attempt(work: () => Promise<void>): Promise<void> {
    setError(null);
    setBusy(true);
    await work().catch((thrown) => setError(errorOf(thrown).message));
    setBusy(false);
  }

  /** The connection this would be, with its secret handed over; null where something is to be mended first. */
  async function prepare(): Promise<ConnectionSummary | null> {
    const { connection: checked, problems: found } = await ask('connections.check', draft);
    const lacks = checked ? await handOver(checked) : null;
    const all = lacks === null ? found : [...found, lacks];
    setProblems(all);
    setChecks((before) => before + 1);
    return all.length === 0 ? checked : null;
  }

  async function handOver({ secret: name }: ConnectionSummary): Promise<Problem | null> {
    if (name === null) return null;
    if (draft.kind === 'bucket' && draft.access !== 'key') return null;
    const text = secretText(draft, secret);
    if (text === '') {
      if (tried.has(name)) return null;
      const state = await window.exhibit.secretState(name);
      if (state === 'none' && isKept(had) && secretHost(had.name) === secretHost(name)) {
        // Called otherwise, it goes to the same host with the same secret.
        await tried.takeKept(had.name, name);
        return null;
      }
      setKept(state);
      if (state !== 'none') return null;
      return {
        field: 'token',
        message: draft.kind === 'bucket' ? 'Enter the access key.' : 'Enter the token.',
      };
    }
    if (draft.kind === 'bucket' && (secret.keyId.trim() === '' || secret.token.trim() === ''))
      return { field: 'token', message: 'An access key has two parts: its id and its secret.' };
    await tried.take(name, text);
    setKept('tried');
    // Nothing here holds it any more.
    setSecret(nothingTyped);
    return null;
  }

  return {
    draft,
    change(more) {
      setDraft((before) => ({ ...before, ...more }) as ConnectionDraft);
      const changed = new Set(Object.keys(more));
      setProblems((before) => before.filter(({ field }) => !changed.has(field)));
    },
    secret,
    type(more) {
      setSecret((before) => ({ ...before, ...more }));
      setProblems((before) => before.filter(({ field }) => field !== 'token'));
    },
    kept,
    problem: (field) => problems.find((one) => one.field === field)?.message,
    error,
    isBusy,
    page,
    look: () =>
      attempt(async () => {
        setPage(null);
        const checked = await prepare();
        if (!checked) return;
        const failed = await startJob('sync.preview', draft, checked.name, setPage);
        if (failed && failed.code !== 'cancelled') setError(failed.message);
      }),
    save: () =>
      attempt(async () => {
        const checked = await prepare();
        if (!checked) return;
        await (await connection.client()).command('connections.save', draft);
        if (checked.secret !== null) await window.exhibit.keepTriedSecret(checked.secret);
        await askAgain();
        const { name } = checked;
        // Under another host or name the secret has another name; a profile or what this computer has replaces it.
        const isWithoutKey = draft.kind === 'bucket' && draft.access !== 'key';
        for (const unused of [had.name, checked.secret])
          if (unused !== null && (isWithoutKey || unused !== checked.secret))
            await window.exhibit.keepSecret(unused, null);
        if (draft.replaces === null)
          void startJob('imports.sync', { names: [name] }, name, () => void askAgain());
        onDone();
      }),
  };
}

const isKept = (had: HadSecret): had is { kept: string; name: string } =>
  had.name !== null && had.kept !== null && had.kept !== 'none';

/** The first field that is wrong takes the focus, so that what is said of it is heard. */
function focusProblem(): void {
  const first = document.querySelector<HTMLElement>(
    '[data-connect] [aria-invalid="true"], [data-connect] [data-problem="true"]',
  );
  first?.focus();
}

// “Connect a source”: which API, where, with which token; a look at its first page before anything is stored. The token
// goes to main once, under the name of this connection and its host, and never comes back.

import { useState } from 'react';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import type { ConnectionDraft } from '#core/sync-calls.ts';
import type { ConnectorInfo, SyncPreview } from '#core/sync-model.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { Notice } from '../controls/notice.tsx';
import { PickList } from '../controls/pick-list.tsx';
import screen from '../controls/screen.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { ask, askAgain, connection, useAnswer } from '../engine/engine.ts';
import { startJob } from '../engine/jobs.ts';
import { errorOf } from '../words/errors.ts';
import styles from './connections.module.css';
import { FirstPage } from './first-page.tsx';

export function ConnectForm({ onDone }: { onDone(): void }) {
  const connectors = useAnswer('connectors.list', {}).data ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const connector = connectors.find(({ id }) => id === chosen);
  return (
    <section className={styles.form} aria-label="Connect a source">
      <div className={styles.choice}>
        <PickList
          name="Which system"
          search="Find a system"
          choices={connectors.map(({ id, vendor, name }) => ({ id, label: name, aside: vendor }))}
          picked={chosen === null ? [] : [chosen]}
          several={false}
          onPick={([id]) => setChosen(id ?? null)}
        >
          {connector?.name ?? 'Choose a system'}
        </PickList>
        <Button weight="quiet" onPress={onDone}>
          Close
        </Button>
      </div>
      {connector ? <Settings key={connector.id} connector={connector} onDone={onDone} /> : null}
    </section>
  );
}

function Settings({ connector, onDone }: { connector: ConnectorInfo; onDone(): void }) {
  const [name, setName] = useState(connector.vendor);
  const [base, setBase] = useState(connector.base ?? '');
  const [feed, setFeed] = useState(connector.feeds[0]?.id ?? '');
  const [parameters, setParameters] = useState<Record<string, string>>({});
  const [since, setSince] = useState('');
  const [token, setToken] = useState('');
  const [isKept, setKept] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [page, setPage] = useState<SyncPreview | null>(null);
  const path = connector.feeds.find(({ id }) => id === feed)?.path ?? '';
  const asked = connector.parameters.filter(
    (one) => one.query !== undefined || path.includes(`{${one.name}}`),
  );
  const draft = (): ConnectionDraft => ({
    name,
    source: name,
    connector: connector.id,
    base,
    feed,
    parameters: Object.fromEntries(asked.map((one) => [one.name, parameters[one.name] ?? ''])),
    since: since.trim() === '' ? null : since.trim(),
  });

  async function attempt(work: () => Promise<void>): Promise<void> {
    setError(null);
    setBusy(true);
    await work().catch((thrown) => setError(errorOf(thrown).message));
    setBusy(false);
  }

  /** Gives a token that was typed away; afterwards nothing here holds it. */
  async function handOver(): Promise<void> {
    const { secret } = await ask('connections.check', draft());
    if (secret === null || token === '') return;
    setKept(await window.exhibit.keepSecret(secret, token));
    setToken('');
  }

  const look = () =>
    attempt(async () => {
      setPage(null);
      await handOver();
      let failed: unknown = new Error('It was cancelled.');
      let seen: SyncPreview | null = null;
      const client = await connection.client();
      seen = await client.run('sync.preview', draft(), {}).catch((thrown: unknown) => {
        failed = thrown;
        return null;
      });
      if (seen === null) throw failed;
      setPage(seen);
    });
  const connect = () =>
    attempt(async () => {
      await handOver();
      await (await connection.client()).command('connections.save', draft());
      await askAgain();
      void startJob('imports.sync', { names: [name.trim()] }, name.trim(), () => void askAgain());
      onDone();
    });

  return (
    <>
      <div className={styles.fields}>
        <TextLine
          label="Name"
          value={name}
          onChange={setName}
          hint="Also the source its events go into"
          maxLength={200}
        />
        <TextLine
          label="Base URL"
          value={base}
          onChange={setBase}
          hint="https only, except on this computer"
        />
        {connector.feeds.length > 1 ? (
          <div className={field.field}>
            <span className={field.label}>What to sync</span>
            <PickList
              name="What to sync"
              search="Find"
              choices={connector.feeds.map((one) => ({ id: one.id, label: one.name }))}
              picked={[feed]}
              several={false}
              onPick={([id]) => id !== undefined && setFeed(id)}
            >
              {connector.feeds.find(({ id }) => id === feed)?.name}
            </PickList>
          </div>
        ) : null}
        {asked.map((one) => (
          <TextLine
            key={one.name}
            label={one.label}
            value={parameters[one.name] ?? ''}
            onChange={(value) => setParameters({ ...parameters, [one.name]: value })}
            {...(one.narrows ? { hint: 'Leave it empty to sync everything' } : {})}
          />
        ))}
        <TextLine
          label="Begin with the day"
          value={since}
          onChange={setSince}
          hint="2026-01-31; empty: as far back as usual"
        />
        <TextField
          className={field.field as string}
          value={token}
          onChange={setToken}
          type="password"
          autoComplete="off"
        >
          <Label className={field.label}>Token</Label>
          <Input className={field.input as string} />
          <Text slot="description" className={field.hint}>
            {isKept === null ? connector.token : keptWords[isKept]}
          </Text>
        </TextField>
      </div>
      {connector.assumed.length > 0 ? (
        <div>
          <p className={screen.muted}>What of this the vendor does not publish:</p>
          <ul className={styles.state}>
            {connector.assumed.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {error === null ? null : (
        <Notice kind="failed" live>
          {error}
        </Notice>
      )}
      {page === null ? null : <FirstPage page={page} />}
      <div className={styles.actions}>
        <Button isDisabled={isBusy} onPress={look}>
          {isBusy ? 'Asking…' : 'Look at the first page'}
        </Button>
        <Button isDisabled={isBusy || name.trim() === ''} onPress={connect}>
          Connect and sync
        </Button>
      </div>
    </>
  );
}

const keptWords: Record<string, string> = {
  system: 'Kept by this system’s store of keys. It is not shown again.',
  session: 'Kept until Exhibit ends: this system has no store of keys to be trusted. It is not shown again.',
  none: 'Not kept.',
};

// “Connect a source”: an API, a bucket or a folder, where it is, with which secret; a look at what it holds before anything
// is stored. The same form changes a connection.

import { useState } from 'react';
import type { ConnectionDraft, ConnectionToChange } from '#core/sync-calls.ts';
import type { ConnectorInfo } from '#core/sync-model.ts';
import { Button } from '../controls/button.tsx';
import { ComboLine } from '../controls/combo-line.tsx';
import { Notice } from '../controls/notice.tsx';
import { PickList } from '../controls/pick-list.tsx';
import screen from '../controls/screen.module.css';
import { SecretLine } from '../controls/secret-line.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { useAnswer } from '../engine/engine.ts';
import { ApiFields } from './api-fields.tsx';
import { BucketFields } from './bucket-fields.tsx';
import { apiDraft, bucketDraft, folderDraft } from './connect-draft.ts';
import styles from './connections.module.css';
import { FirstPage } from './first-page.tsx';
import { FolderField } from './pick-field.tsx';
import { AuthFields, ShapeFields } from './shape-fields.tsx';
import { type Connect, useConnect } from './use-connect.ts';

const bucket = 'a-bucket';
const folder = 'a-folder';

export function ConnectForm({ onDone }: { onDone(): void }) {
  const connectors = useAnswer('connectors.list', {}).data ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const connector = connectors.find(({ id }) => id === chosen) ?? null;
  const choices = [
    ...connectors.map(({ id, vendor, name }) => ({ id, label: name, aside: vendor })),
    { id: bucket, label: 'A bucket of exports', aside: 'S3-compatible' },
    { id: folder, label: 'A watched folder', aside: 'This computer' },
  ];
  const start = connector
    ? apiDraft(connector)
    : chosen === bucket
      ? bucketDraft()
      : chosen === folder
        ? folderDraft()
        : null;
  const label = choices.find(({ id }) => id === chosen)?.label ?? 'Choose a system';
  return (
    <section className={styles.form} aria-label="Connect a source">
      <div className={styles.choice}>
        <PickList
          name={`Which system: ${label}`}
          search="Find a system"
          choices={choices}
          picked={chosen === null ? [] : [chosen]}
          several={false}
          onPick={([id]) => setChosen(id ?? null)}
        >
          {label}
        </PickList>
        {start === null ? (
          <Button weight="quiet" onPress={onDone}>
            Close
          </Button>
        ) : null}
      </div>
      {start ? (
        <Settings
          key={chosen}
          start={start}
          connector={connector}
          kept={null}
          before={null}
          onDone={onDone}
        />
      ) : null}
    </section>
  );
}

type ChangeProps = { of: ConnectionToChange; kept: string | null; onDone(): void };

/** The same for a connection that is there; `kept` says where its secret is. */
export function ChangeForm({ of, kept, onDone }: ChangeProps) {
  const { draft, connector, address, secret } = of;
  return (
    <section className={styles.form} aria-label={`Change ${draft.name}`}>
      <h3>Change {draft.name}</h3>
      {draft.kind === 'folder' ? <p className={styles.address}>{address}</p> : null}
      <Settings start={draft} connector={connector} kept={kept} before={secret} onDone={onDone} />
    </section>
  );
}

type SettingsProps = {
  start: ConnectionDraft;
  connector: ConnectorInfo | null;
  /** Where the secret is that it has, and the name of it. */
  kept: string | null;
  before: string | null;
  onDone(): void;
};

function Settings({ start, connector, kept, before, onDone }: SettingsProps) {
  const connect = useConnect(start, { kept, name: before }, onDone);
  const { draft, problem, error, isBusy, page } = connect;
  const isNew = draft.replaces === null;
  return (
    <div className={styles.settings} data-connect>
      <div className={styles.fields}>
        <Names connect={connect} before={isNew ? null : start.source} />
        <OwnFields connect={connect} connector={connector} />
        {draft.kind === 'api' && draft.shape !== null ? (
          <AuthFields shape={draft.shape} onChange={(shape) => connect.change({ shape })} problem={problem} />
        ) : null}
        <Secrets connect={connect} connector={connector} />
      </div>
      {draft.kind === 'api' && draft.shape !== null ? (
        <ShapeFields shape={draft.shape} onChange={(shape) => connect.change({ shape })} problem={problem} />
      ) : null}
      {connector && connector.assumed.length > 0 ? (
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
      {page === null ? null : <FirstPage page={page} connect={connect} />}
      <div className={styles.actions}>
        <Button isDisabled={isBusy} onPress={() => void connect.look()}>
          {isBusy ? 'Asking…' : draft.kind === 'api' ? 'Look at the first page' : 'Look at its files'}
        </Button>
        <Button isDisabled={isBusy} onPress={() => void connect.save()}>
          {isNew ? 'Connect and sync' : 'Save the changes'}
        </Button>
        <Button weight="quiet" onPress={onDone}>
          Close
        </Button>
      </div>
    </div>
  );
}

type PartProps = { connect: Connect; connector: ConnectorInfo | null };

/** `before` is the source that a connection that is being changed went into. */
function Names({ connect, before }: { connect: Connect; before: string | null }) {
  const sources = useAnswer('sources.list', {}).data ?? [];
  const { draft, change, problem } = connect;
  return (
    <>
      <TextLine
        label="Name"
        value={draft.name}
        onChange={(name) => change({ name })}
        hint="What this connection is called"
        maxLength={200}
        error={problem('name')}
      />
      <ComboLine
        label="Goes into the source"
        value={draft.source}
        onChange={(source) => change({ source })}
        choices={sources.map(({ name }) => name)}
        placeholder={draft.name}
        hint={
          before === null || (draft.source.trim() || draft.name.trim()) === before
            ? 'Empty: one of the same name'
            : `What was synced stays in ${before}; the next sync brings everything again into this one.`
        }
        error={problem('source')}
      />
    </>
  );
}

function OwnFields({ connect, connector }: PartProps) {
  const { draft, change, problem } = connect;
  const [name, setName] = useState('');
  switch (draft.kind) {
    case 'api':
      return connector ? (
        <ApiFields draft={draft} change={change} problem={problem} connector={connector} />
      ) : null;
    case 'bucket':
      return <BucketFields draft={draft} change={change} problem={problem} />;
    case 'folder':
      return (
        <>
          <FolderField
            label="Folder"
            name={name}
            error={problem('folder')}
            onChoose={async () => {
              const chosen = await window.exhibit.chooseFolder('watch');
              if (!chosen) return;
              setName(chosen.name);
              change({ folder: chosen.id, ...(draft.name === '' ? { name: chosen.name } : {}) });
            }}
          />
          <TextLine
            label="Seconds until a file has settled"
            value={draft.settle}
            onChange={(settle) => change({ settle })}
            hint="What changed more lately is still being written"
            numeric
            error={problem('settle')}
          />
        </>
      );
  }
}

function Secrets({ connect, connector }: PartProps) {
  const { draft, secret, type, kept, problem } = connect;
  const hint = kept === null || kept === 'none' ? null : (keptWords[kept] ?? null);
  if (draft.kind === 'api') {
    if (draft.shape?.auth === 'none') return null;
    return (
      <SecretLine
        label="Token"
        value={secret.token}
        onChange={(token) => type({ token })}
        hint={hint ?? connector?.token ?? ''}
        error={problem('token')}
      />
    );
  }
  if (draft.kind === 'folder' || draft.access !== 'key') return null;
  return (
    <>
      <TextLine label="Access key id" value={secret.keyId} onChange={(keyId) => type({ keyId })} />
      <SecretLine
        label="Secret access key"
        value={secret.token}
        onChange={(token) => type({ token })}
        {...(hint === null ? {} : { hint })}
        error={problem('token')}
      />
      <SecretLine
        label="Session token"
        value={secret.session}
        onChange={(session) => type({ session })}
        hint="Only of a key that is lent for a time"
      />
    </>
  );
}

const keptWords: Record<string, string> = {
  tried: 'Held until you save this or leave it. Enter one only to replace it.',
  system: 'Kept by this system’s store of keys, and not shown again. Enter one only to replace it.',
  session:
    'Kept until Exhibit ends: this system has no store of keys to be trusted. Enter one only to replace it.',
};

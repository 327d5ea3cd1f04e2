// The key that signs this workspace's packs: its fingerprint, since when, where its private half is, and a way to make
// one. The private half is made in the engine and never comes to the page.

import { useState } from 'react';
import type { RecordedKey } from '#core/store/signing-keys.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { CopyButton } from '../controls/copy-button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { connection, queries, useAnswer } from '../engine/engine.ts';
import { usePerson } from '../review/person.ts';
import { errorOf } from '../words/errors.ts';
import { formatInstant } from '../words/time.ts';
import styles from './integrity-screen.module.css';

export function SigningKey() {
  const person = usePerson();
  const answer = useAnswer('keys.show', {});
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (!answer.data) return null;
  const { key, isHere } = answer.data;

  async function make(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      const client = await connection.client();
      await client.command('keys.create', { person: person.trim(), replace: key !== null });
      await queries.invalidateQueries({ queryKey: ['keys.show'] });
    } catch (thrown) {
      setError(errorOf(thrown).message);
    }
    setBusy(false);
  }

  return (
    <section aria-labelledby="signing">
      <div className={screen.heading}>
        <h2 id="signing">Signing key</h2>
      </div>
      {key === null ? (
        <p className={styles.about}>
          This workspace has no key, so its packs are not signed: their hashes show that nothing changed, to
          somebody who noted them, but not who made them.
        </p>
      ) : (
        <KeyFacts recorded={key} isHere={isHere} />
      )}
      {error === null ? null : (
        <Notice kind="failed" live>
          No key was made. {error}
        </Notice>
      )}
      {isHere ? null : (
        <Button isDisabled={isBusy} onPress={() => void make()}>
          {key === null ? 'Make a signing key' : 'Make a new key in its place'}
        </Button>
      )}
    </section>
  );
}

function KeyFacts({ recorded, isHere }: { recorded: RecordedKey; isHere: boolean }) {
  const zone = useShownZone();
  const { key, fingerprint, at, person, account, kept } = recorded;
  return (
    <>
      <dl className={screen.facts}>
        <dt>Fingerprint</dt>
        <dd className={styles.root}>
          <code>{fingerprint.match(/.{4}/g)?.join(' ')}</code>{' '}
          <CopyButton name="Copy fingerprint" text={fingerprint} />
        </dd>
        <dt>Public key</dt>
        <dd className={styles.root}>
          <code>{key}</code> <CopyButton name="Copy public key" text={key} />
        </dd>
        <dt>Made</dt>
        <dd>
          {formatInstant(at, zone)}, by {person === '' ? `the account ${account}` : person}
        </dd>
        <dt>Private half</dt>
        <dd>{whereWords(kept, isHere)}</dd>
      </dl>
      {isHere && kept === 'session' ? (
        <div className={styles.said}>
          <Notice kind="attention">
            This computer has no store of keys that Exhibit could trust, so the private half is in memory
            until Exhibit ends. Packs made after that are not signed; a key in a file, made with “exhibit key
            new” on the command line, lasts.
          </Notice>
        </div>
      ) : null}
      {isHere ? null : (
        <div className={styles.said}>
          <Notice kind="attention">
            New packs are not signed while the private half is not here. Packs that were signed with it stay
            valid, also when a new key takes its place.
          </Notice>
        </div>
      )}
    </>
  );
}

function whereWords(kept: RecordedKey['kept'], isHere: boolean): string {
  if (!isHere) return kept === 'file' ? 'in a file that somebody keeps, not here' : 'not here any more';
  return kept === 'session' ? 'in memory, until Exhibit ends' : 'in this computer’s store of keys';
}

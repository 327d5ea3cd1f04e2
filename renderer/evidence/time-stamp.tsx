// Having a pack time-stamped by an outside authority: the one thing of a pack that uses the network, when it is asked for.

import { type FormEvent, useState } from 'react';
import { hrefOf, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { Notice } from '../controls/notice.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { useAnswer } from '../engine/engine.ts';
import { startJob } from '../engine/jobs.ts';
import { askAgainAfter } from './additions.tsx';
import type { PackPlace } from './checked.tsx';
import styles from './sign-off.module.css';

export function TimeStampForm({ pack, onDone }: { pack: PackPlace; onDone(): void }) {
  const address = useAddress();
  const isForbidden = useAnswer('connections.list', {}).data?.isForbidden ?? false;
  const last = useAnswer('activity.latest', { action: 'time-stamp', limit: 1 }).data?.[0];
  const [typed, setTyped] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  // The one that was asked last is there again.
  const authority = typed ?? (last?.detail as { authority?: string } | undefined)?.authority ?? '';

  async function stamp(): Promise<void> {
    setMissing(authority.trim() === '');
    if (authority.trim() === '' || isBusy || isForbidden) return;
    setBusy(true);
    setError(null);
    const stamped = () => {
      askAgainAfter(pack);
      onDone();
    };
    const wanted = { ...pack, authority: authority.trim() };
    const failed = await startJob('additions.stamp', wanted, '', stamped, { isQuiet: true });
    if (failed) setError(failed.message);
    setBusy(false);
  }

  return (
    <form
      className={styles.form}
      noValidate
      aria-label="Time stamp"
      onSubmit={(submitted: FormEvent) => {
        submitted.preventDefault();
        void stamp();
      }}
    >
      <TextLine
        label="Address of the time-stamping authority"
        value={authority}
        onChange={(text) => {
          setTyped(text);
          setMissing(false);
        }}
        maxLength={2000}
        hint="As https://…: one that you and whoever reads the pack trust (RFC 3161)."
        error={isMissing ? 'Enter the address of an authority.' : undefined}
      />
      <p className={styles.sent}>
        Sent to it, encrypted, are a hash of this pack and a random number: no name, no file and no event. It
        sees the address of your network and when it was asked.
      </p>
      {isForbidden ? (
        <Notice kind="attention">
          The network is forbidden in this workspace, so nothing can be sent. Allow it under{' '}
          <a href={hrefOf(address, { screen: 'sources' })}>Sources</a>.
        </Notice>
      ) : null}
      {error === null ? null : (
        <Notice kind="failed" live>
          {error}
        </Notice>
      )}
      <div className={styles.ways}>
        <Button type="submit" weight="primary" isDisabled={isBusy || isForbidden}>
          {isBusy ? 'Verifying, then asking…' : 'Send the hash for a time stamp'}
        </Button>
        <Button onPress={onDone} isDisabled={isBusy}>
          Cancel
        </Button>
      </div>
      <p className={field.hint}>
        The pack is verified first. The stamp is added beside its data files, which stay as they are, and
        covers the sign-offs and the signed report that are there.
      </p>
    </form>
  );
}

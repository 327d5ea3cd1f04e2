// Connected sources: syncing them now or while Exhibit is open, connecting, changing and removing them; and the switch that
// forbids the network.

import { useState } from 'react';
import type { Connections as Answer, ConnectionSummary, ConnectionToChange } from '#core/sync-calls.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { PickList } from '../controls/pick-list.tsx';
import screen from '../controls/screen.module.css';
import { ask, askAgain, connection, useAnswer } from '../engine/engine.ts';
import { isJob, startJob, useJobs } from '../engine/jobs.ts';
import { errorOf } from '../words/errors.ts';
import { ChangeForm, ConnectForm } from './connect-form.tsx';
import { ConnectionTable } from './connection-table.tsx';
import styles from './connections.module.css';
import { SyncJob } from './sync-job.tsx';
import { chooseInterval, intervals, useInterval } from './sync-schedule.ts';

type Changing = { of: ConnectionToChange; kept: string | null };

export function Connections() {
  const answer = useAnswer('connections.list', {});
  const [isAdding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Changing | null>(null);
  const [error, setError] = useState<string | null>(null);
  const syncs = useJobs().filter((job) => isJob(job, 'imports.sync'));
  const isBusy = syncs.some((job) => job.state === 'running');
  if (answer.error)
    return <Notice kind="failed">Connected sources are not shown. {errorOf(answer.error).message}</Notice>;
  if (!answer.data) return null;
  const { isForbidden, connections } = answer.data;
  const attempt = async (work: () => Promise<void>) => {
    setError(null);
    await work().catch((thrown) => setError(errorOf(thrown).message));
  };
  const change = (work: () => Promise<Answer>) =>
    attempt(async () => {
      await work();
      await askAgain();
    });
  const open = (name: string) =>
    attempt(async () => {
      const of = await ask('connections.draft', { name });
      const kept = of.secret === null ? null : await window.exhibit.secretState(of.secret);
      setAdding(false);
      setChanging({ of, kept });
    });
  const remove = ({ name, secret }: ConnectionSummary) =>
    change(async () => {
      const left = await (await connection.client()).command('connections.remove', { name });
      if (secret !== null) await window.exhibit.keepSecret(secret, null);
      return left;
    });
  return (
    <section aria-labelledby="connections">
      <div className={`${screen.heading} ${styles.heading}`}>
        <h2 id="connections">Connected sources</h2>
        <span className={styles.actions}>
          {connections.length > 0 ? <Schedule /> : null}
          <Button
            weight="quiet"
            onPress={() =>
              change(async () =>
                (await connection.client()).command('network.forbid', { isForbidden: !isForbidden }),
              )
            }
          >
            {isForbidden ? 'Allow the network' : 'Forbid the network'}
          </Button>
          {connections.length > 1 ? (
            <Button isDisabled={isForbidden || isBusy} onPress={() => sync([], 'all sources')}>
              Sync all
            </Button>
          ) : null}
          <Button
            isDisabled={isAdding}
            onPress={() => {
              setChanging(null);
              setAdding(true);
            }}
          >
            Connect a source…
          </Button>
        </span>
      </div>
      <div className={styles.list}>
        {isForbidden ? (
          <Notice kind="attention">
            The network is forbidden in this workspace: nothing is synced but watched folders, and nothing is
            sent.
          </Notice>
        ) : null}
        {isAdding ? <ConnectForm onDone={() => setAdding(false)} /> : null}
        {changing ? (
          <ChangeForm
            key={changing.of.draft.name}
            of={changing.of}
            kept={changing.kept}
            onDone={() => setChanging(null)}
          />
        ) : null}
        {error === null ? null : (
          <Notice kind="failed" live>
            {error}
          </Notice>
        )}
        {connections.length === 0 && !isAdding ? (
          <p className={screen.muted}>
            None yet. Exhibit can bring new records itself, when you ask for it or while it is open: from an
            API, from a bucket that receives exports, or from a folder.
          </p>
        ) : null}
        {connections.length === 0 ? null : (
          <ConnectionTable
            connections={connections}
            isBusy={isBusy}
            isForbidden={isForbidden}
            onSync={(name) => sync([name], name)}
            onChange={(name) => void open(name)}
            onRemove={(one) => void remove(one)}
          />
        )}
        {syncs
          .slice(-3)
          .toReversed()
          .map((job) => (
            <SyncJob key={job.id} job={job} />
          ))}
      </div>
    </section>
  );
}

const sync = (names: string[], about: string) =>
  void startJob('imports.sync', { names }, about, () => void askAgain());

function Schedule() {
  const hours = useInterval();
  const chosen = intervals.find((one) => one.hours === hours) ?? intervals[0];
  return (
    <PickList
      name={`How often to sync while Exhibit is open: ${chosen?.words}`}
      search="How often"
      choices={intervals.map(({ hours: each, words }) => ({ id: String(each), label: words }))}
      picked={[String(chosen?.hours ?? 0)]}
      several={false}
      onPick={([id]) => chooseInterval(Number(id ?? 0))}
      note="Only while this window is open. On a server, let cron run “exhibit sync”."
      placement="bottom end"
    >
      {chosen?.words}
    </PickList>
  );
}

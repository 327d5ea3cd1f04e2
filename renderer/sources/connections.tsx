// Connected sources: what each brings and until when it is settled; syncing them now or while Exhibit is open; and the
// switch that forbids the network.

import { useState } from 'react';
import type { Connections as Answer, ConnectionSummary } from '#core/sync-calls.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { PickList } from '../controls/pick-list.tsx';
import screen from '../controls/screen.module.css';
import { askAgain, connection, useAnswer } from '../engine/engine.ts';
import { isJob, startJob, useJobs } from '../engine/jobs.ts';
import { errorOf } from '../words/errors.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import { ConnectForm } from './connect-form.tsx';
import styles from './connections.module.css';
import { SyncJob } from './sync-job.tsx';
import { chooseInterval, intervals, useInterval } from './sync-schedule.ts';

export function Connections() {
  const answer = useAnswer('connections.list', {});
  const [isAdding, setAdding] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const syncs = useJobs().filter((job) => isJob(job, 'imports.sync'));
  const isBusy = syncs.some((job) => job.state === 'running');
  if (answer.error) return <Notice kind="failed">{errorOf(answer.error).message}</Notice>;
  if (!answer.data) return null;
  const { isForbidden, connections } = answer.data;
  const change = async (work: () => Promise<Answer>) => {
    setError(null);
    await work().catch((thrown) => setError(errorOf(thrown).message));
    await askAgain();
  };
  return (
    <section aria-labelledby="connections">
      <div className={screen.heading}>
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
          <Button isDisabled={isAdding || isForbidden} onPress={() => setAdding(true)}>
            Connect a source…
          </Button>
        </span>
      </div>
      <div className={styles.list}>
        {isForbidden ? (
          <Notice kind="attention">
            The network is forbidden in this workspace: nothing is synced, and nothing is sent.
          </Notice>
        ) : null}
        {isAdding ? <ConnectForm onDone={() => setAdding(false)} /> : null}
        {error === null ? null : (
          <Notice kind="failed" live>
            {error}
          </Notice>
        )}
        {connections.length === 0 && !isAdding ? (
          <p className={screen.muted}>
            None yet. Exhibit can bring new records from an API itself, when you ask for it. Buckets and
            watched folders are connected on the command line.
          </p>
        ) : null}
        {connections.length === 0 ? null : (
          <ConnectionTable
            connections={connections}
            isDisabled={isForbidden || isBusy}
            onRemove={(name) =>
              change(async () => (await connection.client()).command('connections.remove', { name }))
            }
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

type TableProps = {
  connections: ConnectionSummary[];
  isDisabled: boolean;
  onRemove(name: string): void;
};

function ConnectionTable({ connections, isDisabled, onRemove }: TableProps) {
  const zone = useShownZone();
  const at = (instant: string | null) => (instant === null ? 'not yet' : formatMinute(instant, zone));
  return (
    <table className={screen.table} aria-labelledby="connections">
      <thead>
        <tr>
          <th>Connection</th>
          <th>Goes into</th>
          <th>Last sync</th>
          <th>Settled until</th>
          <th>
            <span className="unseen">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {connections.map((one) => (
          <tr key={one.name}>
            <td>
              <strong>
                <Recorded text={one.name} />
              </strong>
              <div className={styles.address}>
                <Recorded text={one.address} />
              </div>
            </td>
            <td>
              <Recorded text={one.source} />
            </td>
            <td className={screen.nowrap}>{at(one.lastSync)}</td>
            <td className={screen.nowrap}>{one.kind === 'api' ? at(one.settledUntil) : ''}</td>
            <td className={screen.nowrap}>
              <Button
                isDisabled={isDisabled}
                aria-label={`Sync ${one.name}`}
                onPress={() => sync([one.name], one.name)}
              >
                Sync now
              </Button>{' '}
              <Button weight="quiet" aria-label={`Remove ${one.name}`} onPress={() => onRemove(one.name)}>
                Remove
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Schedule() {
  const hours = useInterval();
  const chosen = intervals.find((one) => one.hours === hours) ?? intervals[0];
  return (
    <PickList
      name="How often to sync while Exhibit is open"
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

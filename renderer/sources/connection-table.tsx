// The connections of a workspace: what each brings and until when it is settled; syncing, changing and removing one.

import { useState } from 'react';
import type { ConnectionSummary } from '#core/sync-calls.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import screen from '../controls/screen.module.css';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './connections.module.css';

type Props = {
  connections: ConnectionSummary[];
  isBusy: boolean;
  isForbidden: boolean;
  onSync(name: string): void;
  onChange(name: string): void;
  onRemove(one: ConnectionSummary): void;
};

export function ConnectionTable(props: Props) {
  const { connections, isBusy, isForbidden, onSync, onChange, onRemove } = props;
  const zone = useShownZone();
  const [removing, setRemoving] = useState<string | null>(null);
  const at = (instant: string | null) => (instant === null ? 'not yet' : formatMinute(instant, zone));
  return (
    <table className={`${screen.table} ${styles.connections}`} aria-labelledby="connections">
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
            <td>{at(one.lastSync)}</td>
            <td>{one.kind === 'api' ? at(one.settledUntil) : ''}</td>
            <td>
              {removing === one.name ? (
                <div className={styles.confirm}>
                  <p>Its events stay in the log{one.secret === null ? '' : ', its secret is forgotten'}.</p>
                  <Button
                    autoFocus
                    aria-label={`Really remove ${one.name}`}
                    onPress={() => {
                      setRemoving(null);
                      onRemove(one);
                    }}
                  >
                    Remove
                  </Button>
                  <Button weight="quiet" aria-label={`Keep ${one.name}`} onPress={() => setRemoving(null)}>
                    Keep
                  </Button>
                </div>
              ) : (
                <div className={styles.rowActions}>
                  <Button
                    isDisabled={isBusy || (isForbidden && one.kind !== 'folder')}
                    aria-label={`Sync ${one.name}`}
                    onPress={() => onSync(one.name)}
                  >
                    Sync
                  </Button>
                  <Button
                    weight="quiet"
                    isDisabled={isBusy}
                    aria-label={`Change ${one.name}`}
                    onPress={() => onChange(one.name)}
                  >
                    Change…
                  </Button>
                  <Button
                    weight="quiet"
                    isDisabled={isBusy}
                    aria-label={`Remove ${one.name}`}
                    onPress={() => setRemoving(one.name)}
                  >
                    Remove…
                  </Button>
                </div>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

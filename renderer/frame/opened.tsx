// What is opened with Exhibit from outside, by a second start, "Open with" or a drop on its icon: exports are offered for
// import, a workspace is opened. While work is under way it waits for a word, since opening another would stop that work.

import { useCallback, useEffect, useState } from 'react';
import type { Opened } from '#preload/desktop-api.ts';
import { Button } from '../controls/button.tsx';
import { isRunning } from '../engine/jobs.ts';
import { openGiven } from '../engine/workspace.ts';
import { importGranted } from '../sources/import-files.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './engine-banner.module.css';

export function OpenedFromOutside() {
  const [waiting, setWaiting] = useState<Opened | null>(null);
  const [error, setError] = useState<string | null>(null);

  const show = useCallback((opened: Opened) => {
    setWaiting(null);
    setError(null);
    showOpened(opened).catch((thrown: unknown) => setError(errorOf(thrown).message));
  }, []);
  useEffect(() => {
    const take = async () => {
      const opened = await window.exhibit.takeOpened();
      if (opened.workspace && isRunning()) setWaiting(opened);
      else show(opened);
    };
    void take();
    return window.exhibit.onOpened(() => void take());
  }, [show]);

  if (error !== null)
    return (
      <div role="alert" className={`${styles.banner} ${styles.failed}`}>
        {error}{' '}
        <Button weight="quiet" onPress={() => setError(null)}>
          Close
        </Button>
      </div>
    );
  if (!waiting?.workspace) return null;
  const exports = waiting.grants.length;
  return (
    <div role="alert" className={styles.banner}>
      <strong>
        Exhibit was asked to open the workspace <Recorded text={waiting.workspace.name} />
        {exports > 0 ? ` with ${formatCounted(exports, 'export')}` : ''}.
      </strong>{' '}
      Opening it stops the work that is under way here; what is in the log stays.{' '}
      <Button onPress={() => show(waiting)}>Open it</Button>{' '}
      <Button weight="quiet" onPress={() => setWaiting(null)}>
        Stay here
      </Button>
    </div>
  );
}

async function showOpened({ workspace, grants, lost }: Opened): Promise<void> {
  if (workspace) await openGiven(workspace.id);
  if (grants.length > 0 || lost > 0) await importGranted(grants, lost);
}

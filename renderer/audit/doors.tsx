// Where a pack is chosen: its folder or its ZIP file, and what happens then.

import { useState } from 'react';
import type { Grant } from '#preload/desktop-api.ts';
import { go } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { errorOf } from '../words/errors.ts';
import styles from './audit.module.css';
import { choosePack } from './open-pack.ts';

/** `grant` is the pack that is open already. */
export function Doors({ grant }: { grant: Grant | null }) {
  const [error, setError] = useState<string | null>(null);
  const choose = (kind: Grant['kind']) => {
    setError(null);
    choosePack(kind).catch((thrown) => setError(errorOf(thrown).message));
  };
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        <section aria-labelledby="open-pack" className={styles.doors}>
          <h2 id="open-pack">Open an evidence pack</h2>
          <p>
            A pack that somebody gave you is opened where it lies, and nothing in it is written. Exhibit
            checks that it is as it was made, shows its tables and controls, and keeps what you ask about it
            in one small signed file of your own.
          </p>
          <div className={styles.ways}>
            <Button weight="primary" onPress={() => choose('file')}>
              Choose a ZIP file…
            </Button>
            <Button onPress={() => choose('folder')}>Choose a folder…</Button>
            {grant === null ? null : (
              <Button weight="quiet" onPress={() => go({ by: null })}>
                Back to {grant.name}
              </Button>
            )}
          </div>
          {error === null ? null : (
            <Notice kind="failed" live>
              {error}
            </Notice>
          )}
        </section>
      </div>
    </div>
  );
}

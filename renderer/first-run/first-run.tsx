// What an empty workspace shows: what Exhibit needs, and the doors to get there.

import { useState } from 'react';
import type { Screen } from '../address/address.ts';
import { go, useAddress } from '../address/use-address.ts';
import { showDoors } from '../audit/open-pack.ts';
import { Bar } from '../controls/bar.tsx';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { Notice } from '../controls/notice.tsx';
import { isJob, useJobs } from '../engine/jobs.ts';
import { openSample } from '../engine/workspace.ts';
import { importChosen } from '../sources/import-files.ts';
import { errorOf } from '../words/errors.ts';
import { jobName, progressWords } from '../words/progress.ts';
import styles from './first-run.module.css';

/** What a screen will show once there is a log: nobody has to guess what its name means. */
const promises: Partial<Record<Screen, string>> = {
  events:
    'Every record of your logs will be listed here, to be filtered and followed to the line it came from.',
  changes:
    'Two dates will be compared here: which values are others now, who changed them, and how sure that is.',
  access: 'You will see here who held which right on a day, since when, and who granted it.',
  reviews:
    'Named people will decide here, right by right, who keeps access; later imports show what became of it.',
  sessions:
    'You will see here who was signed in or connected from when until when, and who failed to sign in.',
  about: 'You will look up one person, device or address here, and see all that the logs say of it.',
  evidence: 'Packs of evidence for an auditor will be made here, of the logs that you imported.',
  completeness: 'You will see here, day by day, what your exports cover and where they leave a gap.',
};

export function FirstRun({ imports }: { imports: number }) {
  const [error, setError] = useState<string | null>(null);
  const [opening, setOpening] = useState(false);
  const promise = promises[useAddress().screen];
  const work = useJobs().find((job) => job.name.startsWith('imports.') && job.state === 'running');
  const sample = useJobs().findLast((job) => isJob(job, 'imports.sample'));

  const attempt = (what: () => Promise<void>) => {
    setError(null);
    setOpening(true);
    what()
      .catch((thrown) => setError(errorOf(thrown).message))
      .finally(() => setOpening(false));
  };

  if (work) {
    return (
      <div className={styles.first}>
        <div className={styles.working}>
          <h2>{jobName(work)}</h2>
          <Bar name={jobName(work)} done={work.progress?.done ?? 0} total={work.progress?.total ?? null} />
          <p className={styles.words}>{progressWords(work)}</p>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.first}>
      <div className={styles.text}>
        <h2>{imports === 0 ? 'This workspace holds no log yet' : 'This workspace holds no event yet'}</h2>
        {promise === undefined ? null : <p className={styles.promise}>{promise}</p>}
        <p>
          Exhibit reads audit-log exports into a log of its own on this computer, where nothing is changed or
          deleted afterwards. Nothing is sent anywhere.
        </p>
      </div>
      {(error ?? sample?.error?.message) ? (
        <Notice kind="failed" live>
          {error ?? sample?.error?.message}
        </Notice>
      ) : null}
      <div className={styles.doors}>
        <section className={styles.door}>
          <Icon name="sources" size={20} />
          <h3>Your own exports</h3>
          <p>
            CSV, JSON or NDJSON files as the vendor gave them. Choose them, or drop them anywhere in this
            window.
          </p>
          <Button weight="primary" onPress={() => attempt(importChosen)} isDisabled={opening}>
            Import exports…
          </Button>
        </section>
        <section className={styles.door}>
          <Icon name="events" size={20} />
          <h3>A sample to look at</h3>
          <p>A workspace of its own with made-up IronFlock and Flowtriq exports. Yours stays as it is.</p>
          <Button onPress={() => attempt(openSample)} isDisabled={opening}>
            Open the sample workspace
          </Button>
        </section>
        <section className={styles.door}>
          <Icon name="repeat" size={20} />
          <h3>A source to read again and again</h3>
          <p>
            An API, a bucket or a folder. Exhibit reads what is new when you ask for it, or as often as you
            set while it is open.
          </p>
          <Button onPress={() => go({ screen: 'sources' })}>Connect in Sources</Button>
        </section>
      </div>
      <p className={styles.aside}>
        Somebody gave you an evidence pack to look through? It needs no workspace:{' '}
        <Button weight="quiet" onPress={showDoors}>
          Open an evidence pack…
        </Button>
      </p>
    </div>
  );
}

// Sources: how exports come in, what of each came in, and what the log holds of each source.

import { useState } from 'react';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { forgetJobs, type Job, useJobs } from '../engine/jobs.ts';
import { MappingScreen } from '../mapping/mapping-screen.tsx';
import { errorOf } from '../words/errors.ts';
import { Connections } from './connections.tsx';
import { importChosen, importFolder, useLeftOut } from './import-files.ts';
import { ImportHistory } from './import-history.tsx';
import { ImportJob } from './import-job.tsx';
import { useIntake } from './intake.ts';
import { IntakeList } from './intake-list.tsx';
import { Limits, SourceList } from './source-list.tsx';
import styles from './sources-screen.module.css';

export function SourcesScreen() {
  const { map } = useAddress();
  return map === null ? <Overview /> : <MappingScreen id={map} />;
}

function Overview() {
  const { import: opened } = useAddress();
  const waits = useIntake().length > 0;
  const sources = useAnswer('sources.list', {});
  const imports = useAnswer('imports.list', {});
  const jobs = useJobs().filter(isImport);
  const failed = sources.error ?? imports.error;
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        <DropZone isFirst={imports.data?.length === 0 && !waits} isMain={!waits} />
        <IntakeList />
        {jobs.length > 0 ? (
          <section aria-labelledby="now-importing">
            <div className={screen.heading}>
              <h2 id="now-importing">Imports of this session</h2>
              {jobs.some((job) => job.state !== 'running') ? (
                <Button weight="quiet" onPress={() => forgetJobs(isImport)}>
                  Clear this list
                </Button>
              ) : null}
            </div>
            <div className={styles.jobs}>
              {jobs.toReversed().map((job) => (
                <ImportJob key={job.id} job={job} isLatest={job === jobs.at(-1)} />
              ))}
            </div>
          </section>
        ) : null}
        <Connections />
        {failed ? (
          <Notice kind="failed" live>
            Sources and imports are not shown; nothing was changed. {errorOf(failed).message}
          </Notice>
        ) : null}
        {sources.data && sources.data.length > 0 ? (
          <SourceList sources={sources.data} imports={imports.data ?? []} />
        ) : null}
        {imports.data && imports.data.length > 0 ? (
          <ImportHistory
            imports={imports.data}
            opened={opened}
            onOpen={(id) => go({ import: id === opened ? null : id })}
          />
        ) : null}
        {sources.data ? <Limits sources={sources.data} /> : null}
      </div>
    </div>
  );
}

/** Syncs are told with the connections they are of. */
const isImport = (job: Job): boolean => job.name.startsWith('imports.') && job.name !== 'imports.sync';

/** `isMain`: nothing waits to be imported, so that choosing files is what the screen is for. */
function DropZone({ isFirst, isMain }: { isFirst: boolean; isMain: boolean }) {
  const [error, setError] = useState<string | null>(null);
  const leftOut = useLeftOut();
  const attempt = (way: () => Promise<void>) => {
    setError(null);
    way().catch((thrown) => setError(errorOf(thrown).message));
  };
  return (
    <section aria-label="Import" className={styles.import}>
      <div className={styles.zone} data-first={isFirst}>
        <span className={styles.sign}>
          <Icon name="sources" size={20} />
        </span>
        <div className={styles.words}>
          <h2>Drop exports here, or anywhere in this window</h2>
          <p>
            CSV, JSON or NDJSON, as the vendor gave them, also as .gz, .zip or a whole folder. A file that was
            imported before adds nothing twice.
          </p>
        </div>
        <Button weight={isMain ? 'primary' : 'plain'} onPress={() => attempt(importChosen)}>
          Choose files…
        </Button>
        <Button onPress={() => attempt(importFolder)}>Choose a folder…</Button>
      </div>
      {leftOut === '' ? null : (
        <Notice kind="attention" live>
          {leftOut}
        </Notice>
      )}
      {error === null ? null : (
        <Notice kind="failed" live>
          {error}
        </Notice>
      )}
    </section>
  );
}

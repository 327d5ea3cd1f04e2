// Evidence: says what the pack is about, makes it, and shows where it is.

import { useState } from 'react';
import { useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import screen from '../controls/screen.module.css';
import { isJob, startJob, useJobs } from '../engine/jobs.ts';
import { frameworkNames } from '../words/frameworks.ts';
import { formatPeriod } from '../words/period.ts';
import { type Draft, problemsOf, useDraft } from './draft.ts';
import styles from './evidence-screen.module.css';
import { PackForm } from './pack-form.tsx';
import { PackJob } from './pack-job.tsx';
import { Scope } from './scope.tsx';

export function EvidenceScreen() {
  const { from, to, zone, filter } = useAddress();
  const draft = useDraft();
  const [attempted, setAttempted] = useState(false);
  const packs = useJobs().filter((job) => isJob(job, 'pack.create'));
  const problems = problemsOf(draft, from, to);
  const isReady = Object.keys(problems).length === 0;

  function create(): void {
    setAttempted(true);
    if (!isReady || from === null || to === null || draft.into === null) return;
    setAttempted(false);
    const about = `${frameworkNames[draft.framework].name}, ${formatPeriod({ from, to }, zone)}`;
    void startJob('pack.create', inputOf(draft, draft.into.id, { from, to, zone, filter }), about);
  }

  return (
    <div className={screen.scroll}>
      <div className={`${screen.column} ${styles.sides}`}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(submitted) => {
            submitted.preventDefault();
            create();
          }}
        >
          <PackForm draft={draft} problems={attempted ? problems : {}} />
          <div className={styles.go}>
            <Button type="submit" weight="primary">
              Create evidence pack
            </Button>
            {attempted && !isReady ? (
              <p role="alert" className={styles.missing}>
                {Object.values(problems)[0]}
              </p>
            ) : null}
          </div>
        </form>
        <div className={styles.beside}>
          <Scope filter={draft.filtered ? filter : ''} />
          {packs.length > 0 ? (
            <section aria-labelledby="packs">
              <div className={screen.heading}>
                <h2 id="packs">Packs of this session</h2>
              </div>
              <div className={styles.packs}>
                {packs.toReversed().map((job) => (
                  <PackJob key={job.id} job={job} />
                ))}
              </div>
            </section>
          ) : null}
        </div>
      </div>
    </div>
  );
}

type Chosen = { from: string; to: string; zone: string; filter: string };

function inputOf(draft: Draft, into: string, { from, to, zone, filter }: Chosen) {
  const sample = draft.sample.trim();
  return {
    framework: draft.framework,
    from,
    to,
    zone,
    filter: draft.filtered ? filter : '',
    organisation: draft.organisation.trim(),
    preparedBy: draft.preparedBy.trim(),
    sampling:
      sample === ''
        ? null
        : {
            method: 'stratified' as const,
            seed: draft.seed.trim(),
            size: Number(sample),
            basis: { kind: 'given' as const, words: '' },
            strata: 'category' as const,
            allocation: 'fixed' as const,
            categories: [],
            chosen: [],
            replacements: [],
            attributes: [],
          },
    controls: [],
    conclusions: [],
    redaction: null,
    redactionKey: null,
    leavers: null,
    slaDays: null,
    into,
  };
}

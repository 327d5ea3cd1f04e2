// A pack in steps, with the outline of what it will be beside them.

import { useEffect, useRef, useState } from 'react';
import { useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import screen from '../controls/screen.module.css';
import { queries } from '../engine/engine.ts';
import { isJob, startJob, useJobs } from '../engine/jobs.ts';
import { useFile } from '../review/chosen-file.ts';
import { frameworkNames } from '../words/frameworks.ts';
import { formatPeriod } from '../words/period.ts';
import {
  type Field,
  type Problems,
  problemsOf,
  requestOf,
  type Step,
  stepOf,
  steps,
  useDraft,
} from './draft.ts';
import styles from './evidence-screen.module.css';
import { Outline } from './outline.tsx';
import { PackJob } from './pack-job.tsx';
import { SamplingStep } from './sampling-step.tsx';
import { ControlsStep, PopulationsStep } from './scope-steps.tsx';
import { CreateStep, PeopleStep, ScopeStep } from './steps.tsx';

const words: Record<Step, string> = {
  scope: 'Period and scope',
  controls: 'Controls',
  populations: 'Populations',
  sampling: 'Sampling',
  people: 'People',
  create: 'Create',
};

const bodies: Record<Step, (props: { problems: Problems }) => React.ReactNode> = {
  scope: ScopeStep,
  controls: ControlsStep,
  populations: PopulationsStep,
  sampling: SamplingStep,
  people: PeopleStep,
  create: CreateStep,
};

export function BuildPack() {
  const { from, to, zone, filter } = useAddress();
  const draft = useDraft();
  const leavers = useFile('leavers');
  const [step, setStep] = useState<Step>('scope');
  const [turned, setTurned] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  const [attempted, setAttempted] = useState(false);
  const packs = useJobs().filter((job) => isJob(job, 'pack.create'));
  const problems = problemsOf(draft, from, to);
  const missing = Object.keys(problems) as Field[];
  const at = steps.indexOf(step);
  const Body = bodies[step];

  // Who goes on is in the next step, not behind it.
  useEffect(() => {
    if (turned > 0) body.current?.focus();
  }, [turned]);
  function turnTo(next: Step): void {
    setStep(next);
    setTurned((times) => times + 1);
  }

  function create(): void {
    setAttempted(true);
    const [first] = missing;
    if (first !== undefined) {
      turnTo(stepOf(first));
      return;
    }
    if (from === null || to === null || draft.into === null) return;
    setAttempted(false);
    const about = `${frameworkNames[draft.framework].name}, ${formatPeriod({ from, to }, zone)}`;
    const input = {
      ...requestOf(draft, { from, to, zone, filter }),
      controls: draft.controls,
      leavers: leavers?.id ?? null,
      slaDays: draft.slaDays.trim() === '' ? null : Number(draft.slaDays),
      redactionKey: null,
      into: draft.into.id,
    } as Parameters<typeof startJob<'pack.create'>>[1];
    void startJob('pack.create', input, about, () => {
      void queries.invalidateQueries({ queryKey: ['packs.list'] });
    });
  }

  return (
    <div className={styles.sides}>
      <div>
        <form
          className={styles.form}
          noValidate
          onSubmit={(submitted) => {
            submitted.preventDefault();
            // Enter in a field of an earlier step goes on to the next one.
            const next = steps[at + 1];
            if (next === undefined) create();
            else turnTo(next);
          }}
        >
          <ol className={styles.steps} aria-label="Steps">
            {steps.map((one, index) => (
              <li key={one}>
                <button
                  type="button"
                  className={styles.step}
                  aria-current={one === step ? 'step' : undefined}
                  data-missing={(attempted && missing.some((field) => stepOf(field) === one)) || undefined}
                  onClick={() => setStep(one)}
                >
                  {index + 1} {words[one]}
                </button>
              </li>
            ))}
          </ol>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would stand above it a second time */}
          <div
            role="group"
            aria-label={`Step ${at + 1}, ${words[step]}`}
            ref={body}
            tabIndex={-1}
            className={styles.body}
          >
            <Body problems={attempted ? problems : {}} />
          </div>
          <div className={styles.go}>
            <Button isDisabled={at === 0} onPress={() => turnTo(steps[at - 1] as Step)}>
              Back
            </Button>
            {at < steps.length - 1 ? (
              <Button type="submit">Next: {words[steps[at + 1] as Step]}</Button>
            ) : null}
            <Button weight="primary" onPress={create}>
              Create evidence pack
            </Button>
            {attempted && missing.length > 0 ? (
              <p role="alert" className={styles.missing}>
                {Object.values(problems)[0]}
              </p>
            ) : null}
          </div>
        </form>
        {packs.length > 0 ? (
          <section aria-labelledby="packs" className={styles.made}>
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
      <Outline />
    </div>
  );
}

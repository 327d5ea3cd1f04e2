// The guide of the sample workspace: what to look at, step by step, beside the screens themselves. It can be left at any
// moment and stays closed then; nothing waits for it.

import { sampleFiles } from '#core/sample.ts';
import { go } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { useAnswer } from '../engine/engine.ts';
import styles from './guide.module.css';
import { closeGuide, goToStep, useStep } from './progress.ts';
import { steps } from './steps.ts';

/** Whether this workspace holds the sample and nothing else. */
export function useIsSample(): boolean {
  const { data } = useAnswer('imports.list', {});
  const files = new Set(data?.map(({ file }) => file));
  return (
    data !== undefined &&
    files.size === sampleFiles.length &&
    sampleFiles.every((name) => [...files].some((file) => file.endsWith(name)))
  );
}

export function Guide() {
  const at = useStep();
  const isSample = useIsSample();
  const step = at === null ? undefined : steps[at];
  if (!isSample || at === null || step === undefined) return null;
  return (
    <aside className={styles.guide} aria-labelledby="guide">
      <div className={styles.words}>
        <h2 id="guide">
          <span className={styles.place}>
            What to look at, {at + 1} of {steps.length}
          </span>{' '}
          {step.title}
        </h2>
        <p aria-live="polite">{step.text}</p>
      </div>
      <div className={styles.ways}>
        <Button weight="primary" onPress={() => go(step.to)}>
          {step.way}
        </Button>
        <Button isDisabled={at === 0} onPress={() => goToStep(at - 1)}>
          Back
        </Button>
        {at + 1 < steps.length ? (
          <Button
            onPress={() => {
              goToStep(at + 1);
              go((steps[at + 1] as (typeof steps)[number]).to);
            }}
          >
            Next
          </Button>
        ) : null}
        <Button weight="quiet" onPress={closeGuide} aria-label="Close the guide">
          <Icon name="close" size={14} />
        </Button>
      </div>
    </aside>
  );
}

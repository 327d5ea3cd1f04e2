// What is about to be imported: each file with what it was found to be, and its settings. Closed where nothing has to
// be decided; what has to be stands open.

import { go } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { formatCounted } from '../words/numbers.ts';
import { type Intake, importTaken, leaveOut, useIntake } from './intake.ts';
import { IntakeCard } from './intake-card.tsx';
import styles from './intake-list.module.css';
import { obstacle } from './settings.ts';

export function IntakeList() {
  const taken = useIntake();
  const sources = useAnswer('sources.list', {}).data ?? [];
  if (taken.length === 0) return null;
  const ready = taken.filter((one) => obstacle(one, sources) === null);
  const looking = taken.some(({ probe, error }) => probe === null && error === null);
  return (
    <section aria-labelledby="to-import" className={styles.list}>
      <div className={screen.heading}>
        <h2 id="to-import">To import</h2>
      </div>
      {taken.map((one) => (
        <IntakeCard
          key={one.grant.id}
          intake={one}
          sources={sources}
          problem={obstacle(one, sources)}
          onMap={() => go({ map: one.grant.id })}
        />
      ))}
      <div className={styles.actions}>
        <Button
          weight="primary"
          isDisabled={ready.length === 0 || looking}
          onPress={() => importTaken(ready)}
        >
          {importWords(ready, taken)}
        </Button>
        <Button onPress={() => leaveOut(taken.map(({ grant }) => grant.id))}>Leave all out</Button>
        <span className={styles.note}>
          {ready.length === 0 && !looking
            ? 'None of these can be imported yet: answer what is asked of each, or leave it out.'
            : 'Nothing is stored before you import, and nothing is changed afterwards.'}
        </span>
      </div>
    </section>
  );
}

const exportsIn = (intakes: readonly Intake[]): number =>
  intakes.reduce((sum, { probe }) => sum + (probe?.found ?? 1), 0);

/** `Import 2 files`, `Import 2 of 3 files`. */
function importWords(ready: readonly Intake[], all: readonly Intake[]): string {
  if (ready.length === 0 || ready.length === all.length)
    return `Import ${formatCounted(exportsIn(all), 'file')}`;
  return `Import ${exportsIn(ready)} of ${formatCounted(exportsIn(all), 'file')}`;
}

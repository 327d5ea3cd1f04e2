// What an event is about, as people call it.

import type { TargetName } from '#core/review-model.ts';
import { Recorded } from '../words/recorded.tsx';
import type { ListColumn } from './long-list.tsx';
import styles from './target-name.module.css';

type Props = { target: TargetName; quiet?: boolean };

/** Type and name. `quiet` where the row above names the same. */
export function TargetWords({ target, quiet = false }: Props) {
  const { targetType, targetId, targetName } = target;
  const name = targetName ?? targetId;
  return (
    <span className={quiet ? styles.quiet : styles.target}>
      {targetType === null ? null : <span className={styles.type}>{targetType} </span>}
      {name === null ? <span className={styles.type}>no name</span> : <Recorded text={name} />}
    </span>
  );
}

/** What else tells a target apart: its id beside a name, and its source. */
export function TargetAside({ target }: { target: TargetName }) {
  const { source, targetId, targetName } = target;
  return (
    <span className={styles.aside}>
      {targetName !== null && targetId !== null ? (
        <>
          <Recorded text={targetId} /> ·{' '}
        </>
      ) : null}
      <Recorded text={source} />
    </span>
  );
}

/** A text that is the same for the same target. */
export const targetKey = ({ source, targetType, targetId, targetName }: TargetName): string =>
  JSON.stringify([source, targetType, targetId ?? targetName]);

/** The column of a list that says what its rows are about; what the row above names too is not repeated. */
export const targetColumn = <Row extends TargetName>(widths: ListColumn<Row>['widths']): ListColumn<Row> => ({
  id: 'target',
  name: 'Target',
  widths,
  cell: (row, previous) => (
    <>
      <div>
        <TargetWords target={row} quiet={previous !== undefined && targetKey(previous) === targetKey(row)} />
      </div>
      <div>
        <TargetAside target={row} />
      </div>
    </>
  ),
});

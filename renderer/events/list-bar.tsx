// The line above the list: how many events there are, what is selected of them, and how the list is shown.

import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { formatCounted } from '../words/numbers.ts';
import { ColumnChoice } from './column-choice.tsx';
import { ExportMenu } from './export-menu.tsx';
import { GoTo } from './go-to.tsx';
import styles from './list-bar.module.css';
import type { Question } from './question.ts';
import { countSelected, type Selection } from './selection.ts';
import { Views } from './views.tsx';

type Props = {
  question: Question;
  /** What to say of the number of events. */
  total: string;
  rows: number | null;
  selection: Selection;
  zone: string;
  /** What became of the last copying. */
  copied: string;
  onCopy(): void;
  onClear(): void;
  onGoTo(row: number): void;
  onExportFailed(thrown: unknown): void;
};

export function ListBar(props: Props) {
  const { question, total, rows, selection, zone, copied, onCopy, onClear, onGoTo, onExportFailed } = props;
  const selected = countSelected(selection);
  return (
    <div className={styles.bar}>
      <output className={styles.total} aria-live="polite" aria-busy={rows === null && total !== ''}>
        {total}
      </output>
      <DatesMean />
      <div className={styles.selected}>
        {selected === 0 ? null : (
          <>
            <span>{formatCounted(selected, 'row')} selected</span>
            <Button weight="quiet" onPress={onCopy}>
              Copy
            </Button>
            <Button weight="quiet" onPress={onClear}>
              Clear selection
            </Button>
          </>
        )}
        <span role="status" className={styles.copied}>
          {copied}
        </span>
      </div>
      <div className={styles.ways}>
        <Views />
        <GoTo question={question} rows={rows} zone={zone} onGoTo={onGoTo} />
        <ColumnChoice />
        <ExportMenu question={question} isDisabled={!rows} onFailed={onExportFailed} />
      </div>
    </div>
  );
}

/** Beside times in one zone, dates that are meant in another say so. */
function DatesMean() {
  const { zone, shown } = useAddress();
  if (shown === null) return null;
  return (
    <span className={styles.dates}>
      Dates are days in {zone}.
      <Button weight="quiet" onPress={() => go({ zone: shown })}>{`Mean days in ${shown}`}</Button>
    </span>
  );
}

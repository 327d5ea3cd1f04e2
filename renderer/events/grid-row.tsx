// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be scrolled by index or hold the focus for its cells
// One row of the grid. Rows are drawn many times a second while somebody scrolls, so one whose content stays is left
// as it is.

import { type MouseEvent, memo } from 'react';
import type { EventRow } from '#core/model.ts';
import type { Column } from './columns.tsx';
import styles from './event-grid.module.css';
import { NoteSign } from './note-sign.tsx';

export const cellId = (index: number, column: number): string => `event-${index}-${column}`;

type RowProps = {
  index: number;
  /** px within the rows. */
  top: number;
  event: EventRow | undefined;
  columns: readonly Column[];
  zone: string;
  /** The column of the active cell; null in every other row. */
  activeColumn: number | null;
  isSelected: boolean;
  /** Its detail is open. */
  isOpened: boolean;
  onPress(index: number, column: number, event: MouseEvent): void;
};

export const GridRow = memo(
  function GridRow(props: RowProps) {
    const { index, top, event, columns, zone, activeColumn, isSelected, isOpened, onPress } = props;
    return (
      <div
        role="row"
        tabIndex={-1}
        aria-rowindex={index + 2}
        aria-selected={isSelected || isOpened}
        aria-current={isOpened ? 'true' : undefined}
        className={`${styles.row} ${activeColumn === null ? '' : styles.active}`}
        style={{ top }}
      >
        {columns.map((column, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all its cells
          <div
            key={column.id}
            role="gridcell"
            tabIndex={-1}
            id={activeColumn === at ? cellId(index, at) : undefined}
            aria-colindex={at + 1}
            className={`${styles.cell} ${activeColumn === at ? styles.active_cell : ''}`}
            // The grid keeps the focus, and no text is selected along the way.
            onMouseDown={(pressed) => pressed.preventDefault()}
            onClick={(pressed) => onPress(index, at, pressed)}
          >
            {event ? (
              <>
                {at === 0 ? <NoteSign uid={event.uid} /> : null}
                {column.cell(event, zone)}
              </>
            ) : (
              <span className={styles.skeleton} data-width={(at * 7) % 5} />
            )}
          </div>
        ))}
      </div>
    );
  },
  // `onPress` closes over nothing that is not read when it is called.
  (a, b) =>
    a.index === b.index &&
    a.top === b.top &&
    a.event === b.event &&
    a.columns === b.columns &&
    a.zone === b.zone &&
    a.activeColumn === b.activeColumn &&
    a.isSelected === b.isSelected &&
    a.isOpened === b.isOpened,
);

// Which columns the list shows, in which order and how wide: everything that the mouse can do to the header, by
// buttons.

import { Checkbox } from 'react-aria-components/Checkbox';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { Button } from '../controls/button.tsx';
import { Icon, type IconName } from '../controls/icon.tsx';
import overlay from '../controls/overlay.module.css';
import styles from './column-choice.module.css';
import { type Layout, moveColumn, resizeColumn, setShown, usualLayout } from './column-layout.ts';
import { type Column, columnOf, columns } from './columns.tsx';
import { setLayout, useLayout } from './use-layout.ts';

const step = 32; // px

export function ColumnChoice() {
  const layout = useLayout();
  const shown = layout.flatMap(({ id }) => columnOf(id) ?? []);
  const hidden = columns.filter((column) => !shown.includes(column));
  return (
    <DialogTrigger>
      <Button weight="quiet">Columns</Button>
      <Popover className={overlay.popover} placement="bottom end" offset={4}>
        <Dialog aria-label="Columns" className={overlay.dialog}>
          <ul className={styles.list}>
            {[...shown, ...hidden].map((column) => (
              <ColumnLine key={column.id} column={column} layout={layout} />
            ))}
          </ul>
          <div className={styles.foot}>
            <Button weight="quiet" onPress={() => setLayout(usualLayout(columns))}>
              Show the usual columns
            </Button>
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function ColumnLine({ column, layout }: { column: Column; layout: Layout }) {
  const at = layout.findIndex(({ id }) => id === column.id);
  const isShown = at !== -1;
  const width = layout[at]?.width ?? column.least;
  return (
    <li className={styles.line}>
      <Checkbox
        className={styles.check as string}
        isSelected={isShown}
        isDisabled={isShown && layout.length === 1}
        onChange={(shown) => setLayout(setShown(layout, column.id, shown))}
      >
        <span className={styles.box}>{isShown ? <Icon name="check" size={12} /> : null}</span>
        {column.name}
      </Checkbox>
      {isShown ? (
        <span className={styles.moves}>
          <Move
            name={`Move ${column.name} to the left`}
            icon="up"
            isDisabled={at === 0}
            onPress={() => setLayout(moveColumn(layout, column.id, at - 1))}
          />
          <Move
            name={`Move ${column.name} to the right`}
            icon="down"
            isDisabled={at === layout.length - 1}
            onPress={() => setLayout(moveColumn(layout, column.id, at + 1))}
          />
          <Move
            name={`Make ${column.name} narrower`}
            icon="dash"
            onPress={() => setLayout(resizeColumn(layout, column.id, width - step))}
          />
          <Move
            name={`Make ${column.name} wider`}
            icon="plus"
            onPress={() => setLayout(resizeColumn(layout, column.id, width + step))}
          />
        </span>
      ) : null}
    </li>
  );
}

type MoveProps = { name: string; icon: IconName; isDisabled?: boolean; onPress(): void };

function Move({ name, icon, isDisabled = false, onPress }: MoveProps) {
  return (
    <Button weight="quiet" aria-label={name} isDisabled={isDisabled} onPress={onPress}>
      <Icon name={icon} size={12} />
    </Button>
  );
}

// Access as a table of people and targets: what its letters mean, the grid, and the rights behind a cell.

import { useRef, useState } from 'react';
import { filterOf } from '../address/filter-of.ts';
import { go, hrefOf, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { SidePane } from '../controls/side-pane.tsx';
import { useEscape } from '../events/use-escape.ts';
import { SaveTable } from '../review/save-table.tsx';
import { TargetAside, TargetWords } from '../review/target-name.tsx';
import { Waiting } from '../review/waiting.tsx';
import { clearFilter } from '../undo/undo.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDate } from '../words/time.ts';
import pane from './access-pane.module.css';
import { type AskedAccess, dateOf } from './asked.ts';
import { Find } from './find.tsx';
import styles from './matrix.module.css';
import { MatrixGrid, type OpenCell } from './matrix-grid.tsx';
import { useMatrix } from './use-matrix.ts';

const nowhere = { firstRow: 0, lastRow: 0, firstColumn: 0, lastColumn: 0 };

export function Matrix({ asked }: { asked: AskedAccess }) {
  const address = useAddress();
  const { scope, zone, filter, privileged } = asked;
  const { whole, error, isStopped, askAgain } = useMatrix(asked, nowhere);
  const frame = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<(OpenCell & { how: 'click' | 'key'; of: string }) | null>(null);
  // Another date or filter is another matrix.
  const of = JSON.stringify([asked.scope, asked.filter, asked.zone]);
  const cell = opened?.of === of ? opened : null;
  const close = () => {
    setOpened(null);
    frame.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  };
  useEscape(cell !== null, close);
  return (
    <div className={styles.sides}>
      <div ref={frame} className={styles.main}>
        <div className={styles.above}>
          <Find />
          {error !== null ? (
            <Notice kind="failed" live>
              Access is not shown; nothing was changed. {errorOf(error).message}{' '}
              {errorOf(error).code === 'usage' ? (
                <Button weight="quiet" onPress={clearFilter}>
                  Clear filter
                </Button>
              ) : (
                <Button weight="quiet" onPress={askAgain}>
                  Ask again
                </Button>
              )}
            </Notice>
          ) : whole === undefined ? (
            <Waiting isStopped={isStopped} onCancel={() => go({ by: null })} onAsk={askAgain}>
              Following every right through the log…
            </Waiting>
          ) : (
            <div className={styles.summary}>
              <h2>
                {whole.people === 0
                  ? `At the end of ${formatDate(dateOf(address), address.zone)}, the imported logs show no right that is held.`
                  : `At the end of ${formatDate(dateOf(address), address.zone)}: ${formatCounted(whole.people, 'person', 'people')}, ${formatCounted(whole.targets, 'target')}, and ${formatCounted(whole.cells, 'pair')} of them with a right, as far as the imported logs show.`}
              </h2>
              {whole.people === 0 && address.filter !== '' ? (
                <Button onPress={clearFilter}>Clear filter</Button>
              ) : (
                <div className={styles.line}>
                  <p className={styles.legend}>
                    {whole.rights.map(({ code, right, isPrivileged }) => (
                      <span key={right}>
                        <b className={isPrivileged ? styles.privileged : undefined}>{code}</b>{' '}
                        <Recorded text={right} />
                      </span>
                    ))}
                    <span>
                      a figure: so many rights · <b className={styles.privileged}>underlined</b>: privileged
                    </span>
                  </p>
                  {whole.people === 0 ? null : (
                    <div className={styles.ways}>
                      <SaveTable call="access.saveMatrix" asked={{ scope, zone, filter, privileged }} />
                    </div>
                  )}
                </div>
              )}
            </div>
          )}
        </div>
        {whole !== undefined && whole.people > 0 && error === null ? (
          <MatrixGrid
            key={of}
            asked={asked}
            whole={whole}
            opened={cell}
            onOpen={(one, how) => setOpened({ ...one, how, of })}
          />
        ) : null}
      </div>
      {cell === null ? null : (
        <SidePane
          key={`${cell.row} ${cell.column}`}
          name="Rights of one person on one target"
          takesFocus={cell.how === 'key'}
          onClose={close}
        >
          <p className={pane.who}>
            <Recorded text={cell.person} />
          </p>
          <p className={pane.what}>
            on <TargetWords target={cell.target} /> <TargetAside target={cell.target} />
          </p>
          <section className={pane.part}>
            {cell.rights.length === 0 ? (
              <p className={screen.muted}>The imported logs show no right.</p>
            ) : (
              <ul>
                {cell.rights.map((right) => (
                  <li key={right}>
                    <strong>
                      <Recorded text={right} />
                    </strong>
                  </li>
                ))}
              </ul>
            )}
            {cell.rights.length === 0 ? null : (
              <p>
                <a href={hrefOf(address, { by: null, filter: filterOfCell(cell), row: null })}>
                  Since when and from whom: show them in the list
                </a>
              </p>
            )}
          </section>
        </SidePane>
      )}
    </div>
  );
}

const filterOfCell = ({ person, target }: OpenCell): string =>
  filterOf([
    ['subject', person],
    ['source', target.source],
    ['type', target.targetType],
    ['target', target.targetId ?? target.targetName],
  ]);

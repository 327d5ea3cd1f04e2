// One row of a pack's table, with every cell as it stands in the file; of the sample, what was tested.

import { letterOf, type PackTable } from '#core/audit-model.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { SidePane } from '../controls/side-pane.tsx';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { toAsk } from './asking.ts';
import styles from './audit.module.css';
import type { ViewProps } from './audit-screen.tsx';
import { columnWords } from './column-words.ts';
import { TickForm } from './tick-form.tsx';

type Props = Pick<ViewProps, 'grant'> & {
  table: PackTable;
  index: number;
  takesFocus: boolean;
  onClose(): void;
};

export function RowPane({ grant, table, index, ...pane }: Props) {
  const address = useAddress();
  const answer = useAnswer('audit.row', { pack: grant.id, file: table.file, index });
  const { columns = [], cells = [] } = answer.data ?? {};
  const uid = cells[columns.indexOf('uid')] || null;
  return (
    <SidePane name={`Row ${formatCount(index + 1)} of ${table.title}`} {...pane}>
      {answer.error ? (
        <Notice kind="failed">
          <Recorded text={errorOf(answer.error).message} />
        </Notice>
      ) : null}
      <p>
        <a href={hrefOf(address, toAsk({ file: table.file, row: uid ?? String(index + 1) }))}>
          Ask about this row
        </a>
      </p>
      {table.sample && uid !== null ? (
        <TickForm
          key={uid}
          grant={grant}
          sample={table.sample.id}
          row={uid}
          attributes={table.sample.attributes.map((heading) => ({ letter: letterOf(heading), heading }))}
        />
      ) : null}
      {answer.data === undefined && !answer.error ? <p className={screen.muted}>Reading the row…</p> : null}
      <dl className={styles.cells}>
        {columns.map((column, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns of one fixed file, never reordered
          <div key={at}>
            <dt>
              <Recorded text={columnWords(column)} />
              {columnWords(column) === column ? null : <code title="Its name in the file">{column}</code>}
            </dt>
            <dd>
              {(cells[at] ?? '') === '' ? (
                <span className={screen.muted}>empty</span>
              ) : (
                <Recorded text={cells[at] ?? ''} keep={'\n'} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </SidePane>
  );
}

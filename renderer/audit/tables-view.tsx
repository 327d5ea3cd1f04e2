// The tables of an opened pack, and the rows of one: only those in sight are read from the pack.

import { type PackRows, type PackTable, type TableGroup, tableGroups, tableName } from '#core/audit-model.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import type { ListColumn } from '../review/long-list.tsx';
import { ReviewRows } from '../review/review-rows.tsx';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './audit.module.css';
import type { ViewProps } from './audit-screen.tsx';
import { columnWords } from './column-words.ts';
import { RowPane } from './row-pane.tsx';

const groupNames: Record<TableGroup, string> = {
  populations: 'Populations',
  sample: 'Sample',
  answers: 'Answers',
  sources: 'Where the events come from',
  activity: 'Activity',
};

export function TablesView({ grant, pack }: ViewProps) {
  const { only } = useAddress();
  const table = pack.tables.find(({ id }) => id === only);
  if (table) return <Rows key={table.file} grant={grant} table={table} />;
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        {tableGroups.map((group) => (
          <Group key={group} group={group} tables={pack.tables.filter((one) => one.group === group)} />
        ))}
      </div>
    </div>
  );
}

function Group({ group, tables }: { group: TableGroup; tables: readonly PackTable[] }) {
  const address = useAddress();
  if (tables.length === 0) return null;
  return (
    <section aria-labelledby={`tables-${group}`} className={styles.block}>
      <h3 id={`tables-${group}`}>{groupNames[group]}</h3>
      <table className={`${screen.table} ${styles.tables}`} aria-labelledby={`tables-${group}`}>
        <thead>
          <tr>
            <th>Table</th>
            <th>What its rows are</th>
            <th className={screen.number}>Rows</th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ id, title, about, rows }) => (
            <tr key={id}>
              <td>
                <a href={hrefOf(address, { only: id })}>
                  <Recorded text={tableName({ id, title })} />
                </a>
              </td>
              <td>
                <Recorded text={about} />
              </td>
              <td className={screen.number}>{rows === null ? 'not listed' : formatCount(rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const pageSize = 100;

type RowsProps = Pick<ViewProps, 'grant'> & { table: PackTable };
type Row = PackRows['rows'][number];

function Rows({ grant, table }: RowsProps) {
  const address = useAddress();
  const asked = { pack: grant.id, file: table.file, listed: table.rows };
  // The first page of the list below: read once, and the columns are known from it.
  const opening = useAnswer('audit.rows', { ...asked, first: 0, limit: pageSize });
  const columns = opening.data?.columns ?? [];
  return (
    <ReviewRows
      call="audit.rows"
      asked={asked}
      isListed={opening.data?.total !== 0}
      id="packed"
      name={table.title}
      columns={listColumns(columns, opening.data?.rows[0]?.cells ?? [])}
      counted={(total) => formatCounted(total, 'row')}
      beyond="the file has all of them"
      keyOf={({ index }) => String(index)}
      pane={(row, props) => (
        <RowPane key={row.index} grant={grant} table={table} index={row.index} {...props} />
      )}
    >
      <div>
        <p>
          <a href={hrefOf(address, { only: null, row: null })}>All tables</a>
        </p>
        <h3>
          <Recorded text={tableName(table)} />
        </h3>
        <p className={screen.muted}>
          <Recorded text={table.about} />
        </p>
        {opening.data?.total === 0 ? <p>This table has no rows.</p> : null}
        <TickHint table={table} />
        <Card table={table} />
      </div>
    </ReviewRows>
  );
}

function TickHint({ table: { sample } }: { table: PackTable }) {
  return sample ? (
    <p className={screen.muted}>
      Open a row to keep what was tested on it: <Recorded text={sample.attributes.join(', ')} />.
    </p>
  ) : null;
}

function Card({ table }: { table: PackTable }) {
  if (table.card.length === 0) return null;
  return (
    <details className={styles.card}>
      <summary>How this table was made</summary>
      <dl className={screen.facts}>
        {table.card.map(([heading, words]) => (
          <div key={heading} className={styles.pair}>
            <dt>{heading}</dt>
            <dd>
              {heading === 'SQL' || heading === 'Root' ? <code>{words}</code> : <Recorded text={words} />}
            </dd>
          </div>
        ))}
        <div className={styles.pair}>
          <dt>File</dt>
          <dd>
            <code>{table.file}</code>
          </dd>
        </div>
      </dl>
    </details>
  );
}

/** What says least in a list; all of it is in the pane. */
const minor = new Set(
  'raw timeLocal timeText timeBasis import row uid score actorType targetType targetId scope category ip outcome'.split(
    ' ',
  ),
);
/** What a table is read for is listed, wherever it stands. */
const verdicts = new Set(['result', 'status']);
const mostColumns = 8;

/** An instant stays on one line where there is room, and a name gets more of it than a figure; told by a cell of the first row. */
function trackOf(cell: string): string {
  if (/^\d{4}-\d\d-\d\dT/.test(cell)) return 'minmax(96px, 212px)';
  return cell.length > 14 ? 'minmax(84px, 1.5fr)' : 'minmax(84px, 1fr)';
}

/** `sample` is the first row, for the widths. */
function listColumns(names: readonly string[], sample: readonly string[]): ListColumn<Row>[] {
  if (names.length === 0)
    return [{ id: 'wait', name: 'Row', widths: ['1fr', '1fr', '1fr'], cell: () => null }];
  const all = names.map((name, at) => ({ name, at, track: trackOf(sample[at] ?? '') }));
  const main = all.filter(({ name }) => !minor.has(name));
  const said = all.filter(({ name }) => verdicts.has(name));
  const others = (main.length >= 3 ? main : all).filter(({ name }) => !verdicts.has(name));
  const shown = [...others.slice(0, mostColumns - said.length), ...said].sort((a, b) => a.at - b.at);
  return [
    {
      id: 'row',
      name: 'Row',
      isNumber: true,
      widths: ['88px', '88px', '88px'],
      cell: ({ index }) => <span className={screen.muted}>{formatCount(index + 1)}</span>,
    },
    ...shown.map(
      ({ name, at, track }, place): ListColumn<Row> => ({
        id: `c${at}`,
        name: columnWords(name),
        widths: [
          track,
          place < 5 || verdicts.has(name) ? track : null,
          place < 3 || verdicts.has(name) ? track : null,
        ],
        cell: ({ cells }) => (
          <div className={styles.cell}>
            <Recorded text={cells[at] ?? ''} />
          </div>
        ),
      }),
    ),
  ];
}

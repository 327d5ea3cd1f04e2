// The controls of an opened pack: which evidence it holds for each, and what the officer concludes.

import type { PackControl } from '#core/audit-model.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import screen from '../controls/screen.module.css';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { toAsk } from './asking.ts';
import styles from './audit.module.css';
import type { ViewProps } from './audit-screen.tsx';

export function ControlsView({ pack }: ViewProps) {
  const chosen = pack.controls.filter(({ isChosen }) => isChosen);
  const held = chosen.filter(({ rows }) => rows > 0);
  const none = chosen.filter(({ rows }) => rows === 0);
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        <section aria-labelledby="held" className={styles.block}>
          <h3 id="held">{formatCounted(held.length, 'control')} with events in this pack</h3>
          <p className={screen.muted}>
            As the pack’s own map has it. An event counts for every control that its category is evidence for.
          </p>
          <table className={screen.table} aria-labelledby="held">
            <thead>
              <tr>
                <th>Control</th>
                <th>What it is about</th>
                <th className={screen.number}>Events</th>
                <th>Tables</th>
                <th>Officer’s conclusion</th>
                <th>
                  <span className="unseen">Ask</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {held.map((control) => (
                <Row key={control.id} control={control} pack={pack} />
              ))}
            </tbody>
          </table>
        </section>
        {none.length === 0 ? null : (
          <section aria-labelledby="none" className={styles.block}>
            <h3 id="none">
              No event observed in the imported logs for {formatCounted(none.length, 'control')}
            </h3>
            <table className={screen.table} aria-labelledby="none">
              <tbody>
                {none.map((control) => (
                  <tr key={control.id}>
                    <td className={screen.nowrap}>
                      <Recorded text={control.id} />
                    </td>
                    <td>
                      <Recorded text={control.label} />
                    </td>
                    <td>
                      <Recorded text={control.conclusion ?? ''} />
                    </td>
                    <td className={screen.number}>
                      <Ask control={control} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </div>
  );
}

function Row({ control, pack }: { control: PackControl; pack: ViewProps['pack'] }) {
  const address = useAddress();
  const title = (id: string) => pack.tables.find((table) => table.id === id)?.title ?? id;
  return (
    <tr>
      <td className={screen.nowrap}>
        <Recorded text={control.id} />
      </td>
      <td>
        <Recorded text={control.label} />
      </td>
      <td className={screen.number}>{formatCount(control.rows)}</td>
      <td>
        {control.tables.map(({ id, rows }) => (
          <div key={id}>
            <a href={hrefOf(address, { by: 'tables', only: id })}>
              <Recorded text={`${id} ${title(id)}`} />
            </a>
            , {formatCount(rows)}
          </div>
        ))}
      </td>
      <td>
        {control.conclusion === null ? (
          <span className={screen.muted}>none</span>
        ) : (
          <Recorded text={control.conclusion} />
        )}
      </td>
      <td className={screen.nowrap}>
        <Ask control={control} />
      </td>
    </tr>
  );
}

function Ask({ control: { id } }: { control: PackControl }) {
  const address = useAddress();
  return (
    <a href={hrefOf(address, toAsk({ control: id }))} aria-label={`Ask about ${id}`}>
      Ask
    </a>
  );
}

// The days of a period, one row a month: a cell for each day that says by shape what was seen, and leads to the
// events of that day. One stop for Tab; inside, the arrows walk.

import { type KeyboardEvent, useRef, useState } from 'react';
import type { CoverageGap, SourceCoverage } from '#core/model.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import styles from './calendar.module.css';
import { eventsOfDay } from './leads.ts';
import { type DayCell, dayWords, monthRows, stepFrom } from './months.ts';

const numbers = Array.from({ length: 31 }, (_, at) => at + 1);

export function Calendar({ coverage, explained }: { coverage: SourceCoverage; explained: CoverageGap[] }) {
  const rows = monthRows(coverage.days, explained);
  const cells = rows.flatMap((row) => row.days.filter((cell) => cell !== null));
  const reachable = cells.filter((cell) => cell.look !== 'ahead').map((cell) => cell.day);
  const [current, setCurrent] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const stop = current !== null && reachable.includes(current) ? current : reachable[0];
  const said = cells.find((cell) => cell.day === shown);

  function walk(event: KeyboardEvent): void {
    if (stop === undefined || event.altKey || event.metaKey) return;
    const next = stepFrom(reachable, stop, event.key, event.ctrlKey);
    if (next === null) return;
    event.preventDefault();
    setCurrent(next);
    table.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus();
  }

  return (
    <div className={styles.calendar}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells walked with the arrows are a grid
        role="grid"
        aria-readonly="true"
        aria-label={`Days of ${coverage.source}`}
        className={styles.grid}
        onKeyDown={walk}
        onMouseLeave={() => setShown(null)}
        onBlur={() => setShown(null)}
      >
        <thead>
          <tr>
            <th className={styles.month}>
              <span className="unseen">Month</span>
            </th>
            {numbers.map((number) => (
              <th key={number} scope="col">
                {number}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.month}>
              <th scope="row" className={styles.month}>
                {row.label}
              </th>
              {row.days.map((cell, at) =>
                cell === null ? (
                  <td key={`${row.month}-${numbers[at]}`} />
                ) : (
                  <td key={cell.day} onMouseEnter={() => setShown(cell.day)}>
                    <Day
                      cell={cell}
                      source={coverage.source}
                      isStop={cell.day === stop}
                      onFocus={() => {
                        setCurrent(cell.day);
                        setShown(cell.day);
                      }}
                    />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.below}>
        <Legend cells={cells} />
        {/* The cell's own name says the same to a screen reader. */}
        <p aria-hidden="true" className={styles.said}>
          {said ? dayWords(said) : 'A day leads to its events.'}
        </p>
      </div>
    </div>
  );
}

type DayProps = { cell: DayCell; source: string; isStop: boolean; onFocus(): void };

function Day({ cell, source, isStop, onFocus }: DayProps) {
  const address = useAddress();
  const words = dayWords(cell);
  const box = (
    <span
      className={styles.box}
      data-look={cell.look}
      data-overlap={cell.overlap || undefined}
      data-quiet={cell.unusual || undefined}
      data-weekend={cell.weekend || undefined}
    />
  );
  if (cell.look === 'ahead')
    return (
      <span className={styles.day}>
        {box}
        <span className="unseen">{words}</span>
      </span>
    );
  return (
    <a
      className={styles.day}
      href={hrefOf(address, eventsOfDay(source, cell.day))}
      aria-label={words}
      data-day={cell.day}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
    >
      {box}
    </a>
  );
}

const legend: [word: string, is: (cell: DayCell) => boolean, data: Record<string, string>][] = [
  ['covered', (cell) => cell.look === 'covered', { 'data-look': 'covered' }],
  ['silent', (cell) => cell.look === 'silent', { 'data-look': 'silent' }],
  ['gap', (cell) => cell.look === 'gap', { 'data-look': 'gap' }],
  ['gap, explained', (cell) => cell.look === 'explained', { 'data-look': 'explained' }],
  ['several imports', (cell) => cell.overlap, { 'data-look': 'covered', 'data-overlap': 'true' }],
  ['unusually quiet', (cell) => cell.unusual, { 'data-look': 'silent', 'data-quiet': 'true' }],
  ['Saturday, Sunday', (cell) => cell.weekend, { 'data-look': 'covered', 'data-weekend': 'true' }],
  ['not begun', (cell) => cell.look === 'ahead', { 'data-look': 'ahead' }],
];

/** The signs that occur, with their words. */
function Legend({ cells }: { cells: DayCell[] }) {
  return (
    <ul className={styles.legend} aria-label="Signs">
      {legend
        .filter(([, is]) => cells.some(is))
        .map(([word, , data]) => (
          <li key={word}>
            <span className={styles.key}>
              <span className={styles.box} {...data} />
            </span>
            {word}
          </li>
        ))}
    </ul>
  );
}

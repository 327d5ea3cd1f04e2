// The events the mapping makes of the first records, exactly as an import would store them, and what it would reject.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { finishDraft } from '#core/mapping/draft-preset.ts';
import type { ExportProbe, PreviewEvent, Preview as Previewed } from '#core/mapping/export-probe.ts';
import type { Preset } from '#core/mapping/form.ts';
import { useShownZone } from '../address/use-address.ts';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { CategoryWord } from '../marks/category-word.tsx';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatInstant } from '../words/time.ts';
import styles from './preview.module.css';
import { askPreview, type RecordsFrom } from './records-from.ts';

type Props = {
  from: RecordsFrom;
  shape: ExportProbe;
  preset: Preset;
  /** Questions above have no answer yet, which is why records are rejected. */
  waits: boolean;
};

/** Longer than any honest preview takes; a mapping that needs more is stopped. */
const patience = 15_000;

export function Preview({ from, shape, preset, waits }: Props) {
  const text = JSON.stringify(finishDraft(preset, shape.names));
  const answer = useQuery<Previewed>({
    queryKey: ['mapping.preview', from, text],
    queryFn: ({ signal }) => askPreview(from, text, AbortSignal.any([signal, AbortSignal.timeout(patience)])),
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-labelledby="map-preview" aria-busy={answer.isPlaceholderData}>
      <div className={screen.heading}>
        <h2 id="map-preview">The resulting events</h2>
        {answer.data ? (
          <span role="status" className={styles.sum}>
            {sumWords(answer.data)}
          </span>
        ) : null}
      </div>
      {answer.error ? (
        <Notice kind="failed" live>
          The preview could not be made; nothing was stored. {whyNot(answer.error)}
        </Notice>
      ) : null}
      {answer.data ? <Result preview={answer.data} shape={shape} waits={waits} /> : null}
    </section>
  );
}

function whyNot(thrown: unknown): string {
  const { code, message } = errorOf(thrown);
  return code === 'cancelled' ? 'It took too long: a file or a rule of this mapping is too costly.' : message;
}

function sumWords({ read, events, rejected }: Previewed): string {
  return `Of the first ${formatCounted(read, 'record')}: ${formatCounted(events.length, 'event')}, ${formatCount(rejected)} rejected`;
}

function Result({ preview, shape, waits }: { preview: Previewed; shape: ExportProbe; waits: boolean }) {
  return (
    <>
      {waits && preview.rejected > 0 ? (
        <Notice kind="plain">
          {formatCounted(preview.rejected, 'record')} of the first {formatCount(preview.read)} cannot be read
          before the questions above are answered.
        </Notice>
      ) : null}
      {!waits && preview.rejected > 0 ? (
        <Notice kind="attention">
          <strong>{formatCounted(preview.rejected, 'record')} would be rejected.</strong>
          <ul>
            {preview.rejections.slice(0, 5).map(({ row, reason }) => (
              <li key={`${row} ${reason}`}>
                {shape.rowKind} {formatCount(row)}: <Recorded text={reason} />
              </li>
            ))}
          </ul>
          {preview.rejected > 5 ? `And ${formatCount(preview.rejected - 5)} more.` : ''}
        </Notice>
      ) : null}
      {preview.events.length > 0 ? <Table events={preview.events} shape={shape} /> : null}
    </>
  );
}

function Table({ events, shape }: { events: PreviewEvent[]; shape: ExportProbe }) {
  const zone = useShownZone();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a tab stop
    <section className={styles.box} tabIndex={0} aria-label="Preview of events">
      <table className={`${screen.table} ${styles.table}`} aria-labelledby="map-preview">
        <thead>
          <tr>
            <th>{shape.rowKind === 'line' ? 'Line' : 'Record'}</th>
            <th>Time</th>
            <th>Actor</th>
            <th>Event name</th>
            <th>Category</th>
            <th>Target</th>
            <th>Change</th>
            <th>IP address</th>
            <th>Outcome</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a record can become several events, in a fixed order
            <tr key={at}>
              <td className={styles.row}>{formatCount(event.row)}</td>
              <td className={screen.nowrap} title={`As in the file: ${event.timeText}`}>
                {formatInstant(event.time, zone)}
              </td>
              <Cell text={event.actor} />
              <Cell text={event.action} />
              <td className={screen.nowrap}>
                {event.category === 'other' ? '' : <CategoryWord category={event.category} />}
              </td>
              <Cell text={targetOf(event)} />
              <Cell text={changeOf(event)} />
              <Cell text={event.ip} />
              <td>{event.outcome === 'unknown' ? '' : event.outcome}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ text }: { text: string | null }) {
  return (
    <td className={styles.cell} title={text ?? undefined}>
      {text === null ? null : <Recorded text={text} />}
    </td>
  );
}

const targetOf = ({ targetType, targetName, targetId }: PreviewEvent): string | null =>
  [targetType, targetName ?? targetId].filter((part) => part !== null).join(' ') || null;

function changeOf({ field, oldValue, newValue, subject }: PreviewEvent): string | null {
  const values =
    oldValue === null && newValue === null ? '' : `${oldValue ?? 'none'} → ${newValue ?? 'none'}`;
  return [subject && `for ${subject}`, field, values].filter(Boolean).join(': ') || null;
}

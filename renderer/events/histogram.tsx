// The events of the view over time, and a brush that narrows the period to a part of it: by dragging over the bars, or
// by two handles with the arrow keys.

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { EventQuery } from '#core/model.ts';
import type { Histogram as Picture } from '#core/query/summaries.ts';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import plot from '../controls/plot.module.css';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { type Dates, formatPeriod } from '../words/period.ts';
import styles from './histogram.module.css';
import { formatSpan, formatTick, periodOf, ticksOf, unitWords } from './time-span.ts';
import { useHistogram } from './use-histogram.ts';

/** px the pointer has to move before a press becomes a drag. */
const dragFrom = 4;
/** Where the brush came from, for the way back. */
let cameFrom: { narrowed: Dates; whole: Dates } | null = null;

type Span = { first: number; last: number };
type Props = { query: EventQuery; isSound: boolean };

export function Histogram({ query, isSound }: Props) {
  const { from, to, zone } = useAddress();
  // Days are those that dates mean, also where the query itself has no date.
  const { picture, state } = useHistogram({ ...query, zone }, isSound);
  const [draft, setDraft] = useState<{ of: Picture; span: Span } | null>(null);
  const [looked, setLooked] = useState<number | null>(null);
  const isKnown = state === 'known' && picture !== null;
  const span = isKnown && draft?.of === picture ? draft.span : null;
  const set = (next: Span | null) =>
    setDraft(next === null || picture === null ? null : { of: picture, span: next });
  const narrow = ({ first, last }: Span) => {
    if (!isKnown) return;
    const present = { from, to };
    const narrowed = periodOf(picture.buckets, first, last, present, zone);
    const whole = isSame(cameFrom?.narrowed, present) ? (cameFrom?.whole ?? present) : present;
    cameFrom = { narrowed, whole };
    setDraft(null);
    setLooked(null);
    go({ ...narrowed, event: null });
  };
  return (
    <section className={styles.histogram} aria-label="Events over time" aria-busy={state === 'counting'}>
      <div className={styles.head}>
        <span className={styles.unit}>
          {picture === null ? 'Events over time' : `Events ${unitWords[picture.unit]}, ${zoneName(zone)}`}
        </span>
        <span className={styles.state} role="status">
          {state === 'counting'
            ? 'Counting…'
            : state === 'standing'
              ? 'Not counted.'
              : picture?.buckets.every(({ count }) => count === 0)
                ? 'No events.'
                : ''}
        </span>
        {span !== null && isKnown ? (
          <Draft
            picture={picture}
            span={span}
            zone={zone}
            onNarrow={() => narrow(span)}
            onDrop={() => set(null)}
          />
        ) : (
          <WayBack present={{ from, to }} zone={zone} />
        )}
      </div>
      {picture === null || picture.buckets.length === 0 ? (
        <div className={plot.plot} />
      ) : (
        <Plot
          picture={picture}
          zone={zone}
          isKnown={isKnown}
          span={span}
          looked={isKnown && looked !== null && looked < picture.buckets.length ? looked : null}
          onLook={setLooked}
          onSpan={set}
          onNarrow={narrow}
        />
      )}
    </section>
  );
}

const zoneName = (zone: string): string => zone.replaceAll('_', ' ');
const isSame = (a: Dates | undefined, b: Dates): boolean => a?.from === b.from && a.to === b.to;

type DraftProps = { picture: Picture; span: Span; zone: string; onNarrow(): void; onDrop(): void };

/** What the brush has marked, before the period becomes it. */
function Draft({ picture, span, zone, onNarrow, onDrop }: DraftProps) {
  const marked = picture.buckets.slice(span.first, span.last + 1);
  const whole = { from: marked[0]?.from ?? '', to: marked.at(-1)?.to ?? '' };
  const count = marked.reduce((sum, bucket) => sum + bucket.count, 0);
  return (
    <span className={styles.ways}>
      <span className={styles.marked}>
        {formatSpan(picture.unit, whole, zone)}: {formatCounted(count, 'event')}
      </span>
      <Button weight="quiet" onPress={onNarrow}>
        Narrow to this
      </Button>
      <Button weight="quiet" onPress={onDrop}>
        Cancel
      </Button>
    </span>
  );
}

/** Back to the period that was narrowed; where none was, to all time. */
function WayBack({ present, zone }: { present: Dates; zone: string }) {
  if (present.from === null && present.to === null) return null;
  const whole = isSame(cameFrom?.narrowed, present) ? cameFrom?.whole : undefined;
  const period = whole ?? { from: null, to: null };
  return (
    <span className={styles.ways}>
      <Button weight="quiet" onPress={() => go({ ...period, event: null })}>
        {`Whole period: ${formatPeriod(period, zone).replace(/^All/, 'all')}`}
      </Button>
    </span>
  );
}

type PlotProps = {
  picture: Picture;
  zone: string;
  isKnown: boolean;
  span: Span | null;
  looked: number | null;
  onLook(bucket: number | null): void;
  onSpan(span: Span | null): void;
  onNarrow(span: Span): void;
};

function Plot({ picture, zone, isKnown, span, looked, onLook, onSpan, onNarrow }: PlotProps) {
  const { buckets, unit } = picture;
  const most = Math.max(...buckets.map(({ count }) => count));
  const at = (place: number) => `${(place / buckets.length) * 100}%`;
  const drag = useDrag(buckets.length, onSpan, onNarrow);
  const bucket = looked === null ? undefined : buckets[looked];
  return (
    <div className={isKnown ? plot.plot : `${plot.plot} ${styles.stale}`}>
      <div className={plot.counts} aria-hidden="true">
        <span>{isKnown && most > 0 ? formatCount(most) : ''}</span>
        <span>{isKnown ? '0' : ''}</span>
      </div>
      <div
        className={`${plot.area} ${styles.area}`}
        onPointerMove={(moved) => {
          onLook(drag.placeOf(moved));
          drag.onPointerMove(moved);
        }}
        onPointerLeave={() => onLook(null)}
        onPointerDown={isKnown ? drag.onPointerDown : undefined}
        onPointerUp={drag.onPointerUp}
        onPointerCancel={drag.cancel}
      >
        <svg
          className={plot.bars}
          viewBox={`0 0 ${buckets.length} 100`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {buckets.map(({ from, count }, place) =>
            count === 0 ? null : (
              <rect
                key={from}
                className={isMarked(span, place) ? styles.bar : `${styles.bar} ${styles.outside}`}
                x={place + (buckets.length > 150 ? 0 : 0.08)}
                width={buckets.length > 150 ? 1 : 0.84}
                // One event among thousands is still seen.
                y={100 - Math.max(4, (count / most) * 100)}
                height={Math.max(4, (count / most) * 100)}
              />
            ),
          )}
        </svg>
        {span === null ? null : (
          <div
            className={styles.span}
            style={{ left: at(span.first), width: at(span.last - span.first + 1) }}
          />
        )}
        {bucket && looked !== null ? (
          <div className={plot.tip} style={{ left: `clamp(110px, ${at(looked + 0.5)}, 100% - 110px)` }}>
            <strong>{formatCounted(bucket.count, 'event')}</strong>
            <span>{formatSpan(unit, bucket, zone)}</span>
          </div>
        ) : null}
        <Handles
          isKnown={isKnown}
          picture={picture}
          zone={zone}
          span={span}
          onLook={onLook}
          onSpan={onSpan}
          onNarrow={onNarrow}
        />
      </div>
      <div className={styles.scale} aria-hidden="true">
        {ticksOf(buckets.length, 6).map((place) => (
          <span key={place} style={{ left: at(place) }}>
            {formatTick(unit, buckets[place]?.from ?? '', zone)}
          </span>
        ))}
      </div>
    </div>
  );
}

const isMarked = (span: Span | null, place: number): boolean =>
  span === null || (place >= span.first && place <= span.last);

/** Marks buckets by dragging; the period follows when the pointer is let go. Escape lets go without it. */
function useDrag(buckets: number, onSpan: (span: Span | null) => void, onNarrow: (span: Span) => void) {
  const pressed = useRef<{ x: number; place: number; span: Span | null } | null>(null);
  const placeOf = ({ clientX, currentTarget }: PointerEvent): number => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(buckets - 1, Math.max(0, Math.floor(((clientX - left) / width) * buckets)));
  };
  const cancel = () => {
    if (pressed.current === null) return;
    pressed.current = null;
    onSpan(null);
  };
  const latest = useRef(cancel);
  latest.current = cancel;
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || pressed.current === null) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
  return {
    placeOf,
    cancel,
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pressed.current = { x: event.clientX, place: placeOf(event), span: null };
    },
    onPointerMove: (event: PointerEvent) => {
      const start = pressed.current;
      if (start === null || (start.span === null && Math.abs(event.clientX - start.x) < dragFrom)) return;
      const place = placeOf(event);
      start.span = { first: Math.min(start.place, place), last: Math.max(start.place, place) };
      onSpan(start.span);
    },
    onPointerUp: () => {
      const span = pressed.current?.span;
      pressed.current = null;
      if (span) onNarrow(span);
    },
  };
}

type HandlesProps = Omit<PlotProps, 'looked'>;

/**
 * The brush for the keyboard: arrow keys move an edge, Enter narrows, Escape lets go. While another view is counted the
 * handles stay where they are, so that the focus does, but move nothing and say no figure.
 */
function Handles({ isKnown, picture, zone, span, onLook, onSpan, onNarrow }: HandlesProps) {
  const { buckets, unit } = picture;
  const end = buckets.length - 1;
  const now = span ?? { first: 0, last: end };
  const onKeyDown = (edge: keyof Span, event: KeyboardEvent) => {
    if (!isKnown || event.altKey || event.ctrlKey || event.metaKey) return;
    const leap = Math.max(1, Math.round(buckets.length / 10));
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -leap,
      PageUp: leap,
      Home: -end,
      End: end,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      const [low, high] = edge === 'first' ? [0, now.last] : [now.first, end];
      const place = Math.min(high, Math.max(low, now[edge] + step));
      const next = { ...now, [edge]: place };
      onSpan(next.first === 0 && next.last === end ? null : next);
      onLook(place);
    } else if (event.key === 'Enter' && span !== null) onNarrow(span);
    else if (event.key === 'Escape' && span !== null) onSpan(null);
    else return;
    event.preventDefault();
  };
  const handle = (edge: keyof Span, name: string) => {
    const bucket = buckets[now[edge]];
    const place = now[edge] + (edge === 'first' ? 0 : 1);
    return (
      <div
        role="slider"
        aria-label={name}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={end}
        aria-valuenow={now[edge]}
        aria-valuetext={
          isKnown && bucket
            ? `${formatSpan(unit, bucket, zone)}, ${formatCounted(bucket.count, 'event')}`
            : 'not counted'
        }
        aria-disabled={!isKnown}
        aria-describedby="brush-keys"
        tabIndex={0}
        className={styles.handle}
        style={{ left: `${(place / buckets.length) * 100}%` }}
        onKeyDown={(event) => onKeyDown(edge, event)}
        onFocus={() => onLook(now[edge])}
        onBlur={() => onLook(null)}
      />
    );
  };
  return (
    <>
      {handle('first', 'Start of the part to narrow to')}
      {handle('last', 'End of the part to narrow to')}
      <span id="brush-keys" hidden>
        Arrow keys move it, Enter narrows the period to the part between the two, Escape lets it go.
      </span>
    </>
  );
}

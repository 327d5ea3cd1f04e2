// What happened around an event: on its target, by its actor, from its address, some time before and after, as one list
// with the event in the middle. Each leads to its own detail, and each of the three to the list as a filter.

import { useState } from 'react';
import { type NeighbourKey, type Neighbours, neighbourKeys } from '#core/event-model.ts';
import type { Event } from '#core/model.ts';
import { go, hrefOf, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { targetOf } from '../words/sentence.ts';
import { spanBetween } from '../words/time.ts';
import styles from './around.module.css';

const spans = [
  { minutes: 15, name: '15 minutes' },
  { minutes: 60, name: '1 hour' },
  { minutes: 1440, name: '1 day' },
] as const;
/** On each side of the event. */
const limit = 50;

// What was chosen stays while somebody walks along the list.
const chosen = { isOpen: false, minutes: 60, without: [] as readonly NeighbourKey[] };

export function Around({ event }: { event: Event }) {
  const [isOpen, setOpen] = useState(chosen.isOpen);
  const has = neighbourKeys.filter((key) => (key === 'target' ? targetOf(event) : event[key]) !== null);
  if (has.length === 0) return null;
  return (
    <details
      className={styles.around}
      open={isOpen}
      onToggle={({ currentTarget }) => {
        chosen.isOpen = currentTarget.open;
        setOpen(currentTarget.open);
      }}
    >
      <summary>
        <h3>Before and after</h3>
      </summary>
      {isOpen ? <Asked event={event} has={has} /> : null}
    </details>
  );
}

function Asked({ event, has }: { event: Event; has: NeighbourKey[] }) {
  const [minutes, setMinutes] = useState(chosen.minutes);
  const [without, setWithout] = useState(chosen.without);
  const kept = has.filter((key) => !without.includes(key));
  const same = kept.length > 0 ? kept : has;
  const answer = useAnswer('events.around', { uid: event.uid, same, minutes, limit });
  const toggle = (key: NeighbourKey) => {
    chosen.without = without.includes(key) ? without.filter((one) => one !== key) : [...without, key];
    setWithout(chosen.without);
  };
  const say = (key: NeighbourKey) => {
    const found = answer.data?.shared.find((one) => one.key === key);
    return found ? ` (${formatCount(found.events)})` : '';
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out with its buttons */}
      <div role="group" aria-label="How long before and after" className={styles.choice}>
        {spans.map((span) => (
          <Button
            key={span.minutes}
            aria-pressed={span.minutes === minutes}
            onPress={() => {
              chosen.minutes = span.minutes;
              setMinutes(span.minutes);
            }}
          >
            {`± ${span.name}`}
          </Button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out with its buttons */}
      <div role="group" aria-label="What they share with this event" className={styles.choice}>
        {has.map((key) => (
          <Button
            key={key}
            aria-pressed={same.includes(key)}
            isDisabled={same.length === 1 && same[0] === key}
            onPress={() => toggle(key)}
          >
            {sharedWords[key] + say(key)}
          </Button>
        ))}
      </div>
      {answer.error ? (
        <Notice kind="failed" live>
          What happened around it could not be read; nothing was changed. {errorOf(answer.error).message}{' '}
          <Button weight="quiet" onPress={() => void answer.refetch()}>
            Ask again
          </Button>
        </Notice>
      ) : answer.data ? (
        <List around={answer.data} event={event} />
      ) : (
        <p role="status">Looking around…</p>
      )}
    </>
  );
}

const sharedWords: Record<NeighbourKey, string> = {
  target: 'Same target',
  actor: 'Same actor',
  ip: 'Same IP',
};

function List({ around, event }: { around: Neighbours; event: Event }) {
  const address = useAddress();
  const { rows, earlier, later, shared } = around;
  return (
    <>
      <ol className={styles.list} aria-label="Events before and after">
        {earlier > 0 ? <li>{formatCounted(earlier, 'earlier one')} not listed</li> : null}
        {rows.map((row) => (
          <li key={row.uid} aria-current={row.uid === event.uid ? 'true' : undefined}>
            <span className={styles.when}>
              {row.uid === event.uid ? '' : spanBetween(event.time, row.time)}
            </span>
            {row.uid === event.uid ? (
              <strong>this event</strong>
            ) : (
              <button type="button" onClick={() => go({ event: row.uid })}>
                <Recorded text={row.action} />
                {row.outcome === 'failure' ? <span className={styles.failed}> (failed)</span> : null}
              </button>
            )}
            <span className={styles.who}>
              {row.actor === null ? null : <Recorded text={row.actor} />}
              {targetOf(row) === null ? null : (
                <>
                  {row.actor === null ? '' : ' · '}
                  <Recorded text={targetOf(row) ?? ''} />
                </>
              )}
              {row.uid === event.uid || row.same.length === shared.length
                ? null
                : ` · same ${row.same.map((key) => (key === 'ip' ? 'IP' : key)).join(', ')}`}
            </span>
          </li>
        ))}
        {later > 0 ? (
          <li>
            <span className={styles.who}>{formatCounted(later, 'later one')} not listed</span>
          </li>
        ) : null}
      </ol>
      {rows.length === 1 ? <p className={styles.more}>Nothing else in this time.</p> : null}
      <p className={styles.ways}>
        In the list:{' '}
        {shared.map(({ key, filter, events }, at) => (
          <span key={key}>
            {at === 0 ? '' : ', '}
            <a href={hrefOf(address, { filter, from: null, to: null })}>
              {sharedWords[key].toLowerCase().replace('ip', 'IP')}, {formatCounted(events, 'event')}
            </a>
          </span>
        ))}
      </p>
    </>
  );
}

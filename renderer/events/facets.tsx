// What the events of the view are made of: the most frequent values of each key with their counts, to narrow by. A
// press writes into the filter's text, which stays the one truth.

import { useState } from 'react';
import type { EventQuery } from '#core/model.ts';
import type { FacetKey } from '#core/query/summaries.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { useAnswer } from '../engine/engine.ts';
import { FacetGroup, fewest } from './facet-group.tsx';
import styles from './facets.module.css';
import { useStops } from './use-stops.ts';

const shown: readonly FacetKey[] = [
  'source',
  'category',
  'action',
  'actor',
  'target',
  'type',
  'outcome',
  'ip',
];
const kept = 'event-facets';
/** px of the window from which the list has room beside the panel without hiding its usual columns. */
const roomy = 1400;

type Props = { query: EventQuery; isSound: boolean };

export function Facets(props: Props) {
  const [isOpen, setOpen] = useState(() => {
    const saved = window.localStorage.getItem(kept);
    return saved === null ? window.innerWidth >= roomy : saved === 'open';
  });
  const toggle = () => {
    window.localStorage.setItem(kept, isOpen ? 'closed' : 'open');
    setOpen(!isOpen);
  };
  return (
    <aside className={isOpen ? styles.panel : styles.strip} aria-label="Values to narrow by">
      <div className={styles.head}>
        {isOpen ? <h2>Narrow by</h2> : null}
        <Button
          weight="quiet"
          aria-label={isOpen ? 'Hide the values to narrow by' : 'Show the values to narrow by'}
          aria-expanded={isOpen}
          onPress={toggle}
        >
          <span className={isOpen ? styles.inward : undefined}>
            <Icon name="right" size={12} />
          </span>
        </Button>
      </div>
      {isOpen ? <Groups {...props} /> : null}
    </aside>
  );
}

function Groups({ query, isSound }: Props) {
  const facets = shown.map((key) => ({ key, like: null, limit: fewest }));
  const answer = useAnswer('events.facets', { ...query, facets }, { enabled: isSound });
  const isKnown = isSound && answer.data !== undefined && !answer.isFetching;
  const { ref, ...keys } = useStops<HTMLDivElement>();
  return (
    <>
      <p className={styles.state} role="status">
        {isKnown ? '' : isSound && answer.isFetching ? 'Counting…' : 'Not counted.'}
      </p>
      <div className={styles.groups} ref={ref} {...keys}>
        {shown.map((key) => (
          <FacetGroup
            key={key}
            of={key}
            query={query}
            isSound={isSound}
            plain={isKnown ? (answer.data.facets.find((facet) => facet.key === key) ?? null) : null}
          />
        ))}
      </div>
    </>
  );
}

// The filter: one text in the product's filter language, and pick lists that write into that same text.

import { useEffect, useRef, useState } from 'react';
import type { FilterChoices } from '#core/contract.ts';
import { categories } from '#core/model.ts';
import { go, useAddress } from '../address/use-address.ts';
import { Icon } from '../controls/icon.tsx';
import { type Choice, PickList } from '../controls/pick-list.tsx';
import { useAnswer } from '../engine/engine.ts';
import { categoryLabel } from '../words/categories.ts';
import { spellTokens } from '../words/tokens.ts';
import styles from './filter-bar.module.css';
import { type PickKey, pick, pickedIn } from './filter-text.ts';

const pause = 350; // ms without typing before the filter is asked

/** The engine's lists end here; see events.choices. */
const most = 500;

type Props = {
  /** What is wrong with the filter, in words. */
  error: string | null;
  total: string;
};

export function FilterBar({ error, total }: Props) {
  const { filter } = useAddress();
  const choices = useAnswer('events.choices', {}).data;
  return (
    <search className={styles.bar}>
      <SearchBox error={error} />
      <Picks filter={filter} choices={choices} />
      <output className={styles.total} aria-live="polite">
        {total}
      </output>
      {error === null ? null : (
        <p id="filter-error" role="alert" className={styles.error}>
          <Icon name="warning" size={12} /> {error}
        </p>
      )}
    </search>
  );
}

function SearchBox({ error }: { error: string | null }) {
  const { filter } = useAddress();
  const [typed, setTyped] = useState(filter);
  // The first change of a visit to the box is a step for "back", the rest of the typing belongs to it.
  const stepped = useRef(false);
  const sent = useRef(filter);
  const box = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (filter === sent.current) return;
    sent.current = filter;
    setTyped(filter);
  }, [filter]);

  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => send(typed), pause);
    return () => clearTimeout(timer);
  });

  function send(text: string): void {
    sent.current = text;
    go({ filter: text, event: null }, stepped.current ? 'replace' : 'push');
    stepped.current = true;
  }

  return (
    <div className={styles.box}>
      <Icon name="search" size={14} />
      <input
        ref={box}
        type="text"
        aria-label="Filter events"
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : 'filter-error'}
        placeholder="Words, or actor:… target:… ip:…"
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(changed) => setTyped(changed.target.value)}
        onKeyDown={(pressed) => {
          if (pressed.key === 'Enter' && typed !== sent.current) send(typed);
        }}
        onFocus={() => {
          stepped.current = false;
        }}
      />
      {typed === '' ? null : (
        <button
          type="button"
          className={styles.clear}
          aria-label="Clear filter"
          onClick={() => {
            setTyped('');
            stepped.current = false;
            send('');
            box.current?.focus();
          }}
        >
          <Icon name="close" size={10} />
        </button>
      )}
    </div>
  );
}

function Picks({ filter, choices }: { filter: string; choices: FilterChoices | undefined }) {
  return (
    <div className={styles.picks}>
      <Pick name="Action" of="action" values={choices?.actions} filter={filter} />
      <Pick name="Actor" of="actor" values={choices?.actors} filter={filter} />
      <Pick name="Target" of="target" values={choices?.targets} filter={filter} />
      <Pick name="Category" of="category" values={categories} filter={filter} />
      <Pick name="Source" of="source" values={choices?.sources} filter={filter} />
    </div>
  );
}

type PickProps = { name: string; of: PickKey; values: readonly string[] | undefined; filter: string };

function Pick({ name, of, values = [], filter }: PickProps) {
  const picked = pickedIn(filter, of);
  const shown =
    picked.length === 0
      ? name
      : picked.length === 1
        ? labelOf(of, picked[0] ?? '')
        : `${name} (${picked.length})`;
  return (
    <PickList
      name={picked.length === 0 ? name : `${name}: ${picked.map((value) => labelOf(of, value)).join(', ')}`}
      search={searchWords[of]}
      choices={choicesOf(of, values, picked)}
      picked={picked}
      several
      placement="bottom end"
      note={values.length >= most ? `The first ${most} by name. Type others into the filter.` : undefined}
      onPick={(ids) => go({ filter: pick(filter, of, ids), event: null })}
    >
      <span className={picked.length === 0 ? undefined : styles.picked}>{shown}</span>
    </PickList>
  );
}

const searchWords: Record<PickKey, string> = {
  action: 'Search aspects and event types',
  actor: 'Search actors',
  target: 'Search nodes and assets',
  category: 'Search categories',
  source: 'Search sources',
};

const labelOf = (of: PickKey, value: string): string => {
  const category = of === 'category' ? categories.find((known) => known === value) : undefined;
  return category ? categoryLabel(category) : spellTokens(value);
};

/** What can be picked: the known values, and any typed by hand that are not among them. */
function choicesOf(of: PickKey, values: readonly string[], picked: string[]): Choice[] {
  return [...new Set([...values, ...picked])].map((value) => ({ id: value, label: labelOf(of, value) }));
}

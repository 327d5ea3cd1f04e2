// The values of one key with their counts. Where some are chosen, it is counted without the key's own terms: then the
// others show what they would add.

import { useRef, useState } from 'react';
import { aboutKinds, parseAbout } from '#core/about.ts';
import { categories, type EventQuery } from '#core/model.ts';
import { type FilterTerm, printFilter } from '#core/query/filter.ts';
import type { Facet, FacetKey, FacetValue } from '#core/query/summaries.ts';
import { go, hrefOf, useAddress } from '../address/use-address.ts';
import { Icon } from '../controls/icon.tsx';
import { useAnswer } from '../engine/engine.ts';
import { categoryLabel } from '../words/categories.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { spellTokens } from '../words/tokens.ts';
import {
  canChoose,
  chooses,
  termsIn,
  toggleValue,
  withOnly,
  withoutKey,
  withoutTerm,
} from './facet-terms.ts';
import styles from './facets.module.css';

/** Values of a key before more are asked for, and then. */
export const fewest = 5;
const most = 50;

type Words = { name: string; none: string; many: string };
const words: Record<FacetKey, Words> = {
  source: { name: 'Source', none: 'No source', many: 'sources' },
  category: { name: 'Category', none: 'No category', many: 'categories' },
  action: { name: 'Action', none: 'No action', many: 'actions' },
  actor: { name: 'Actor', none: 'No actor', many: 'actors' },
  target: { name: 'Target', none: 'No target', many: 'targets' },
  type: { name: 'Target type', none: 'No target type', many: 'target types' },
  outcome: { name: 'Outcome', none: 'No outcome', many: 'outcomes' },
  ip: { name: 'IP address', none: 'No IP address', many: 'IP addresses' },
  field: { name: 'Field', none: 'No field', many: 'fields' },
};

type Props = {
  of: FacetKey;
  query: EventQuery;
  isSound: boolean;
  /** The facet under the whole filter; null while it is not known. */
  plain: Facet | null;
};

export function FacetGroup({ of, query, isSound, plain }: Props) {
  const [isLong, setLong] = useState(false);
  const [like, setLike] = useState('');
  const address = useAddress();
  // In a text with a mistake what was chosen before it stays chosen.
  const sound = useRef<FilterTerm[]>([]);
  sound.current = termsIn(query.filter) ?? sound.current;
  const chosen = sound.current.filter(({ key }) => key === of);
  const isOwn = chosen.length > 0 || isLong;
  const wide = { ...query, filter: withoutKey(query.filter, of) };
  const facets = [{ key: of, like: like === '' ? null : like, limit: isLong ? most : fewest }];
  const own = useAnswer('events.facets', { ...wide, facets }, { enabled: isSound && isOwn });
  const known = isOwn ? (isSound && own.data && !own.isFetching ? own.data.facets[0] : null) : plain;
  const last = useRef<Facet | null>(null);
  if (known) last.current = known;
  // Of another filter only the names stay, so that nothing jumps.
  const facet = known ?? last.current;
  const isKnown = Boolean(known);
  const values = facet?.values ?? [];
  const unlisted = chosen.filter((term) => !values.some((value) => chooses(term, value)));
  // One of them that stands alone has a page of its own.
  const only = chosen.length === 1 && chosen[0] ? printFilter(chosen) : '';
  const page = aboutKinds.some((kind) => kind === of) && parseAbout(only)?.name ? only : null;
  const id = `facet-${of}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its frame and its legend's place
    <div role="group" aria-labelledby={id} className={styles.group}>
      <h3 id={id}>{words[of].name}</h3>
      {isLong ? (
        <input
          data-stop
          type="text"
          className={styles.search}
          aria-label={`Search ${words[of].many}`}
          placeholder={`Search ${words[of].many}`}
          maxLength={200}
          spellCheck={false}
          value={like}
          // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
          autoFocus
          onChange={({ target }) => setLike(target.value)}
        />
      ) : null}
      {unlisted.map((term) => (
        <Unlisted key={`${term.quoted} ${term.value}`} term={term} of={of} query={query} isSound={isSound} />
      ))}
      {values.map((value) => (
        <Value
          key={JSON.stringify([value.value, value.type])}
          {...nameOf(of, value)}
          count={isKnown ? value.count : null}
          isChosen={chosen.some((term) => chooses(term, value))}
          canBe={canChoose(of, value)}
          isDisabled={!isSound || !canChoose(of, value)}
          onToggle={() => go({ filter: toggleValue(query.filter, of, value), event: null })}
        />
      ))}
      {isKnown && values.length === 0 && unlisted.length === 0 ? (
        <p className={styles.none}>{like === '' ? 'No events.' : 'Nothing found.'}</p>
      ) : null}
      {page === null ? null : (
        <a
          data-stop
          tabIndex={-1}
          className={styles.page}
          href={hrefOf(address, { screen: 'about', about: page })}
        >
          {`Everything about ${spellTokens(chosen[0]?.value ?? '')}`}
        </a>
      )}
      {facet && (facet.more > 0 || isLong) ? (
        <More
          more={isKnown ? facet.more : null}
          isLong={isLong}
          many={words[of].many}
          onPress={() => {
            setLong(!isLong);
            setLike('');
          }}
        />
      ) : null}
    </div>
  );
}

type MoreProps = { more: number | null; isLong: boolean; many: string; onPress(): void };

function More({ more, isLong, many, onPress }: MoreProps) {
  const rest = more === null ? 'More' : `${formatCount(more)} more`;
  return (
    <>
      {isLong && more !== null && more > 0 ? (
        <p className={styles.none}>{`${rest} ${many}. Search to find them.`}</p>
      ) : null}
      <button
        data-stop
        type="button"
        tabIndex={-1}
        className={styles.more}
        aria-label={isLong ? `Show fewer ${many}` : `${rest} ${many}`}
        onClick={onPress}
      >
        {isLong ? 'Fewer' : rest}
      </button>
    </>
  );
}

/** What to call a value, and what to say beside it. */
function nameOf(of: FacetKey, { value, label, type }: FacetValue): { name: string; aside: string | null } {
  const category = of === 'category' ? categories.find((known) => known === value) : undefined;
  const name = category ? categoryLabel(category) : (label ?? value);
  return {
    name: name === null || name === '' ? words[of].none : spellTokens(name),
    aside: type === null ? null : spellTokens(type),
  };
}

type UnlistedProps = { term: FilterTerm; of: FacetKey; query: EventQuery; isSound: boolean };

/** A chosen value that is not among the frequent ones, or a pattern: counted by itself. */
function Unlisted({ term, of, query, isSound }: UnlistedProps) {
  const alone = { ...query, filter: withOnly(query.filter, term) };
  const answer = useAnswer('events.total', alone, { enabled: isSound });
  return (
    <Value
      {...nameOf(of, { value: term.value, label: null, type: null, count: 0 })}
      count={isSound && answer.data && !answer.isFetching ? answer.data.total : null}
      isChosen
      canBe
      isDisabled={!isSound}
      onToggle={() => go({ filter: withoutTerm(query.filter, term), event: null })}
    />
  );
}

type ValueProps = {
  name: string;
  aside: string | null;
  /** Null while it is not known for this filter. */
  count: number | null;
  isChosen: boolean;
  /** Whether the filter can say it at all. */
  canBe: boolean;
  isDisabled: boolean;
  onToggle(): void;
};

function Value({ name, aside, count, isChosen, canBe, isDisabled, onToggle }: ValueProps) {
  const said = [name, aside, count === null ? null : formatCounted(count, 'event')];
  return (
    // biome-ignore lint/a11y/useSemanticElements: one stop for Tab among many needs a button that keeps its focus
    <button
      data-stop
      type="button"
      role="checkbox"
      tabIndex={-1}
      aria-checked={isChosen}
      aria-disabled={isDisabled}
      aria-label={said.filter((part) => part !== null).join(', ')}
      title={aside === null ? name : `${name}, ${aside}`}
      className={styles.value}
      onClick={() => {
        if (!isDisabled) onToggle();
      }}
    >
      <span className={canBe ? styles.box : styles.blank}>
        {isChosen ? <Icon name="check" size={12} /> : null}
      </span>
      <bdi className={styles.name}>{name}</bdi>
      {/* That an actor is a person goes without saying: its place belongs to the name. */}
      {aside === null || aside === 'human' ? null : <span className={styles.aside}>{aside}</span>}
      <span className={styles.count}>{count === null ? '…' : formatCount(count)}</span>
    </button>
  );
}

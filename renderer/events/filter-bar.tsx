// The filter: one text in the product's filter language, and pick lists that write into that same text.

import type { FilterChoices } from '#core/contract.ts';
import { categories } from '#core/model.ts';
import { go, useAddress } from '../address/use-address.ts';
import { type Choice, PickList } from '../controls/pick-list.tsx';
import { useAnswer } from '../engine/engine.ts';
import { categoryLabel } from '../words/categories.ts';
import { spellTokens } from '../words/tokens.ts';
import styles from './filter-bar.module.css';
import { type PickKey, pick, pickedIn } from './filter-text.ts';
import { type FilterMistake, SearchBox } from './search-box.tsx';

/** The engine's lists end here; see events.choices. */
const most = 500;

type Props = {
  mistake: FilterMistake | null;
};

export function FilterBar({ mistake }: Props) {
  const { filter } = useAddress();
  const choices = useAnswer('events.choices', {}).data;
  return (
    <search className={styles.bar}>
      <SearchBox mistake={mistake} />
      <Picks filter={filter} choices={choices} />
    </search>
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

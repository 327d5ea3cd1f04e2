// The event names of the file with how often they occur, and the category each gets: proposed where the name is
// telling, chosen by a person, or none.

import { useState } from 'react';
import {
  type AccessMeaning,
  accessCategories,
  type EventName,
  type EventRule,
  type EventRules,
  proposeRule,
  ruleOf,
} from '#core/mapping/event-rules.ts';
import type { EventNames, ExportProbe } from '#core/mapping/export-probe.ts';
import { type Category, categories } from '#core/model.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { type Choice, PickList } from '../controls/pick-list.tsx';
import screen from '../controls/screen.module.css';
import { categoryLabel } from '../words/categories.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import choice from './choice.module.css';
import styles from './event-name-list.module.css';

type Props = {
  shape: ExportProbe;
  /** null while they are read; or why they could not be. */
  found: EventNames | null;
  problem: string | null;
  rules: EventRules;
  onRules(rules: EventRules): void;
};

/** As many as a person goes through at once, and gets past with the Tab key. */
const firstShown = 12;

export function EventNameList({ shape, found, problem, rules, onRules }: Props) {
  const [showsAll, setShowsAll] = useState(false);
  const names = found?.names ?? [];
  // What the preset reads already needs nobody.
  const open = names.filter(({ name, categories }) => categories.length === 0 || rules.has(name));
  const shown = showsAll ? names : open.slice(0, firstShown);
  const choose = (name: string, rule: EventRule | null) => {
    const next = new Map(rules);
    if (rule) next.set(name, rule);
    else next.delete(name);
    onRules(next);
  };
  return (
    <section aria-labelledby="map-names">
      <div className={screen.heading}>
        <h2 id="map-names">What its event names mean</h2>
        <span role="status" className={styles.sum}>
          {found ? sumWords(found, rules) : ''}
        </span>
      </div>
      {problem === null ? null : (
        <Notice kind="attention">The event names could not be read, so none has a category. {problem}</Notice>
      )}
      {found && names.length === 0 ? (
        <Notice kind="plain">
          No record has a value where the event name is read from. Choose another one above.
        </Notice>
      ) : null}
      {names.length > 0 && open.length === 0 ? (
        <p className={styles.note}>
          Each has a category, as {shape.recognised?.name ?? 'the opened mapping'} reads it.
        </p>
      ) : null}
      {shown.length > 0 ? (
        <table className={`${screen.table} ${styles.table}`} aria-labelledby="map-names">
          <thead>
            <tr>
              <th>Event name</th>
              <th className={screen.number}>Records</th>
              <th>Category</th>
              <th>What its values say of rights</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((event) => (
              <Row
                key={event.name}
                event={event}
                rules={rules}
                shape={shape}
                onChoose={(rule) => choose(event.name, rule)}
              />
            ))}
          </tbody>
        </table>
      ) : null}
      {names.length > shown.length ? (
        <Button weight="quiet" onPress={() => setShowsAll(true)}>
          Show all {formatCount(names.length)} event names
        </Button>
      ) : null}
      {found && found.left > 0 ? (
        <p className={styles.note}>
          {formatCounted(found.left, 'rarer event name')} more {found.left === 1 ? 'is' : 'are'} not listed
          and get no category.
        </p>
      ) : null}
    </section>
  );
}

function sumWords({ names, read, isWhole }: EventNames, rules: EventRules): string {
  const proposed = names.filter((event) => !rules.has(event.name) && ruleOf(event, rules) !== null).length;
  const open = names.filter((event) => event.categories.length === 0 && ruleOf(event, rules) === null).length;
  const where = isWhole ? 'in the file' : `in the first ${formatCounted(read, 'record')}`;
  return [
    `${formatCounted(names.length, 'event name')} ${where}`,
    proposed > 0 ? `${formatCount(proposed)} proposed: check them` : '',
    open > 0 ? `${formatCount(open)} without a category` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

type RowProps = {
  event: EventName;
  rules: EventRules;
  shape: ExportProbe;
  onChoose(rule: EventRule | null): void;
};

function Row({ event, rules, shape, onChoose }: RowProps) {
  const { name, count } = event;
  const chosen = rules.get(name);
  const rule = ruleOf(event, rules);
  const proposed = event.categories.length > 0 ? null : proposeRule(name);
  const label = rule ? categoryLabel(rule.category) : presetWords(event);
  const choices: Choice[] = [
    { id: '', label: undoWords(event, proposed) },
    ...categories.map((id) => ({ id, label: categoryLabel(id) })),
  ];
  const pick = (id: string | undefined) => {
    if (id === undefined) return;
    if (id === '') onChoose(null);
    else onChoose({ category: id as Category, access: startMeaning(id as Category, rule) });
  };
  return (
    <tr>
      <td className={styles.name}>
        <Recorded text={name} />
      </td>
      <td className={screen.number}>{formatCount(count)}</td>
      <td className={choice.pick} data-none={rule === null && event.categories.length === 0}>
        <PickList
          name={`Category of ${name}: ${label}`}
          search="Search categories"
          choices={choices}
          picked={[chosen ? chosen.category : '']}
          several={false}
          onPick={([id]) => pick(id)}
        >
          {label}
        </PickList>
        <p className={choice.why}>{why(event, chosen !== undefined, proposed?.words ?? [], shape)}</p>
      </td>
      <td className={choice.pick}>
        {rule && accessCategories.includes(rule.category) ? (
          <PickList
            name={`What the values of ${name} say: ${meaningWords[rule.access ?? 'none'][0]}`}
            search="Search meanings"
            choices={meanings}
            picked={[rule.access ?? 'none']}
            several={false}
            onPick={([id]) => {
              if (id !== undefined)
                onChoose({ category: rule.category, access: id === 'none' ? null : (id as AccessMeaning) });
            }}
          >
            {meaningWords[rule.access ?? 'none'][0]}
          </PickList>
        ) : null}
      </td>
    </tr>
  );
}

const meaningWords: Record<AccessMeaning | 'none', [label: string, meaning: string]> = {
  set: ['Rights before and after', 'old value → new value'],
  add: ['A right that is added', 'the new value'],
  remove: ['A right that is taken away', 'the old value'],
  leave: ['All rights end', 'whatever was held until then'],
  owner: ['The new owner', 'ownership passes on'],
  none: ['Nothing', 'they are no rights'],
};
const meanings: Choice[] = (['set', 'add', 'remove', 'leave', 'owner', 'none'] as const).map((id) => ({
  id,
  label: meaningWords[id][0],
  aside: meaningWords[id][1],
}));

/** What values of a category mean until somebody says otherwise. */
function startMeaning(category: Category, before: EventRule | null): AccessMeaning | null {
  if (!accessCategories.includes(category)) return null;
  if (before?.access && accessCategories.includes(before.category)) return before.access;
  return category === 'access.owner' ? 'owner' : category === 'access.granted' ? 'add' : 'set';
}

function presetWords({ categories }: EventName): string {
  if (categories.length === 0) return 'No category';
  return categories.map(categoryLabel).join(' or ');
}

function undoWords(event: EventName, proposed: EventRule | null): string {
  if (event.categories.length > 0) return `As the preset reads it: ${presetWords(event)}`;
  return proposed ? `As proposed: ${categoryLabel(proposed.category)}` : 'No category';
}

/** Where the category comes from. */
function why(event: EventName, isChosen: boolean, words: string[], shape: ExportProbe): string {
  if (isChosen) return 'Chosen by you.';
  if (event.categories.length > 0) return `As ${shape.recognised?.name ?? 'the opened mapping'} reads it.`;
  if (words.length === 0) return '';
  return `Proposed, because of ${words.map((word) => `“${word}”`).join(' and ')} in the name.`;
}

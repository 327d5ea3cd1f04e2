// The first step of a pack (framework, period, events) and the last two (people, create).

import { type CalendarDate, parseDate } from '@internationalized/date';
import { useState } from 'react';
import { categories, frameworks } from '#core/model.ts';
import { nextRequest } from '#core/recipe-model.ts';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { DayField } from '../controls/day-field.tsx';
import field from '../controls/field.module.css';
import { Icon } from '../controls/icon.tsx';
import { PickList } from '../controls/pick-list.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { connection, queries, useAnswer } from '../engine/engine.ts';
import { FileChoice } from '../review/file-choice.tsx';
import { categoryLabel } from '../words/categories.ts';
import { errorOf } from '../words/errors.ts';
import { frameworkNames } from '../words/frameworks.ts';
import { Recorded } from '../words/recorded.tsx';
import { changeDraft, type Problems, requestOf, takeRequest, useDraft } from './draft.ts';
import styles from './evidence-screen.module.css';
import { Options } from './options.tsx';
import form from './pack-form.module.css';
import { SectionList } from './section-list.tsx';

type Props = { problems: Problems };

export function ScopeStep({ problems }: Props) {
  const draft = useDraft();
  const { filter } = useAddress();
  return (
    <>
      <BeginFrom />
      <Options
        label="Framework"
        value={draft.framework}
        options={frameworks.map((value) => ({
          value,
          word: frameworkNames[value].name,
          aside: frameworkNames[value].edition,
        }))}
        onChange={(framework) => changeDraft({ framework, controls: [], conclusions: {} })}
      />
      <PeriodDates problem={problems.period} />
      {filter === '' ? null : (
        <Options
          label="Events"
          value={draft.filtered ? 'filtered' : 'all'}
          options={[
            { value: 'all', word: 'All of the period' },
            { value: 'filtered', word: 'Only those that match the filter', aside: filter },
          ]}
          onChange={(which) => changeDraft({ filtered: which === 'filtered' })}
        />
      )}
      <SectionList />
    </>
  );
}

/** Takes over a saved recipe or an earlier pack, as it was or for the period that follows it. */
function BeginFrom() {
  const recipes = useAnswer('recipes.list', {}).data ?? [];
  const packs = useAnswer('packs.list', {}).data ?? [];
  const [problem, setProblem] = useState<string | null>(null);
  const known = [
    ...recipes.map(({ name, request }) => ({ id: `r ${name}`, label: name, request })),
    ...packs.slice(0, 20).map(({ packId, request, at }) => ({
      id: `p ${packId} ${at}`,
      label: `${frameworkNames[request.framework].name}, ${request.from} to ${request.to}`,
      request,
    })),
  ];
  if (known.length === 0) return null;
  const take = (id: string | undefined, next: boolean) => {
    const found = known.find((one) => one.id === id);
    if (!found) return;
    setProblem(null);
    try {
      const request = next ? nextRequest(found.request) : found.request;
      takeRequest(request);
      go({ from: request.from, to: request.to, zone: request.zone, filter: request.filter }, 'replace');
    } catch (thrown) {
      setProblem(errorOf(thrown).message);
    }
  };
  const choices = known.map(({ id, label, request }) => ({
    id,
    label,
    aside: id.startsWith('r ') ? `${request.from} to ${request.to}` : 'pack',
  }));
  const one = (name: string, next: boolean) => (
    <PickList
      name={name}
      search="Find a recipe or pack"
      choices={choices}
      picked={[]}
      several={false}
      onPick={([id]) => take(id, next)}
    >
      {name}
    </PickList>
  );
  return (
    <div className={styles.ways}>
      {one('Begin from an earlier pack', false)}
      {one('Next period of an earlier pack', true)}
      {problem === null ? null : <span className={field.error}>{problem}</span>}
    </div>
  );
}

/** The window's own period, asked for here because a pack needs both dates. */
function PeriodDates({ problem }: { problem: string | undefined }) {
  const { from, to, zone } = useAddress();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out with the other labels
    <div
      role="group"
      aria-labelledby="pack-period"
      aria-describedby="pack-period-hint"
      className={field.field}
    >
      <span id="pack-period" className={field.label}>
        Period
      </span>
      <div className={form.pair}>
        <DayField
          label="From"
          value={asDay(from)}
          onChange={(day) => go({ from: day?.toString() ?? null }, 'replace')}
        />
        <DayField
          label="To, included"
          value={asDay(to)}
          onChange={(day) => go({ to: day?.toString() ?? null }, 'replace')}
        />
      </div>
      <p id="pack-period-hint" className={problem ? field.error : field.hint}>
        {problem ?? `Whole days in ${zone}. This is the period of the whole window.`}
      </p>
    </div>
  );
}

export function PeopleStep({ problems }: Props) {
  const draft = useDraft();
  const keptWords =
    draft.keptCategories.length === 0
      ? 'Keep nobody by category'
      : `Keep who acts in ${draft.keptCategories.map(categoryLabel).join(', ')}`;
  return (
    <>
      <div className={form.pair}>
        <TextLine
          label="Organisation"
          value={draft.organisation}
          onChange={(organisation) => changeDraft({ organisation })}
          maxLength={200}
        />
        <TextLine
          label="Prepared by"
          value={draft.preparedBy}
          onChange={(preparedBy) => changeDraft({ preparedBy })}
          maxLength={200}
          hint="Both are printed on the cover; what is empty is printed as “not stated”."
        />
      </div>
      <div className={form.pair}>
        <div className={field.field}>
          <span className={field.label}>People who left or moved (optional)</span>
          <FileChoice which="leavers" name="Leavers" columns="user and date" />
          <p className={field.hint}>
            Section 8 tests whether their rights were gone in time. A column “kind” says left or moved.
          </p>
        </div>
        <TextLine
          label="Days to take a right away"
          value={draft.slaDays}
          onChange={(slaDays) => changeDraft({ slaDays })}
          error={problems.slaDays}
          hint="Empty: as in the settings."
          numeric
        />
      </div>
      <Options
        label="Names"
        value={draft.redact ? 'some' : 'all'}
        options={[
          { value: 'all', word: 'Everybody stays named' },
          { value: 'some', word: 'Pseudonyms for people outside the scope', aside: 'Person-7F3A' },
        ]}
        onChange={(which) => changeDraft({ redact: which === 'some' })}
      />
      {draft.redact ? (
        <>
          <TextArea
            label="Who stays named (optional)"
            value={draft.kept}
            onChange={(kept) => changeDraft({ kept })}
            hint="A name a line, as the log has it. Who prepared the pack stays named, too."
          />
          <div className={styles.ways}>
            <PickList
              name={keptWords}
              search="Find a category"
              choices={categories.map((id) => ({ id, label: categoryLabel(id), aside: id }))}
              picked={draft.keptCategories}
              several
              onPick={(ids) =>
                changeDraft({ keptCategories: categories.filter((category) => ids.includes(category)) })
              }
            >
              {keptWords}
            </PickList>
          </div>
          <TextArea
            label="Further names to replace (optional)"
            value={draft.also}
            onChange={(also) => changeDraft({ also })}
            hint="Display names and the like, a line each: raw records can hold names that no event is recorded under."
          />
          <p className={field.hint}>
            A key that opens single names is written beside the pack and is no part of it. Keep it apart.
          </p>
        </>
      ) : null}
    </>
  );
}

export function CreateStep({ problems }: Props) {
  const draft = useDraft();
  const [error, setError] = useState<string | null>(null);
  const choose = () => {
    setError(null);
    window.exhibit.chooseFolder().then(
      (into) => into && changeDraft({ into }),
      (thrown) => setError(errorOf(thrown).message),
    );
  };
  const said = error ?? problems.into;
  return (
    <>
      <div className={field.field}>
        <span className={field.label}>Folder that receives the pack</span>
        <div className={form.folder}>
          <Button onPress={choose}>
            {draft.into === null ? 'Choose folder…' : 'Choose another folder…'}
          </Button>
          {draft.into === null ? null : (
            <span className={form.chosen}>
              <Icon name="folder" size={14} /> <Recorded text={draft.into.name} />
            </span>
          )}
        </div>
        {said ? <p className={field.error}>{said}</p> : null}
      </div>
      <SaveRecipe />
    </>
  );
}

function SaveRecipe() {
  const { from, to, zone, filter } = useAddress();
  const draft = useDraft();
  const [name, setName] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  async function save(): Promise<void> {
    if (name.trim() === '' || from === null || to === null)
      return setSaid('Give the recipe a name, and the pack a period.');
    try {
      const client = await connection.client();
      const request = requestOf(draft, { from, to, zone, filter });
      await client.command('recipes.save', { name: name.trim(), request } as Parameters<
        typeof client.command<'recipes.save'>
      >[1]);
      await queries.invalidateQueries({ queryKey: ['recipes.list'] });
      setSaid(`Saved as “${name.trim()}”.`);
    } catch (thrown) {
      setSaid(`The recipe was not saved. ${errorOf(thrown).message}`);
    }
  }
  return (
    <div className={field.field}>
      <TextLine
        label="Save these answers as a recipe (optional)"
        value={name}
        onChange={setName}
        maxLength={200}
        hint="Used again in the first step, also for the next period."
      />
      <div className={styles.ways}>
        <Button onPress={() => void save()}>Save recipe</Button>
        {said === null ? null : <span role="status">{said}</span>}
      </div>
    </div>
  );
}

function asDay(date: string | null): CalendarDate | null {
  try {
    return date === null ? null : parseDate(date);
  } catch {
    return null;
  }
}

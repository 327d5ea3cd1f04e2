// The fourth step of a pack: how its sample is drawn, how large it is and why, and what is tested on each row.

import { categories } from '#core/model.ts';
import { allocations, attributeSize, type StratumKey, stratumKeys } from '#core/sampling-model.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { PickList } from '../controls/pick-list.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { categoryLabel } from '../words/categories.ts';
import { useControls } from './controls.ts';
import { changeDraft, type Method, ownSize, type Problems, useDraft } from './draft.ts';
import styles from './evidence-screen.module.css';
import { Options } from './options.tsx';
import form from './pack-form.module.css';

const strataWords: Record<StratumKey, string> = {
  category: 'Category',
  actorType: 'Actor type',
  source: 'Source',
  month: 'Month (UTC)',
  action: 'Action',
  outcome: 'Outcome',
};

export function SamplingStep({ problems }: { problems: Problems }) {
  const draft = useDraft();
  const sampledOf =
    draft.categories.length === 0
      ? 'Of all events of the pack'
      : `Of ${draft.categories.map(categoryLabel).join(', ')}`;
  const isDrawn = draft.method !== 'none' && draft.method !== 'judgemental';
  return (
    <>
      <Options<Method>
        label="Sample"
        value={draft.method}
        options={[
          { value: 'none', word: 'None' },
          { value: 'random', word: 'Random', aside: 'the first n by hash of seed and event' },
          { value: 'stratified', word: 'Stratified', aside: 'the same within each stratum' },
          { value: 'systematic', word: 'Systematic', aside: 'every k-th in order of time' },
          { value: 'judgemental', word: 'Judgemental', aside: 'rows that you name' },
        ]}
        onChange={(method) => changeDraft({ method })}
      />
      {draft.method === 'stratified' ? <Strata /> : null}
      {isDrawn ? <Size problems={problems} /> : null}
      {draft.method === 'judgemental' ? (
        <TextArea
          label="Events, a line each: the id, then why"
          value={draft.chosen}
          onChange={(chosen) => changeDraft({ chosen })}
          error={problems.chosen}
          rows={5}
          hint="The id stands in the detail of an event and in every table of a pack."
        />
      ) : null}
      {draft.method === 'none' ? null : (
        <>
          <div className={styles.ways}>
            <PickList
              name={sampledOf}
              search="Find a category"
              choices={categories.map((id) => ({ id, label: categoryLabel(id), aside: id }))}
              picked={draft.categories}
              several
              onPick={(ids) => changeDraft({ categories: categories.filter((one) => ids.includes(one)) })}
            >
              {sampledOf}
            </PickList>
          </div>
          <TextArea
            label="What is tested on each row (optional)"
            value={draft.attributes}
            onChange={(attributes) => changeDraft({ attributes })}
            hint="An attribute a line, such as “approved before”. They head the columns to tick."
          />
        </>
      )}
      {isDrawn ? (
        <TextArea
          label="Rows that could not be tested (optional)"
          value={draft.replaced}
          onChange={(replaced) => changeDraft({ replaced })}
          error={problems.chosen}
          rows={2}
          hint="A line each: the id, then why. The next rank takes the place; the pack logs both."
        />
      ) : null}
    </>
  );
}

function Strata() {
  const draft = useDraft();
  return (
    <div className={styles.ways}>
      <PickList
        name={`Strata by ${strataWords[draft.strata].toLowerCase()}`}
        search="Find a column"
        choices={stratumKeys.map((id) => ({ id, label: strataWords[id] }))}
        picked={[draft.strata]}
        several={false}
        onPick={([id]) => changeDraft({ strata: stratumKeys.find((key) => key === id) ?? draft.strata })}
      >
        {`Strata by ${strataWords[draft.strata].toLowerCase()}`}
      </PickList>
      {allocations.map((allocation) => (
        <Button
          key={allocation}
          weight={draft.allocation === allocation ? 'plain' : 'quiet'}
          aria-pressed={draft.allocation === allocation}
          onPress={() => changeDraft({ allocation })}
        >
          {allocation === 'fixed' ? 'As many of each' : 'In proportion'}
        </Button>
      ))}
    </div>
  );
}

function Size({ problems }: { problems: Problems }) {
  const draft = useDraft();
  const sizes = useControls(draft.framework)?.sizes;
  const formulas = (sizes?.attributes ?? []).map(({ confidence, tolerable }) => ({
    id: `f ${confidence} ${tolerable}`,
    label: `${confidence} % confidence, ${tolerable} % tolerable`,
    size: attributeSize(confidence, tolerable),
    basis: { kind: 'formula' as const, confidence, tolerable },
  }));
  const frequencies = (sizes?.frequencies ?? []).map(({ id, label, least, most }) => ({
    id: `q ${id}`,
    label: `${label}, ${least === most ? least : `${least} to ${most}`} rows`,
    size: most,
    basis: { kind: 'frequency' as const, frequency: label, least, most },
  }));
  const presets = [...frequencies, ...formulas];
  return (
    <>
      <div className={form.pair}>
        <TextLine
          label="Sample size"
          value={draft.sample}
          onChange={(sample) =>
            changeDraft({ sample, basis: draft.basis.kind === 'formula' ? ownSize : draft.basis })
          }
          error={problems.sample}
          hint={
            draft.method === 'stratified' && draft.allocation === 'fixed'
              ? 'Rows of each stratum.'
              : 'Rows in all.'
          }
          numeric
        />
        <TextLine
          label="Seed"
          value={draft.seed}
          onChange={(seed) => changeDraft({ seed })}
          error={problems.seed}
          maxLength={200}
          hint="The same seed on the same log draws the same rows."
        />
      </div>
      <div className={styles.ways}>
        <PickList
          name="Usual sizes"
          search="Find a size"
          choices={presets.map(({ id, label, size }) => ({ id, label, aside: String(size) }))}
          picked={[]}
          several={false}
          onPick={([id]) => {
            const found = presets.find((one) => one.id === id);
            if (found) changeDraft({ sample: String(found.size), basis: found.basis });
          }}
          note="No standard prescribes sizes; the auditor’s word counts."
        >
          Usual sizes
        </PickList>
        <span className={field.hint}>
          {draft.basis.kind === 'given'
            ? 'Size of your own, or the auditor’s.'
            : draft.basis.kind === 'formula'
              ? `Attribute formula, ${draft.basis.confidence} % and ${draft.basis.tolerable} %.`
              : `By frequency: ${draft.basis.frequency}.`}
        </span>
      </div>
    </>
  );
}

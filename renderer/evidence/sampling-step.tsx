// The fourth step of a pack: its samples, for each what it is drawn from, how, how large it is and why, and what is tested
// on each row.

import { type Category, categories } from '#core/model.ts';
import {
  allocations,
  attributeSize,
  mostSamples,
  type StratumKey,
  sampleId,
  stratumKeys,
} from '#core/sampling-model.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { PickList } from '../controls/pick-list.tsx';
import screen from '../controls/screen.module.css';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { categoryLabel } from '../words/categories.ts';
import { useControls } from './controls.ts';
import {
  addSample,
  changeSample,
  ownSize,
  type Problems,
  removeSample,
  type SampleDraft,
  useDraft,
} from './draft.ts';
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
  const { samples } = useDraft();
  return (
    <>
      {samples.length === 0 ? (
        <p className={screen.muted}>
          No sample: the pack lists its populations whole. A sample can be added for each test.
        </p>
      ) : null}
      {samples.map((sample, at) => (
        <OneSample key={sample.key} sample={sample} id={sampleId(at)} problems={problems} />
      ))}
      <div className={styles.ways}>
        <Button onPress={addSample} isDisabled={samples.length >= mostSamples}>
          {samples.length === 0 ? 'Add a sample' : 'Add another sample'}
        </Button>
      </div>
    </>
  );
}

type Props = { sample: SampleDraft; problems: Problems };

function OneSample({ sample, id, problems }: Props & { id: string }) {
  const { key, method } = sample;
  const isDrawn = method !== 'judgemental';
  return (
    <section className={form.sample} aria-label={`Sample ${id}`}>
      <div className={screen.heading}>
        <h2>{id}</h2>
        <Button weight="quiet" aria-label={`Remove ${id}`} onPress={() => removeSample(key)}>
          Remove
        </Button>
      </div>
      <PopulationChoice sample={sample} />
      <Options
        label="How it is drawn"
        value={method}
        options={[
          { value: 'random', word: 'Random', aside: 'drawn by the seed; each row has the same chance' },
          { value: 'stratified', word: 'Stratified', aside: 'the same, within each group of rows' },
          { value: 'systematic', word: 'Systematic', aside: 'one in so many, in order of time' },
          { value: 'judgemental', word: 'Judgemental', aside: 'rows that you name' },
        ]}
        onChange={(chosen) => changeSample(key, { method: chosen })}
      />
      {method === 'stratified' ? <Strata sample={sample} /> : null}
      {isDrawn ? (
        <Size sample={sample} problems={problems} />
      ) : (
        <TextArea
          label="Events, a line each: the id, then why"
          value={sample.chosen}
          onChange={(chosen) => changeSample(key, { chosen })}
          error={problems[`chosen ${key}`]}
          rows={5}
          hint="The id stands in the detail of an event and in every table of a pack."
        />
      )}
      <TextArea
        label="What is tested on each row (optional)"
        value={sample.attributes}
        onChange={(attributes) => changeSample(key, { attributes })}
        hint="An attribute a line, such as “approved before”. They head the columns to tick."
      />
      {isDrawn ? (
        <TextArea
          label="Rows that could not be tested (optional)"
          value={sample.replaced}
          onChange={(replaced) => changeSample(key, { replaced })}
          error={problems[`chosen ${key}`]}
          rows={2}
          hint="A line each: the id, then why. The next rank takes the place; the pack logs both."
        />
      ) : null}
    </section>
  );
}

/** What the sample is drawn from: everything, a population of the pack, or categories. */
function PopulationChoice({ sample }: { sample: SampleDraft }) {
  const areas = useControls(useDraft().framework)?.areas ?? [];
  const { key, categories: chosen } = sample;
  const isArea = ({ categories: own }: { categories: readonly Category[] }) =>
    own.length === chosen.length && own.every((category) => chosen.includes(category));
  const area = areas.find(isArea);
  const population = area
    ? `${area.id} ${area.title}`
    : chosen.length === 0
      ? 'P-00 All events'
      : `Categories: ${chosen.map(categoryLabel).join(', ')}`;
  return (
    <div className={field.field}>
      <span className={field.label}>Population</span>
      <div className={styles.ways}>
        <PickList
          name={`Population: ${population}`}
          search="Find a population"
          choices={[
            { id: 'P-00', label: 'P-00 All events' },
            ...areas.map(({ id, title }) => ({ id, label: `${id} ${title}` })),
          ]}
          picked={area ? [area.id] : chosen.length === 0 ? ['P-00'] : []}
          several={false}
          onPick={([picked]) =>
            changeSample(key, { categories: [...(areas.find(({ id }) => id === picked)?.categories ?? [])] })
          }
        >
          {population}
        </PickList>
        <PickList
          name="Choose by category"
          search="Find a category"
          choices={categories.map((id) => ({ id, label: categoryLabel(id), aside: id }))}
          picked={chosen}
          several
          onPick={(ids) => changeSample(key, { categories: categories.filter((one) => ids.includes(one)) })}
        >
          By category
        </PickList>
      </div>
    </div>
  );
}

function Strata({ sample: draft }: { sample: SampleDraft }) {
  return (
    <div className={styles.ways}>
      <PickList
        name={`Strata by ${strataWords[draft.strata].toLowerCase()}`}
        search="Find a column"
        choices={stratumKeys.map((id) => ({ id, label: strataWords[id] }))}
        picked={[draft.strata]}
        several={false}
        onPick={([id]) =>
          changeSample(draft.key, { strata: stratumKeys.find((key) => key === id) ?? draft.strata })
        }
      >
        {`Strata by ${strataWords[draft.strata].toLowerCase()}`}
      </PickList>
      {allocations.map((allocation) => (
        <Button
          key={allocation}
          weight={draft.allocation === allocation ? 'plain' : 'quiet'}
          aria-pressed={draft.allocation === allocation}
          onPress={() => changeSample(draft.key, { allocation })}
        >
          {allocation === 'fixed' ? 'As many of each' : 'In proportion'}
        </Button>
      ))}
    </div>
  );
}

function Size({ sample: draft, problems }: Props) {
  const { key } = draft;
  const sizes = useControls(useDraft().framework)?.sizes;
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
          value={draft.size}
          onChange={(size) =>
            changeSample(key, { size, basis: draft.basis.kind === 'formula' ? ownSize : draft.basis })
          }
          error={problems[`size ${key}`]}
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
          onChange={(seed) => changeSample(key, { seed })}
          error={problems[`seed ${key}`]}
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
            if (found) changeSample(key, { size: String(found.size), basis: found.basis });
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

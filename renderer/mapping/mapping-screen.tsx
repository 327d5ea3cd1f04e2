// Mapping: which column of an export is which field of an event. Proposed, changed by a person, and shown at once on
// the first records; nothing is stored before the import.

import { useEffect, useRef } from 'react';
import {
  type MappingField,
  ownDraft,
  readingOf,
  setDates,
  setField,
  setZone,
} from '#core/mapping/draft-preset.ts';
import { withEventRules } from '#core/mapping/event-rules.ts';
import type { ExportProbe } from '#core/mapping/export-probe.ts';
import type { Preset } from '#core/mapping/form.ts';
import { go } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import {
  changeIntake,
  type Draft,
  type Intake,
  mappedTogether,
  unknownShape,
  useIntake,
} from '../sources/intake.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { ColumnList } from './column-list.tsx';
import { EventNameList } from './event-name-list.tsx';
import { FieldList } from './field-list.tsx';
import { Finish } from './finish.tsx';
import styles from './mapping-screen.module.css';
import { Preview } from './preview.tsx';
import { openQuestions, Questions } from './questions.tsx';
import { useEventNames } from './use-event-names.ts';

export function MappingScreen({ id }: { id: string }) {
  const taken = useIntake();
  const intake = taken.find(({ grant }) => grant.id === id);
  const shape = intake && shapeOf(intake);
  if (!intake || !shape) {
    return (
      <div className={screen.scroll}>
        <div className={screen.column}>
          <Notice kind="plain">
            {intake && intake.probe === null && intake.error === null
              ? 'The file is being looked at…'
              : 'This file is not waiting for a mapping. Choose it again to map it.'}
          </Notice>
          <div>
            <Button onPress={() => go({ map: null })}>Back to Sources</Button>
          </div>
        </div>
      </div>
    );
  }
  return <Mapping key={id} intake={intake} shape={shape} together={mappedTogether(taken, intake)} />;
}

/** The shape that is mapped: the unknown one, else the only one. */
const shapeOf = (intake: Intake): ExportProbe | null =>
  unknownShape(intake) ?? intake.probe?.shapes[0] ?? null;

type Props = { intake: Intake; shape: ExportProbe; together: Intake[] };

function Mapping({ intake, shape, together }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const draft = intake.draft ?? startDraft(shape);
  const { preset } = draft;
  const answer = useEventNames(intake.grant.id, shape, preset);
  const found = readingOf(preset, 'action').kind === 'none' || !answer.data ? null : answer.data;
  const ruled = withEventRules(preset, found?.names ?? [], draft.rules);
  const change = (next: Partial<Draft>) => changeIntake(intake.grant.id, { draft: { ...draft, ...next } });
  const pick = (field: MappingField, name: string | null) => {
    const { times, outcomes } = shape.proposal;
    let next = setField(preset, field, name, outcomes);
    const proven = field === 'time' && name !== null ? times[name]?.order : null;
    if (proven === 'day-first' || proven === 'month-first') next = setDates(next, proven);
    change({ preset: next, touched: [...new Set([...draft.touched, field])] });
  };
  const what = shape.format === 'csv' ? 'columns' : 'keys';
  return (
    <div className={screen.scroll}>
      <div className={`${screen.column} ${styles.page}`}>
        <header className={styles.head}>
          <Button weight="quiet" onPress={() => go({ map: null })}>
            Back to Sources
          </Button>
          <h2 ref={heading} tabIndex={-1} className={styles.title}>
            Map <Recorded text={shape.file} />
          </h2>
          <p className={styles.lead}>
            {shape.recognised
              ? `${shape.recognised.name} reads this export. What you change here makes a mapping of your own; the preset stays as it is.`
              : `No preset knows this export. Below is what its ${what} probably mean: check each, change what is wrong. `}
            {together.length > 1
              ? ` ${formatCounted(together.length, 'chosen file')} have these ${what}.`
              : ''}
          </p>
        </header>
        <div className={styles.halves}>
          <section aria-labelledby="map-columns" className={styles.half}>
            <div className={screen.heading}>
              <h2 id="map-columns">{formatCounted(shape.names.length, what.slice(0, -1))} in the file</h2>
            </div>
            <ColumnList shape={shape} preset={preset} />
          </section>
          <section aria-labelledby="map-fields" className={styles.half}>
            <div className={screen.heading}>
              <h2 id="map-fields">Fields of an event</h2>
            </div>
            <FieldList shape={shape} preset={preset} touched={draft.touched} onPick={pick} />
          </section>
        </div>
        <Questions
          shape={shape}
          preset={preset}
          onZone={(zone) => change({ preset: setZone(preset, zone) })}
          onDates={(dates) => change({ preset: setDates(preset, dates) })}
        />
        <EventNameList
          shape={shape}
          found={found}
          problem={answer.error ? errorOf(answer.error).message : null}
          rules={draft.rules}
          onRules={(rules) => change({ rules })}
        />
        <Preview
          grant={intake.grant.id}
          shape={shape}
          preset={ruled}
          waits={missing(shape, preset).length > 0}
        />
        <Finish
          draft={draft}
          shape={shape}
          together={together}
          preset={ruled}
          missing={missing(shape, preset)}
          isReading={answer.isFetching}
          onChange={change}
          onOpen={(opened) => {
            const variant = opened.variants.find(({ format }) => fits(format, shape));
            if (!variant) throw new Error(`That mapping is not for ${shape.format.toUpperCase()} files.`);
            const preset = ownDraft(opened, variant);
            change({ preset, vendor: opened.vendor, touched: [], rules: new Map(), keeps: null });
          }}
        />
      </div>
    </div>
  );
}

const fits = (format: 'csv' | 'json', shape: ExportProbe): boolean =>
  (shape.format === 'csv') === (format === 'csv');

function startDraft(shape: ExportProbe): Draft {
  const { preset } = shape.proposal;
  const blank = { preset, touched: [], name: '', rules: new Map(), keeps: null };
  if (!shape.recognised) return { ...blank, vendor: shape.source, source: shape.source };
  const source = shape.recognised.text === null ? `${shape.source}, own mapping` : shape.source;
  return { ...blank, vendor: preset.vendor, source };
}

/** What must be said before anything can be imported. */
function missing(shape: ExportProbe, preset: Preset): string[] {
  const fields = [
    ...(readingOf(preset, 'time').kind === 'none' ? ['Choose where the time is read from.'] : []),
    ...(readingOf(preset, 'action').kind === 'none' ? ['Choose where the event name is read from.'] : []),
  ];
  return [...fields, ...openQuestions(shape, preset)];
}

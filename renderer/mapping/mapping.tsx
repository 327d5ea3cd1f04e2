// A mapping in the making: the columns found, the fields they become, the questions left open, what event names mean, and
// at once the resulting events. Who shows it says where the records come from and what is done in the end.

import { type ReactNode, useEffect, useRef } from 'react';
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
import screen from '../controls/screen.module.css';
import type { Draft } from '../sources/intake.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { ColumnList } from './column-list.tsx';
import { EventNameList } from './event-name-list.tsx';
import { FieldList } from './field-list.tsx';
import styles from './mapping-screen.module.css';
import { Preview } from './preview.tsx';
import { openQuestions, Questions } from './questions.tsx';
import type { RecordsFrom } from './records-from.ts';
import { useEventNames } from './use-event-names.ts';

/** What the end of the screen needs of the rest of it. */
export type FinishProps = {
  draft: Draft;
  shape: ExportProbe;
  /** The mapping with what its event names mean. */
  preset: Preset;
  /** The event names are still being read. */
  isReading: boolean;
  /** What must be said first. */
  missing: string[];
  onChange(change: Partial<Draft>): void;
  onOpen(preset: Preset): void;
};

type Props = {
  title: string;
  lead: ReactNode;
  from: RecordsFrom;
  shape: ExportProbe;
  draft: Draft;
  onDraft(draft: Draft): void;
  finish(props: FinishProps): ReactNode;
};

/** The mapping itself: columns, fields, questions, event names, the resulting events, and what is done with it. */
export function Mapping({ title, lead, from, shape, draft, onDraft, finish }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { preset } = draft;
  const answer = useEventNames(from, shape, preset);
  const found = readingOf(preset, 'action').kind === 'none' || !answer.data ? null : answer.data;
  const ruled = withEventRules(preset, found?.names ?? [], draft.rules);
  const change = (next: Partial<Draft>) => onDraft({ ...draft, ...next });
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
            {title} <Recorded text={shape.file} />
          </h2>
          <p className={styles.lead}>{lead}</p>
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
        <Preview from={from} shape={shape} preset={ruled} waits={missing(shape, preset).length > 0} />
        {finish({
          draft,
          shape,
          preset: ruled,
          missing: missing(shape, preset),
          isReading: answer.isFetching,
          onChange: change,
          onOpen: (opened) => {
            const variant = opened.variants.find(({ format }) => fits(format, shape));
            if (!variant) throw new Error(`That mapping is not for ${shape.format.toUpperCase()} files.`);
            const preset = ownDraft(opened, variant);
            change({ preset, vendor: opened.vendor, touched: [], rules: new Map(), keeps: null });
          },
        })}
      </div>
    </div>
  );
}

const fits = (format: 'csv' | 'json', shape: ExportProbe): boolean =>
  (shape.format === 'csv') === (format === 'csv');

/** What must be said before anything can be imported. */
function missing(shape: ExportProbe, preset: Preset): string[] {
  const fields = [
    ...(readingOf(preset, 'time').kind === 'none' ? ['Choose where the time is read from.'] : []),
    ...(readingOf(preset, 'action').kind === 'none' ? ['Choose where the event name is read from.'] : []),
  ];
  return [...fields, ...openQuestions(shape, preset)];
}

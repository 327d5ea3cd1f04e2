// What the file does not say and nobody may guess: the zone of its times, and which number of a date is the day.

import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { type DateOrder, datesOf, readingOf } from '#core/mapping/draft-preset.ts';
import type { ExportProbe } from '#core/mapping/export-probe.ts';
import type { Preset } from '#core/mapping/form.ts';
import type { TimeEvidence } from '#core/mapping/time-evidence.ts';
import field from '../controls/field.module.css';
import { Notice } from '../controls/notice.tsx';
import { type Choice, PickList } from '../controls/pick-list.tsx';
import screen from '../controls/screen.module.css';
import { zoneChoices } from '../frame/zones.ts';
import styles from './questions.module.css';

type Props = {
  shape: ExportProbe;
  preset: Preset;
  onZone(zone: string): void;
  onDates(order: DateOrder): void;
};

let zones: Choice[] | undefined;

export function Questions({ shape, preset, onZone, onDates }: Props) {
  const evidence = evidenceOf(shape, preset);
  if (!evidence) return null;
  const asksZone = evidence.withoutZone > 0;
  const { order, proof } = evidence;
  if (!asksZone && order === null) return null;
  zones ??= zoneChoices(new Date());
  return (
    <section aria-labelledby="map-times">
      <div className={screen.heading}>
        <h2 id="map-times">How its times are meant</h2>
      </div>
      <div className={styles.questions}>
        {asksZone ? (
          <div className={field.field}>
            <span className={field.label}>Which time zone are these times in?</span>
            <PickList
              name={`Time zone of the records: ${preset.zone?.replaceAll('_', ' ') ?? 'Choose a time zone'}`}
              search="Search time zones"
              choices={zones}
              picked={preset.zone === null ? [] : [preset.zone]}
              several={false}
              onPick={([picked]) => picked !== undefined && onZone(picked)}
            >
              {preset.zone?.replaceAll('_', ' ') ?? 'Choose a time zone'}
            </PickList>
            <span className={field.hint}>
              Times like “{evidence.zoneExample}” do not say it. Look it up in the vendor’s documentation or
              ask who exported the file.
            </span>
          </div>
        ) : null}
        {order === 'day-first' || order === 'month-first' ? (
          <Notice kind="plain">
            Dates have the {order === 'day-first' ? 'day' : 'month'} first: “{proof}” proves it.
          </Notice>
        ) : null}
        {order === 'contradictory' ? (
          <Notice kind="attention">
            Its dates contradict each other: {proof}. Dates that can mean two days are rejected with a reason.
          </Notice>
        ) : null}
        {order === 'open' ? (
          <RadioGroup
            className={field.field as string}
            value={datesOf(preset)}
            onChange={(picked) => onDates(picked as DateOrder)}
          >
            <Label className={field.label}>Which number in “{proof}” is the day?</Label>
            <div className={styles.options}>
              <Option value="day-first">The first: {readAs(proof, 'day-first')}</Option>
              <Option value="month-first">The second: {readAs(proof, 'month-first')}</Option>
            </div>
            <span className={field.hint}>
              No date in the first records has a number beyond 12 that would prove it.
            </span>
          </RadioGroup>
        ) : null}
      </div>
    </section>
  );
}

function Option({ value, children }: { value: string; children: React.ReactNode }) {
  return (
    <Radio value={value} className={styles.option as string}>
      <span className={styles.ring} />
      <span>{children}</span>
    </Radio>
  );
}

/** The questions that still have no answer, as what to do. */
export function openQuestions(shape: ExportProbe, preset: Preset): string[] {
  const evidence = evidenceOf(shape, preset);
  if (!evidence) {
    if (readingOf(preset, 'time').kind !== 'name') return [];
    return ['No value of the chosen time column can be read as a time: choose another one.'];
  }
  return [
    ...(evidence.withoutZone > 0 && preset.zone === null ? ['Say which time zone the times are in.'] : []),
    ...(evidence.order === 'open' && datesOf(preset) === null
      ? ['Say which number of a date is the day.']
      : []),
  ];
}

/** What the values of the time's column say; null where it has no column, or one without times. */
function evidenceOf(shape: ExportProbe, preset: Preset): TimeEvidence | null {
  const reading = readingOf(preset, 'time');
  // Read from two columns, as it is proposed where they have the day and the time of day: the day is asked about.
  const day = reading.kind === 'rule' && !shape.recognised ? reading.names[0] : undefined;
  if (day !== undefined && Object.hasOwn(shape.proposal.times, day)) return shape.proposal.times[day] ?? null;
  if (reading.kind === 'rule')
    return shape.zoneless === null
      ? { times: 1, others: 0, withoutZone: 0, zoneExample: null, order: null, proof: null }
      : { times: 1, others: 0, withoutZone: 1, zoneExample: shape.zoneless, order: null, proof: null };
  if (reading.kind === 'none') return null;
  const { times } = shape.proposal;
  return Object.hasOwn(times, reading.name) ? (times[reading.name] ?? null) : null;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `3 April 2026` for a date like 03/04/2026. */
function readAs(date: string | null, order: DateOrder): string {
  const [, a, b, year] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/.exec(date ?? '') ?? [];
  const [day, month] = order === 'day-first' ? [a, b] : [b, a];
  return `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year ?? ''}`;
}

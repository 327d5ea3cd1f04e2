// The questions a pack answers to: framework, period, people, sampling, folder.

import { type CalendarDate, parseDate } from '@internationalized/date';
import { type ReactNode, useState } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { type Framework, frameworks } from '#core/model.ts';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { DayField } from '../controls/day-field.tsx';
import field from '../controls/field.module.css';
import { Icon } from '../controls/icon.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { errorOf } from '../words/errors.ts';
import { frameworkNames } from '../words/frameworks.ts';
import { Recorded } from '../words/recorded.tsx';
import { changeDraft, type Draft } from './draft.ts';
import styles from './pack-form.module.css';

type Props = { draft: Draft; problems: Partial<Record<string, string>> };

export function PackForm({ draft, problems }: Props) {
  return (
    <>
      <FrameworkChoice draft={draft} />
      <PeriodDates problem={problems.period} />
      <EventChoice draft={draft} />
      <div className={styles.pair}>
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
      <div className={styles.pair}>
        <TextLine
          label="Sample size (optional)"
          value={draft.sample}
          onChange={(sample) => changeDraft({ sample })}
          error={problems.sample}
          hint="Rows drawn from each population."
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
      <FolderChoice draft={draft} problem={problems.into} />
    </>
  );
}

function FrameworkChoice({ draft }: { draft: Draft }) {
  return (
    <RadioGroup
      className={field.field as string}
      value={draft.framework}
      onChange={(framework) => changeDraft({ framework: framework as Framework })}
    >
      <Label className={field.label}>Framework</Label>
      <div className={styles.options}>
        {frameworks.map((framework) => (
          <Option key={framework} value={framework} aside={frameworkNames[framework].edition}>
            {frameworkNames[framework].name}
          </Option>
        ))}
      </div>
    </RadioGroup>
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
      <div className={styles.pair}>
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

function EventChoice({ draft }: { draft: Draft }) {
  const { filter } = useAddress();
  if (filter === '') return null;
  return (
    <RadioGroup
      className={field.field as string}
      value={draft.filtered ? 'filtered' : 'all'}
      onChange={(which) => changeDraft({ filtered: which === 'filtered' })}
    >
      <Label className={field.label}>Events</Label>
      <div className={styles.options}>
        <Option value="all">All of the period</Option>
        <Option value="filtered" aside={filter}>
          Only those that match the filter
        </Option>
      </div>
    </RadioGroup>
  );
}

function Option({ value, aside, children }: { value: string; aside?: string; children: ReactNode }) {
  return (
    <Radio value={value} className={styles.option as string}>
      <span className={styles.ring} />
      <span>{children}</span>
      {aside ? (
        <span className={styles.aside}>
          <Recorded text={aside} />
        </span>
      ) : null}
    </Radio>
  );
}

function FolderChoice({ draft, problem }: { draft: Draft; problem: string | undefined }) {
  const [error, setError] = useState<string | null>(null);
  const choose = () => {
    setError(null);
    window.exhibit.chooseFolder().then(
      (into) => into && changeDraft({ into }),
      (thrown) => setError(errorOf(thrown).message),
    );
  };
  const said = error ?? problem;
  return (
    <div className={field.field}>
      <span className={field.label}>Folder that receives the pack</span>
      <div className={styles.folder}>
        <Button onPress={choose}>{draft.into === null ? 'Choose folder…' : 'Choose another folder…'}</Button>
        {draft.into === null ? null : (
          <span className={styles.chosen}>
            <Icon name="folder" size={14} /> <Recorded text={draft.into.name} />
          </span>
        )}
      </div>
      {said ? <p className={field.error}>{said}</p> : null}
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

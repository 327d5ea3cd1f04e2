// The form of what reviews of this workspace are measured by: working hours, dormancy, privileged rights, time allowed.

import { useState } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { Label } from 'react-aria-components/Label';
import type { ReviewSettings, WorkingHours } from '#core/review-model.ts';
import { parseWorkingHours } from '#core/working-hours.ts';
import { useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { errorOf } from '../words/errors.ts';
import { saveSettings } from './settings.ts';
import styles from './settings-choice.module.css';

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The settings as they are typed. */
type Typed = {
  days: string[];
  from: string;
  to: string;
  zone: string;
  dormantDays: string;
  privileged: string;
  slaDays: string;
};

function typed({ hours, dormantDays, privileged, slaDays }: ReviewSettings, zone: string): Typed {
  return {
    days: (hours?.days ?? []).map(String),
    from: clock(hours?.from ?? 480),
    to: clock(hours?.to ?? 1080),
    zone: hours?.zone ?? zone,
    dormantDays: String(dormantDays),
    privileged: privileged.join(', '),
    slaDays: String(slaDays),
  };
}

/** Reads them; throws an error with a sentence for the person. */
function read({ days, from, to, zone, dormantDays, privileged, slaDays }: Typed): ReviewSettings {
  const whole = (text: string, least: number, what: string): number => {
    const value = Number(text.trim());
    if (!/^\d{1,4}$/.test(text.trim()) || value < least)
      throw new Error(`${what} takes a whole number of days from ${least} to 9999.`);
    return value;
  };
  const hours: WorkingHours | null =
    days.length === 0
      ? null
      : parseWorkingHours(`${from.trim()}-${to.trim()}`, days.join(','), zone.trim() || 'UTC');
  return {
    hours,
    dormantDays: whole(dormantDays, 1, 'Dormant'),
    privileged: privileged
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    slaDays: whole(slaDays, 0, 'Time to take a right away'),
  };
}

type Props = { kept: ReviewSettings; onDone?: () => void };

/** The settings of this workspace to change; `onDone` closes what the form is in, where it is in something. */
export function SettingsForm({ kept, onDone }: Props) {
  const { zone } = useAddress();
  const [draft, setDraft] = useState(() => typed(kept, zone));
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaved, setSaved] = useState(false);
  const change = (part: Partial<Typed>) => {
    setSaved(false);
    setDraft({ ...draft, ...part });
  };
  const save = async (): Promise<void> => {
    try {
      setProblem(null);
      await saveSettings(read(draft));
      setSaved(true);
      onDone?.();
    } catch (thrown) {
      setProblem(errorOf(thrown).message);
    }
  };
  return (
    <form
      className={`${styles.form} ${onDone === undefined ? styles.inPage : ''}`}
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void save();
      }}
    >
      <CheckboxGroup
        className={field.field as string}
        value={draft.days}
        onChange={(days) => change({ days })}
      >
        <Label className={field.label}>Working days (none: hours are not looked at)</Label>
        <div className={styles.days}>
          {dayNames.map((name, at) => (
            <Checkbox key={name} value={String(at + 1)} className={styles.day as string}>
              {name}
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <div className={styles.clocks}>
        <TextLine label="From" value={draft.from} onChange={(from) => change({ from })} maxLength={5} />
        <TextLine label="To" value={draft.to} onChange={(to) => change({ to })} maxLength={5} />
        <TextLine label="In the zone" value={draft.zone} onChange={(text) => change({ zone: text })} />
      </div>
      <div className={styles.pair}>
        <TextLine
          label="Dormant after days"
          value={draft.dormantDays}
          onChange={(dormantDays) => change({ dormantDays })}
          maxLength={4}
          numeric
        />
        <TextLine
          label="Days to take a right away"
          value={draft.slaDays}
          onChange={(slaDays) => change({ slaDays })}
          maxLength={4}
          numeric
        />
      </div>
      <TextLine
        label="Privileged rights"
        value={draft.privileged}
        onChange={(privileged) => change({ privileged })}
        hint="Separated by commas; * stands for any text."
        maxLength={2000}
      />
      <p className={problem ? field.error : field.hint} role={problem ? 'alert' : undefined}>
        {problem ??
          'Kept in this workspace, with who set it and when. The command line measures by the same.'}
      </p>
      <div className={styles.ways}>
        <Button type="submit" weight="primary">
          Save settings
        </Button>
        {onDone === undefined ? (
          <span role="status" className={styles.saved}>
            {isSaved ? 'Saved.' : ''}
          </span>
        ) : (
          <Button weight="quiet" onPress={onDone}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}

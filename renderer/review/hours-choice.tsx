// Sets the working hours, from wherever something is measured by them.

import { useState } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Label } from 'react-aria-components/Label';
import { Popover } from 'react-aria-components/Popover';
import { hoursInWords, parseWorkingHours } from '#core/working-hours.ts';
import { useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { Icon } from '../controls/icon.tsx';
import overlay from '../controls/overlay.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { errorOf } from '../words/errors.ts';
import { setHours, useHours } from './hours.ts';
import styles from './hours-choice.module.css';

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export function HoursChoice() {
  const hours = useHours();
  const [open, setOpen] = useState(false);
  const words = hours === null ? 'not set' : hoursInWords(hours);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button>
        <Icon name="clock" size={14} />
        {`Working hours: ${words}`}
        <Icon name="down" size={12} />
      </Button>
      <Popover className={overlay.popover} placement="bottom end" offset={4}>
        <Dialog aria-label="Working hours" className={overlay.dialog}>
          <HoursForm onDone={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function HoursForm({ onDone }: { onDone(): void }) {
  const { zone } = useAddress();
  const hours = useHours();
  const [days, setDays] = useState((hours?.days ?? [1, 2, 3, 4, 5]).map(String));
  const [from, setFrom] = useState(clock(hours?.from ?? 480));
  const [to, setTo] = useState(clock(hours?.to ?? 1080));
  const [problem, setProblem] = useState<string | null>(null);
  const save = () => {
    if (days.length === 0) return setProblem('Choose at least one day.');
    try {
      setHours(parseWorkingHours(`${from.trim()}-${to.trim()}`, days.join(',')));
      onDone();
    } catch (thrown) {
      setProblem(errorOf(thrown).message);
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        save();
      }}
    >
      <CheckboxGroup className={field.field as string} value={days} onChange={setDays}>
        <Label className={field.label}>Working days</Label>
        <div className={styles.days}>
          {dayNames.map((name, at) => (
            <Checkbox key={name} value={String(at + 1)} className={styles.day as string}>
              {name}
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <div className={styles.clocks}>
        <TextLine label="From" value={from} onChange={setFrom} maxLength={5} />
        <TextLine label="To" value={to} onChange={setTo} maxLength={5} />
      </div>
      <p className={problem ? field.error : field.hint} role={problem ? 'alert' : undefined}>
        {problem ?? `In ${zone}. What happens at other times is marked. Kept on this computer.`}
      </p>
      <div className={styles.ways}>
        <Button type="submit" weight="primary">
          Set working hours
        </Button>
        {hours === null ? null : (
          <Button
            weight="quiet"
            onPress={() => {
              setHours(null);
              onDone();
            }}
          >
            Mark no hours
          </Button>
        )}
      </div>
    </form>
  );
}

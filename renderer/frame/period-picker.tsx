// The period every figure is about: one for the whole window, named periods and two dates, both included.

import { type CalendarDate, parseDate } from '@internationalized/date';
import { useState } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { DayField } from '../controls/day-field.tsx';
import { Icon } from '../controls/icon.tsx';
import overlay from '../controls/overlay.module.css';
import { datesOf, formatPeriod, type NamedPeriod, namedPeriods, nameOf } from '../words/period.ts';
import { todayIn } from '../words/time.ts';
import styles from './period-picker.module.css';

export function PeriodPicker() {
  const { from, to, zone, shown } = useAddress();
  const [open, setOpen] = useState(false);
  const isSet = from !== null || to !== null;
  // Beside times of another zone, days need theirs.
  const period = `${formatPeriod({ from, to }, zone)}${isSet && shown !== null ? `, ${zone} days` : ''}`;
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button aria-label={`Period: ${period}`}>
        <Icon name="calendar" size={14} />
        {period}
        <Icon name="down" size={12} />
      </Button>
      <Popover className={overlay.popover} placement="bottom end" offset={4}>
        <Dialog aria-label="Period" className={overlay.dialog}>
          <PeriodChoice onDone={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function PeriodChoice({ onDone }: { onDone(): void }) {
  const { from, to, zone, shown } = useAddress();
  const today = todayIn(zone);
  const named = nameOf({ from, to }, today);
  const [first, setFirst] = useState(() => asDay(from));
  const [last, setLast] = useState(() => asDay(to));
  const backwards = first !== null && last !== null && first.compare(last) > 0;
  return (
    <div className={styles.choice}>
      <ListBox
        aria-label="Named periods"
        className={`${overlay.list} ${styles.named}`}
        selectionMode="single"
        selectedKeys={named === null ? [] : [named]}
        disallowEmptySelection
        autoFocus
        onSelectionChange={(keys) => {
          const [name] = keys as Set<NamedPeriod>;
          if (name !== undefined) go(datesOf(name, today));
          onDone();
        }}
      >
        {(Object.entries(namedPeriods) as [NamedPeriod, string][]).map(([name, label]) => (
          <ListBoxItem key={name} id={name} textValue={label} className={overlay.item as string}>
            {({ isSelected }) => (
              <>
                <span className={overlay.sign}>{isSelected ? <Icon name="check" size={12} /> : null}</span>
                <span className={overlay.label}>{label}</span>
                <span className={overlay.aside}>
                  {name === 'all' ? '' : formatPeriod(datesOf(name, today), zone)}
                </span>
              </>
            )}
          </ListBoxItem>
        ))}
      </ListBox>
      <form
        className={styles.dates}
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (backwards) return;
          go({ from: first?.toString() ?? null, to: last?.toString() ?? null });
          onDone();
        }}
      >
        <DayField label="From" value={first} onChange={setFirst} />
        <DayField label="To, included" value={last} onChange={setLast} />
        <p className={styles.hint} role={backwards ? 'alert' : undefined}>
          {backwards
            ? 'The first day is after the last one. Change one of them.'
            : `Whole days in ${zone}. Leave a date empty for an open end.`}
        </p>
        {shown === null ? null : (
          <Button weight="quiet" onPress={() => go({ zone: shown })}>{`Mean days in ${shown}`}</Button>
        )}
        <Button type="submit" weight="primary" isDisabled={backwards}>
          Set period
        </Button>
      </form>
    </div>
  );
}

/** The day of a date; an instant in the address (it is finer than a day) counts as not set here. */
function asDay(date: string | null): CalendarDate | null {
  try {
    return date === null ? null : parseDate(date);
  } catch {
    return null;
  }
}

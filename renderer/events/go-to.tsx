// Goes to a row by its number or by a date, from a button or with Ctrl+G.

import { useEffect, useState } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { Button } from '../controls/button.tsx';
import overlay from '../controls/overlay.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { ask } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import styles from './list-bar.module.css';
import { readPlace } from './place-asked.ts';
import type { Question } from './question.ts';

type Props = {
  question: Question;
  /** Rows of the list; null while they are counted. */
  rows: number | null;
  zone: string;
  onGoTo(row: number): void;
};

export function GoTo(props: Props) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'g') return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button weight="quiet">Go to…</Button>
      <Popover className={overlay.popover} placement="bottom end" offset={4}>
        <Dialog aria-label="Go to a row or a date" className={overlay.dialog}>
          <Form
            {...props}
            onGoTo={(row) => {
              setOpen(false);
              // After the closing list has given the focus back to its button.
              window.setTimeout(() => props.onGoTo(row), 50);
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Form({ question, rows, zone, onGoTo }: Props) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);

  async function submit(): Promise<void> {
    const place = readPlace(text, question, zone);
    if (place.kind === 'refused') return setWrong(place.why);
    setAsking(true);
    try {
      const total = rows ?? (await ask('events.total', question.query)).total;
      if (place.kind === 'row') {
        if (place.row < total) return onGoTo(place.row);
        return setWrong(`The list has ${formatCounted(total, 'row')}.`);
      }
      const row = (await ask('events.total', place.query)).total;
      onGoTo(Math.min(row, total - 1));
    } catch (thrown) {
      setWrong(errorOf(thrown).message);
    } finally {
      setAsking(false);
    }
  }

  return (
    <form
      className={styles.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void submit();
      }}
    >
      <TextLine
        label="Row number or date"
        value={text}
        onChange={(next) => {
          setText(next);
          setWrong(null);
        }}
        hint={`${rows === null ? '' : `1 to ${formatCount(rows)}, or `}2026-01-31, a day in ${zone}`}
        error={wrong ?? undefined}
        maxLength={40}
        autoFocus
      />
      <Button type="submit" weight="primary" isDisabled={isAsking}>
        Go
      </Button>
    </form>
  );
}

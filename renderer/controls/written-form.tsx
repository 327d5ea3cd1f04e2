// A small form that somebody writes and puts their name to, in the place it is about. Enter in a line and Ctrl+Enter save,
// Escape leaves it; what could not be saved stays written and says why.

import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { errorOf } from '../words/errors.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import styles from './written-form.module.css';

export type Saving = {
  /** Saving was asked for: what is missing is said from then on. */
  attempted: boolean;
  isBusy: boolean;
  error: string | null;
  save(): void;
};

/** Saves with `work` when that is asked for and everything is there; once at a time. After it the form is gone. */
export function useSaving(isReady: boolean, work: () => Promise<void>): Saving {
  const [attempted, setAttempted] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const save = () => {
    setAttempted(true);
    if (!isReady || isBusy) return;
    setBusy(true);
    setError(null);
    work().catch((thrown) => {
      setError(errorOf(thrown).message);
      setBusy(false);
    });
  };
  return { attempted, isBusy, error, save };
}

type Props = {
  /** What the form is for, for who cannot see where it stands. */
  label: string;
  className: string | undefined;
  saving: Saving;
  /** On the button that saves. */
  word: string;
  /** Beside the buttons: what becomes of what is written. */
  aside?: ReactNode;
  onLeave(): void;
  children: ReactNode;
};

export function WrittenForm({ label, className, saving, word, aside, onLeave, children }: Props) {
  const { isBusy, error, save } = saving;
  return (
    <form
      className={className}
      noValidate
      aria-label={label}
      onSubmit={(submitted: FormEvent) => {
        submitted.preventDefault();
        save();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Escape') {
          // The form alone is left, not what it stands in.
          event.stopPropagation();
          onLeave();
        }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
      }}
    >
      {children}
      {error === null ? null : (
        <Notice kind="failed" live>
          It was not saved; what you wrote is still here. {error}
        </Notice>
      )}
      <div className={styles.ways}>
        <Button type="submit" weight="primary" isDisabled={isBusy}>
          {isBusy ? 'Saving…' : word}
        </Button>
        <Button onPress={onLeave}>Cancel</Button>
        {aside}
      </div>
    </form>
  );
}

// Decisions by one key in a list: off until a person asks for them, so that a letter typed by mistake decides nothing.

import { useSyncExternalStore } from 'react';
import { Button } from '../controls/button.tsx';
import { TextLine } from '../controls/text-line.tsx';
import styles from './decide-keys.module.css';
import { setPerson, usePerson } from './person.ts';

const kept = 'decide-by-key';
const listeners = new Set<() => void>();
let isOn = window.localStorage.getItem(kept) === 'on';

function set(on: boolean): void {
  isOn = on;
  window.localStorage.setItem(kept, on ? 'on' : 'off');
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useDecideKeys = (): boolean => useSyncExternalStore(subscribe, () => isOn);

/** Who decides, and whether keys do. `keys` says what each does, such as `B belongs, N does not`. */
export function DecideBar({ keys, problem }: { keys: string; problem: string | null }) {
  const person = usePerson();
  const on = useDecideKeys();
  return (
    <div className={styles.bar}>
      <div className={styles.person}>
        <TextLine label="Your name" value={person} onChange={setPerson} maxLength={200} />
      </div>
      <Button aria-pressed={on} onPress={() => set(!on)}>
        {on ? 'Decide by key: on' : 'Decide by key: off'}
      </Button>
      <span className={styles.keys}>In the list: {keys}.</span>
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  );
}

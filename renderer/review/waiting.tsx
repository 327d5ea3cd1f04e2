// While a review is made: the shape of what is coming, and after a second what goes on and a way to stop it.

import { useEffect, useState } from 'react';
import { Bar } from '../controls/bar.tsx';
import { Button } from '../controls/button.tsx';
import styles from './waiting.module.css';

type Props = {
  /** What goes on, as a sentence. */
  children: string;
  /** Nothing is asked any more: it was cancelled. */
  isStopped: boolean;
  onCancel(): void;
  onAsk(): void;
};

export function Waiting({ children, isStopped, onCancel, onAsk }: Props) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 1000);
    return () => clearTimeout(timer);
  }, []);
  if (isStopped)
    return (
      <div className={styles.waiting}>
        <p>Cancelled, so nothing is shown. The log is as it was.</p>
        <div>
          <Button onPress={onAsk}>Ask again</Button>
        </div>
      </div>
    );
  return (
    <div className={styles.waiting} aria-busy="true">
      <p role="status" className={long ? undefined : 'unseen'}>
        {children}
      </p>
      {long ? (
        <div className={styles.progress}>
          <Bar name={children} done={0} total={null} />
          <Button onPress={onCancel}>Cancel</Button>
        </div>
      ) : (
        <div className={styles.ghost}>
          <span />
          <span />
          <span />
        </div>
      )}
    </div>
  );
}

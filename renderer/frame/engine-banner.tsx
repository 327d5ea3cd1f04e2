// The one banner for an engine that is away for a moment: what happened, what is safe, what to do. One that does not come
// back is told in place of the screen (not-open.tsx).

import { useEffect, useState } from 'react';
import { useEngineState } from '../engine/engine.ts';
import styles from './engine-banner.module.css';

export function EngineBanner() {
  const engine = useEngineState();
  const slow = useSlow(engine.state === 'starting');
  if (engine.state === 'restarting') {
    return (
      <div role="alert" className={styles.banner}>
        <strong>The engine stopped and is starting again.</strong> The log on disk is safe. Work that was
        running was stopped; start it again when the engine is back.
      </div>
    );
  }
  return slow ? (
    <div role="status" className={styles.banner}>
      The engine is starting…
    </div>
  ) : null;
}

/** True once `waiting` has lasted a second. */
function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), 1000);
    return () => clearTimeout(timer);
  }, [waiting]);
  return slow;
}

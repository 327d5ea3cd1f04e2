// The quiet line that says what was taken away and offers to bring it back. It goes by itself, not while a pointer or the
// focus is on it; the key works until something else is taken away.

import { useEffect, useState } from 'react';
import { keysInWords } from '../commands/keys.ts';
import { Button } from '../controls/button.tsx';
import styles from './undo.module.css';
import { undoLast, useOffered } from './undo.ts';

const shownFor = 10_000; // ms

/** `within` has it in the flow of what is open over the screen, else it floats above the status line. */
export function UndoLine({ within = false }: { within?: boolean }) {
  const offered = useOffered();
  const [gone, setGone] = useState(offered);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (offered === null || held) return;
    const timer = setTimeout(() => setGone(offered), shownFor);
    return () => clearTimeout(timer);
  }, [offered, held]);
  const isShown = offered !== null && offered !== gone;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that somebody is there
    <div
      className={within ? styles.within : styles.floating}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span role="status">{isShown ? offered.words : ''}</span>
      {isShown && offered.undo ? (
        <Button weight="quiet" onPress={() => void undoLast()}>
          Undo
          <kbd className={styles.key}>{keysInWords('CmdOrCtrl+Z')}</kbd>
        </Button>
      ) : null}
    </div>
  );
}

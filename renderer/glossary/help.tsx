// The small sign beside a word that explains it: a button, so that keyboard and screen reader reach it too, which opens
// the meaning over the screen. What it says comes from the glossary and from nowhere else.

import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { termOf, type Word } from '#core/glossary.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import overlay from '../controls/overlay.module.css';
import styles from './help.module.css';

/** `word` is explained; it stands beside the heading or label that has it. */
export function Help({ word }: { word: Word }) {
  const address = useAddress();
  const { meaning } = termOf(word);
  return (
    <DialogTrigger>
      <Button className={styles.sign as string} aria-label={`What “${word}” means`}>
        ?
      </Button>
      <Popover className={overlay.popover} placement="bottom start" offset={4}>
        <Dialog aria-label={word} className={styles.meaning as string}>
          <strong>{word}</strong>
          <p>{meaning}</p>
          <a href={hrefOf(address, { screen: 'glossary', about: word })}>All words</a>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** A heading or label with the sign beside it: outside of it, so that its name stays the word. */
export function Explained({ word, children }: { word: Word; children: ReactNode }) {
  return (
    <div className={styles.explained}>
      {children}
      <Help word={word} />
    </div>
  );
}

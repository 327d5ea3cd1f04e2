// How something is known, as a shape and a word: solid when an event asserts it, outlined when it was inferred or
// comes from a baseline, dashed when it is not known.

import { Button as AriaButton } from 'react-aria-components/Button';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import overlay from '../controls/overlay.module.css';
import styles from './known.module.css';

type Shape = 'solid' | 'outlined' | 'dashed';
type Said = { shape: Shape; word: string; about: string };

export function Known({ shape, word, about }: Said) {
  return (
    <span className={styles.known} title={about}>
      <span className={styles.shape} data-shape={shape} />
      {word}
    </span>
  );
}

/** What the words mean, each said when it is pointed at or reached by Tab. */
export function KnownLegend({ name, words }: { name: string; words: Said[] }) {
  return (
    <div className={styles.legend}>
      <span>{name}</span>
      <ul>
        {words.map(({ shape, word, about }) => (
          <li key={word}>
            <TooltipTrigger delay={200} closeDelay={0}>
              <AriaButton className={styles.meaning as string} aria-label={`${word}: ${about}`}>
                <span className={styles.shape} data-shape={shape} />
                {word}
              </AriaButton>
              <Tooltip className={`${overlay.popover} ${styles.about}`} offset={6}>
                {about}
              </Tooltip>
            </TooltipTrigger>
          </li>
        ))}
      </ul>
    </div>
  );
}

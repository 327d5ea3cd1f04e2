// Every word of the product with its meaning, in alphabetical order, and a box to find one.

import { useEffect, useState } from 'react';
import { glossary, type Term } from '#core/glossary.ts';
import { useAddress } from '../address/use-address.ts';
import screen from '../controls/screen.module.css';
import { TextLine } from '../controls/text-line.tsx';
import styles from './glossary-screen.module.css';

const terms = [...(glossary as readonly Term[])].sort((a, b) => a.word.localeCompare(b.word, 'en'));

const idOf = (word: string): string => `word-${word.replaceAll(' ', '-')}`;

export function GlossaryScreen() {
  const [sought, setSought] = useState('');
  const { about } = useAddress();
  useEffect(() => {
    if (about !== null) show(about, () => setSought(''));
  }, [about]);
  const wanted = sought.trim().toLowerCase();
  const shown = terms.filter(({ word, meaning }) => `${word} ${meaning}`.toLowerCase().includes(wanted));
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        <search className={styles.find}>
          <TextLine label="Find a word" value={sought} onChange={setSought} />
        </search>
        <p role="status" className={shown.length === 0 ? screen.muted : 'unseen'}>
          {shown.length === 0 ? 'No word is like that. Take a letter away.' : `${shown.length} words`}
        </p>
        <dl className={styles.words}>
          {shown.map(({ word, meaning, see }) => (
            <div key={word}>
              <dt id={idOf(word)} tabIndex={-1}>
                {word}
              </dt>
              <dd>
                {meaning}
                {see === undefined ? null : (
                  <span className={styles.see}>
                    See{' '}
                    {see.map((other, at) => (
                      <span key={other}>
                        {at > 0 ? ', ' : ''}
                        <button type="button" onClick={() => show(other, () => setSought(''))}>
                          {other}
                        </button>
                      </span>
                    ))}
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}

/** Brings a word into view and reads on from there; `clear` takes back what hides it. */
function show(word: string, clear: () => void): void {
  clear();
  requestAnimationFrame(() => {
    const place = document.getElementById(idOf(word));
    place?.scrollIntoView({ block: 'center' });
    place?.focus({ preventScroll: true });
  });
}

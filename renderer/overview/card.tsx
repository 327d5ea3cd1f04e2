// A card of the overview: a fixed size from the first moment on, so that nothing moves when its figures arrive, each
// by itself. What fails is said in the card and nowhere else.

import type { ReactNode } from 'react';
import type { Word } from '#core/glossary.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { Explained } from '../glossary/help.tsx';
import { errorOf } from '../words/errors.ts';
import styles from './overview.module.css';

/** What a card asks the engine: its answer, or that it failed. Several are one for the card. */
export type CardAnswer = { data: unknown; error: unknown; refetch(): unknown };

type Props = {
  title: string;
  /** What the card is about, as the glossary has it. */
  word: Word;
  /** What the figures are about, beside the title. */
  about?: string;
  area: 'events' | 'findings' | 'coverage' | 'access' | 'reviews' | 'verified' | 'packs';
  answers: readonly CardAnswer[];
  /** A way on, at the end of the title's line. */
  way?: ReactNode;
  /** Asked for when all answers are there. */
  children(): ReactNode;
};

export function Card({ title, word, about, area, answers, way, children }: Props) {
  const id = `overview-${area}`;
  const failed = answers.find(({ error }) => error);
  const isWaiting = !failed && answers.some(({ data }) => data === undefined);
  return (
    <section className={styles.card} data-area={area} aria-labelledby={id} aria-busy={isWaiting}>
      <header className={styles.head}>
        <Explained word={word}>
          <h2 id={id}>{title}</h2>
        </Explained>
        {about === undefined ? null : <span className={styles.about}>{about}</span>}
        {way === undefined ? null : <span className={styles.way}>{way}</span>}
      </header>
      <div className={styles.body}>
        {failed ? (
          <Notice kind="failed">
            These figures could not be read; nothing was changed. {errorOf(failed.error).message}{' '}
            <Button
              weight="quiet"
              onPress={() => {
                for (const answer of answers) if (answer.error) void answer.refetch();
              }}
            >
              Ask again
            </Button>
          </Notice>
        ) : isWaiting ? (
          <div className={styles.ghost} aria-hidden="true">
            <span />
            <span />
            <span />
          </div>
        ) : (
          children()
        )}
      </div>
    </section>
  );
}

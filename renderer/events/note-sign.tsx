// The small sign before an event that somebody said something of.

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Annotation, anyMapping } from '#core/event-model.ts';
import { useAnswer } from '../engine/engine.ts';
import { spellTokens } from '../words/tokens.ts';
import styles from './notes.module.css';

const Known = createContext<ReadonlyMap<string, Annotation>>(new Map());

/** Makes what is said of events known to what is shown inside. */
export function Noted({ children }: { children: ReactNode }) {
  const { data } = useAnswer('notes.list', {});
  const known = useMemo(() => new Map(data?.map((one) => [one.event, one])), [data]);
  return <Known value={known}>{children}</Known>;
}

export function NoteSign({ uid }: { uid: string }) {
  const said = useContext(Known).get(anyMapping(uid));
  if (!said) return null;
  const { note, tags } = said;
  const words = [note === '' ? '' : spellTokens(note), tags.length === 0 ? '' : `Tags: ${tags.join(', ')}`];
  return (
    <span className={styles.sign} title={words.filter(Boolean).join('\n')}>
      <svg aria-hidden="true" width="10" height="10" viewBox="0 0 10 10">
        <path d="M1 1h8v6H5L3 9V7H1z" fill="currentColor" />
      </svg>
      <span className="unseen">{note === '' ? 'has tags' : 'has a note'} </span>
    </span>
  );
}

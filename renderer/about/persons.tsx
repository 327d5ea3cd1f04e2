// Whom a recorded name belongs to, where somebody merged it with others.

import { useMemo } from 'react';
import type { About } from '#core/about.ts';
import type { Identity } from '#core/event-model.ts';
import { useAnswer } from '../engine/engine.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './about.module.css';
import { AboutLink } from './about-link.tsx';

export const aboutPerson = (name: string): About => ({ kind: 'person', name, source: null, type: null });

/** The merged persons by each of their names. */
export function usePersons(): ReadonlyMap<string, Identity> {
  const { data } = useAnswer('identities.list', {});
  return useMemo(
    () => new Map(data?.identities.flatMap((one) => one.members.map((member) => [member, one] as const))),
    [data],
  );
}

/** Behind a name: the person it was merged into; nothing where it was not. */
export function MergedInto({ name }: { name: string }) {
  const person = usePersons().get(name);
  if (!person) return null;
  return (
    <span className={styles.merged}>
      {' '}
      merged into <AboutLink about={aboutPerson(person.name)} />
    </span>
  );
}

/** A name as people are called here: the person it was merged into, else the name itself. */
export function PersonName({ name }: { name: string }) {
  return <Recorded text={usePersons().get(name)?.name ?? name} />;
}

/** Below such a name: the one that is recorded; nothing where that is the same. */
export function PersonAside({ name }: { name: string }) {
  const person = usePersons().get(name);
  if (!person || person.name === name) return null;
  return (
    <div className={styles.merged}>
      recorded as <Recorded text={name} />
    </div>
  );
}

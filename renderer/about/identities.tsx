// Who is one person under several names: what was merged, with the way to take it apart, and the names that look alike.
// Nothing is merged by itself, and merging changes no event.

import { useEffect, useRef, useState } from 'react';
import type { IdentityProposal } from '#core/event-model.ts';
import { useShownZone } from '../address/use-address.ts';
import { personOr } from '../completeness/drafts.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './about.module.css';
import { AboutLink, aboutActor } from './about-link.tsx';
import { MergeForm } from './merge-form.tsx';
import { aboutPerson } from './persons.tsx';
import { savePerson } from './save-person.ts';

const reasons: Record<IdentityProposal['reason'], string> = {
  'same-address': 'the same but for capital letters',
  'same-name': 'the same name, with or without a domain or an account',
};
/** Proposals before more are asked for. */
const few = 5;

export function Identities() {
  const zone = useShownZone();
  const answer = useAnswer('identities.list', {});
  const [open, setOpen] = useState<string | null>(null);
  const [isLong, setLong] = useState(false);
  const [said, setSaid] = useState('');
  const [error, setError] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // What was pressed is gone when it is done: the heading takes the focus, so that nobody begins anew.
  useEffect(() => {
    if (said !== '') heading.current?.focus({ preventScroll: true });
  }, [said]);
  if (answer.error)
    return <Notice kind="failed">Merged names could not be read. {errorOf(answer.error).message}</Notice>;
  if (!answer.data) return null;
  const { identities, proposals } = answer.data;
  const shown = isLong ? proposals : proposals.slice(0, few);
  const done = (words: string) => {
    setOpen(null);
    setSaid(words);
  };
  const takeApart = async (name: string) => {
    setError(null);
    try {
      await savePerson({ name, members: [], person: personOr(identities[0]?.person ?? '') || 'not named' });
      done(`${name} taken apart.`);
    } catch (thrown) {
      setError(errorOf(thrown).message);
    }
  };
  return (
    <section className={styles.section} aria-labelledby="persons">
      <div className={styles.head}>
        <h2 id="persons" ref={heading} tabIndex={-1}>
          One person under several names
        </h2>
        <Button onPress={() => setOpen('new')}>Merge names…</Button>
      </div>
      <p className={screen.muted}>
        Merging is for reading: no event changes, filters by actor stay literal, and it can be taken apart. It
        is written in the activity log.
      </p>
      {error === null ? null : (
        <Notice kind="failed" live>
          It was not saved. {error}
        </Notice>
      )}
      {open === 'new' ? <MergeForm members={[]} onDone={done} /> : null}
      {identities.length === 0 ? null : (
        <ul className={styles.persons} aria-label="Merged persons">
          {identities.map(({ name, members, person, at }) => (
            <li key={name}>
              <div className={styles.head}>
                <strong>
                  <AboutLink about={aboutPerson(name)} />
                </strong>
                <Button
                  weight="quiet"
                  aria-label={`Take apart: ${name}`}
                  onPress={() => void takeApart(name)}
                >
                  Take apart
                </Button>
              </div>
              <Names members={members} />
              <p className={screen.muted}>
                merged by <Recorded text={person} /> · {formatMinute(at, zone)}
              </p>
            </li>
          ))}
        </ul>
      )}
      {proposals.length === 0 ? (
        <p className={screen.muted}>No other names look alike.</p>
      ) : (
        <>
          <h3>Names that may be one person’s</h3>
          <ul className={styles.persons} aria-label="Names that may be one person’s">
            {shown.map(({ reason, members }) => {
              const key = members.join('\n');
              return (
                <li key={key}>
                  <div className={styles.head}>
                    <Names members={members} />
                    {open === key ? null : (
                      <Button aria-label={`Merge: ${members.join(', ')}`} onPress={() => setOpen(key)}>
                        Merge…
                      </Button>
                    )}
                  </div>
                  <p className={screen.muted}>{reasons[reason]}</p>
                  {open === key ? <MergeForm members={members} onDone={done} /> : null}
                </li>
              );
            })}
          </ul>
          {proposals.length > few ? (
            <Button weight="quiet" onPress={() => setLong(!isLong)}>
              {isLong ? 'Fewer' : `${formatCounted(proposals.length - few, 'other group')} of names`}
            </Button>
          ) : null}
        </>
      )}
      <span role="status" className="unseen">
        {said}
      </span>
    </section>
  );
}

function Names({ members }: { members: string[] }) {
  return (
    <ul className={styles.names}>
      {members.map((member) => (
        <li key={member}>
          <AboutLink about={aboutActor(member)} />
        </li>
      ))}
    </ul>
  );
}

// Finds actors, targets and addresses by a part of their name; without one, those with most events in the period.

import { useDeferredValue, useState } from 'react';
import type { About, AboutKind } from '#core/about.ts';
import type { FacetValue } from '#core/query/summaries.ts';
import { useAddress } from '../address/use-address.ts';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatPeriod } from '../words/period.ts';
import styles from './about.module.css';
import { AboutLink } from './about-link.tsx';
import { aboutPerson } from './persons.tsx';

/** A person that was merged has a list of its own below. */
type Listed = Exclude<AboutKind, 'person'>;
const listed: readonly Listed[] = ['actor', 'target', 'ip'];
const names: Record<Listed, string> = { actor: 'Actors', target: 'Targets', ip: 'IP addresses' };
const most = 12;

/** `isAlone`: nothing else is on the screen, so the most frequent ones are offered. */
export function Find({ isAlone }: { isAlone: boolean }) {
  const { from, to, zone } = useAddress();
  const [typed, setTyped] = useState('');
  const like = useDeferredValue(typed.trim());
  const isAsked = isAlone || like !== '';
  const facets = listed.map((key) => ({ key, like: like === '' ? null : like, limit: most }));
  // Who is looked for may have been there before the period.
  const period = like === '' ? { from, to, zone } : { from: null, to: null, zone: 'UTC' };
  const answer = useAnswer('events.facets', { filter: '', ...period, facets }, { enabled: isAsked });
  return (
    <search className={styles.find} aria-label="Find a person, target or address">
      <div className={styles.typed}>
        <TextLine
          label="Find a person, target or IP address"
          value={typed}
          onChange={setTyped}
          maxLength={200}
        />
      </div>
      {answer.error ? (
        <Notice kind="failed" live>
          They could not be counted; nothing was changed. {errorOf(answer.error).message}
        </Notice>
      ) : null}
      {isAsked && answer.data ? (
        <>
          <p className={screen.muted} role="status">
            {like === ''
              ? `Those with most events, ${formatPeriod({ from, to }, zone).replace(/^All/, 'all')}`
              : `Names that hold “${like}”, over the whole log`}
          </p>
          <div className={styles.found}>
            {like === '' ? null : <Persons like={like} />}
            {answer.data.facets.map(({ key, values, more }) => (
              <section key={key} aria-labelledby={`found-${key}`}>
                <h2 id={`found-${key}`}>{names[key as Listed]}</h2>
                {values.every(({ value }) => value === null) ? (
                  <p className={screen.muted}>None.</p>
                ) : (
                  <ul className={styles.counts}>
                    {values.map((value) => (
                      <Value key={`${value.type} ${value.value}`} kind={key as Listed} value={value} />
                    ))}
                  </ul>
                )}
                {more > 0 ? (
                  <p
                    className={screen.muted}
                  >{`${formatCount(more)} more. Type a part of a name to find them.`}</p>
                ) : null}
              </section>
            ))}
          </div>
        </>
      ) : isAsked && !answer.error ? (
        <p role="status" className={screen.muted}>
          Looking…
        </p>
      ) : null}
    </search>
  );
}

/** Persons under several names of which one holds the text; nothing where there are none. */
function Persons({ like }: { like: string }) {
  const { data } = useAnswer('identities.list', {});
  const wanted = like.toLowerCase();
  const found = (data?.identities ?? []).filter(({ name, members }) =>
    [name, ...members].some((one) => one.toLowerCase().includes(wanted)),
  );
  if (found.length === 0) return null;
  return (
    <section aria-labelledby="found-person">
      <h2 id="found-person">Persons under several names</h2>
      <ul className={styles.counts}>
        {found.slice(0, most).map(({ name, members }) => (
          <li key={name}>
            <AboutLink about={aboutPerson(name)} />
            <span className={styles.type}>{formatCounted(members.length, 'name')}</span>
          </li>
        ))}
      </ul>
      {found.length > most ? (
        <p className={screen.muted}>{`${formatCount(found.length - most)} more. Type more of the name.`}</p>
      ) : null}
    </section>
  );
}

function Value({ kind, value: { value, label, type, count } }: { kind: Listed; value: FacetValue }) {
  if (value === null) return null;
  const about: About = { kind, name: value, source: null, type: kind === 'target' ? type : null };
  return (
    <li>
      <span>
        {kind === 'target' && type !== null ? <span className={styles.type}>{type} </span> : null}
        <AboutLink about={about}>{label ?? value}</AboutLink>
        {label !== null && label !== value ? <span className={styles.type}> {value}</span> : null}
      </span>
      <span className={styles.count}>{formatCount(count)}</span>
    </li>
  );
}

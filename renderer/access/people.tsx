// Whose rights are others at the end of the period than they were at its beginning: joiners, movers and leavers.

import { useState } from 'react';
import type { AccessPerson } from '#core/review-model.ts';
import { filterOf } from '../address/filter-of.ts';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount } from '../words/numbers.ts';
import { formatPeriod } from '../words/period.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './access-screen.module.css';
import type { AskedAccess } from './asked.ts';
import { kindWords, peopleSentence } from './sentences.ts';

const step = 50;

/** Nothing where the window has no period with two ends. */
export function People({ asked }: { asked: AskedAccess }) {
  const { from, to, zone } = useAddress();
  const isAsked = from !== null && to !== null;
  const answer = useAnswer(
    'access.intervals',
    {
      ...asked,
      scope: { kind: 'between', from: from ?? '', to: to ?? '' },
      flag: null,
      first: 0,
      limit: 1,
    },
    { enabled: isAsked },
  );
  if (!isAsked) return null;
  if (answer.error)
    return (
      <Notice kind="failed">
        Both ends of the period were not compared. {errorOf(answer.error).message}
      </Notice>
    );
  if (!answer.data) return null;
  return (
    <details className={styles.people}>
      <summary>
        Over the period {formatPeriod({ from, to }, zone)}: {peopleSentence(answer.data.people)}
      </summary>
      {answer.data.people.length === 0 ? null : <Table people={answer.data.people} />}
    </details>
  );
}

function Table({ people }: { people: AccessPerson[] }) {
  const [most, setMost] = useState(step);
  const left = people.length - most;
  return (
    <>
      <table className={screen.table} aria-label="People whose rights are others">
        <thead>
          <tr>
            <th>Person</th>
            <th>What became of them</th>
            <th className={screen.number}>Rights more</th>
            <th className={screen.number}>Rights less</th>
          </tr>
        </thead>
        <tbody>
          {people.slice(0, most).map(({ subject, names, kind, gained, lost }) => (
            <tr key={subject}>
              <td>
                <button
                  type="button"
                  className={styles.person}
                  onClick={() =>
                    go({ filter: filterOf([[names ? 'person' : 'subject', subject]]), row: null })
                  }
                >
                  <Recorded text={subject} />
                </button>
                {names ? (
                  <span className={screen.muted}>
                    {' '}
                    in the log <Recorded text={names.join(', ')} />
                  </span>
                ) : null}
              </td>
              <td>{kindWords[kind]}</td>
              <td className={screen.number}>{formatCount(gained)}</td>
              <td className={screen.number}>{formatCount(lost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 ? (
        <Button onPress={() => setMost(most + step * 4)}>
          {`Show ${formatCount(Math.min(left, step * 4))} more of ${formatCount(left)} people`}
        </Button>
      ) : null}
    </>
  );
}

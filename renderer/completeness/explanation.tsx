// One finding in a list: what was found, what an officer said of it and when, what was said before, and the way to
// say more.

import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Explanation as Told } from '#core/model.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { Mark } from '../controls/mark.tsx';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './explanation.module.css';
import { ExplanationForm } from './explanation-form.tsx';
import { explanationsOf, type Finding, lastPerson } from './findings.ts';
import { daysWords } from './sentences.ts';

type Props = {
  finding: Finding;
  /** The finding in words, once: for names of buttons and fields. */
  about: string;
  /** The zone its days are meant in; null where it has no days. */
  zone: string | null;
  /** Null while they are not known: then nothing is said to be explained or not. */
  explanations: readonly Told[] | null;
  children: ReactNode;
};

export function ExplainedFinding({ finding, about, zone, explanations, children }: Props) {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const way = useRef<HTMLButtonElement>(null);
  const closed = useRef(false);
  const { all, part } = explanationsOf(finding, explanations ?? []);
  const [latest, ...earlier] = all;
  const history = [...earlier, ...part];

  // The form that had the focus is gone: the button that opened it takes it back.
  useEffect(() => {
    if (!open && closed.current) way.current?.focus();
    closed.current = open;
  }, [open]);

  return (
    <li className={styles.finding}>
      <div className={styles.row}>
        <div className={styles.what}>{children}</div>
        <div className={styles.state}>
          {explanations === null ? null : latest ? (
            <span className={styles.explained}>
              <Icon name="check" size={12} />
              explained
            </span>
          ) : (
            <Mark kind="attention">{part.length > 0 ? 'partly explained' : 'not explained'}</Mark>
          )}
          {open ? null : (
            <Button
              ref={way}
              aria-label={`${latest ? 'Explain again' : 'Explain'}: ${about}`}
              onPress={() => {
                setSaid('');
                setOpen(true);
              }}
            >
              {latest ? 'Explain again…' : 'Explain…'}
            </Button>
          )}
        </div>
      </div>
      {latest ? <Note told={latest} finding={finding} /> : null}
      {history.length > 0 ? (
        <details className={styles.history}>
          <summary>
            {latest
              ? formatCounted(history.length, 'other explanation')
              : `${formatCounted(history.length, 'explanation')} of a part of it`}
          </summary>
          {history.map((told) => (
            <Note key={told.id} told={told} finding={finding} />
          ))}
        </details>
      ) : null}
      {open ? (
        <ExplanationForm
          finding={finding}
          about={about}
          zone={zone}
          person={lastPerson(explanations ?? [])}
          onDone={(saved) => {
            setOpen(false);
            setSaid(saved ? 'Explanation saved.' : '');
          }}
        />
      ) : null}
      <span role="status" className="unseen">
        {said}
      </span>
    </li>
  );
}

function Note({ told, finding }: { told: Told; finding: Finding }) {
  const zone = useShownZone();
  const [from = '', to = ''] = told.key.split('/');
  const scope = told.kind === 'gap' && told.key !== finding.key ? ` · about ${daysWords(from, to)}` : '';
  return (
    <figure className={styles.told}>
      <blockquote>
        <Recorded text={told.note} keep={'\n\t'} />
      </blockquote>
      <figcaption>
        <Recorded text={told.person} /> · {formatMinute(told.at, zone)} · account{' '}
        <Recorded text={told.account} />
        {scope}
      </figcaption>
    </figure>
  );
}

// The lists of gaps, unusually quiet days and absent record ids of a source, each with its explanation.

import type { ReactNode } from 'react';
import type { Word } from '#core/glossary.ts';
import type { Explanation, SourceCoverage } from '#core/model.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import screen from '../controls/screen.module.css';
import { Explained } from '../glossary/help.tsx';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatMinute } from '../words/time.ts';
import { ExplainedFinding } from './explanation.tsx';
import { gapFinding, idGapFinding, silenceFinding } from './findings.ts';
import { eventOf, eventsOfDay } from './leads.ts';
import { daysWords } from './sentences.ts';
import { ShortList } from './short-list.tsx';
import styles from './source-section.module.css';

type Props = { coverage: SourceCoverage; zone: string; explanations: Explanation[] | null };

export function Gaps({ coverage, zone, explanations }: Props) {
  const { source, gaps } = coverage;
  if (gaps.length === 0) return null;
  return (
    <List
      word="gap"
      title={formatCounted(gaps.length, 'gap')}
      about="No import spans these days. Export them from the source and import them, or say why there is nothing to import."
    >
      <ShortList of="gaps" items={gaps}>
        {(gap) => {
          const days = daysWords(gap.from, gap.to);
          return (
            <ExplainedFinding
              key={gap.from}
              finding={gapFinding(source, gap)}
              about={`gap of ${source}, ${days}`}
              zone={zone}
              explanations={explanations}
            >
              <span className={styles.when}>{days}</span>{' '}
              <span className={screen.muted}>· {formatCounted(gap.days, 'day')}</span>
            </ExplainedFinding>
          );
        }}
      </ShortList>
    </List>
  );
}

export function QuietDays({ coverage, zone, explanations }: Props) {
  const address = useAddress();
  const { source } = coverage;
  const quiet = coverage.days.filter((day) => day.unusual && !day.ahead);
  if (quiet.length === 0) return null;
  return (
    <List
      word="silent"
      title={formatCounted(quiet.length, 'unusually quiet day')}
      about="An import spans these days, with less than a tenth of the events that are usual on that weekday."
    >
      <ShortList of="quiet days" items={quiet}>
        {({ day, events }) => {
          const words = daysWords(day, day);
          return (
            <ExplainedFinding
              key={day}
              finding={silenceFinding(source, day)}
              about={`quiet day of ${source}, ${words}`}
              zone={zone}
              explanations={explanations}
            >
              <a className={styles.when} href={hrefOf(address, eventsOfDay(source, day))}>
                {words}
              </a>{' '}
              <span className={screen.muted}>
                · {events === 0 ? 'no event observed in the imported logs' : formatCounted(events, 'event')}
              </span>
            </ExplainedFinding>
          );
        }}
      </ShortList>
    </List>
  );
}

export function IdGaps({ coverage, explanations }: Omit<Props, 'zone'>) {
  const address = useAddress();
  const { source, ids } = coverage;
  if (!ids || ids.gaps.length === 0) return null;
  const more = ids.gapCount - ids.gaps.length;
  return (
    <List
      word="gap"
      title={`${formatCounted(ids.gapCount, 'gap')} in record ids`}
      about={`These ids occur in no imported record. The vendor may have skipped them or given them to others.${more > 0 ? ` The first ${formatCount(ids.gaps.length)} are listed.` : ''}`}
    >
      <ShortList of="gaps in record ids" items={ids.gaps}>
        {(gap) => {
          const range = gap.absent === 1 ? `${gap.after + 1}` : `${gap.after + 1} – ${gap.before - 1}`;
          const times = [gap.earlierTime, gap.laterTime];
          const side = (id: number, uid: string, time: string) => (
            <a href={hrefOf(address, eventOf(address, source, uid, times))}>
              {id}, {formatMinute(time, address.zone)}
            </a>
          );
          return (
            <ExplainedFinding
              key={gap.after}
              finding={idGapFinding(source, gap)}
              about={`record ids of ${source}, ${range}`}
              zone={null}
              explanations={explanations}
            >
              <span className={styles.when}>{range}</span>{' '}
              <span className={screen.muted}>· {formatCounted(gap.absent, 'id')}</span>
              <div className={styles.links}>
                <span>between {side(gap.after, gap.earlier, gap.earlierTime)}</span>
                <span>and {side(gap.before, gap.later, gap.laterTime)}</span>
              </div>
            </ExplainedFinding>
          );
        }}
      </ShortList>
    </List>
  );
}

type ListProps = { title: string; word: Word; about: string; children: ReactNode };

/** A headed list of findings with a line on what they are. */
export function List({ title, word, about, children }: ListProps) {
  return (
    <div className={styles.list}>
      <Explained word={word}>
        <h3>{title}</h3>
      </Explained>
      <p className={screen.muted}>{about}</p>
      {children}
    </div>
  );
}

// The review in words and figures, above its rows: what changed, where the period's events went, what deserves a look.

import { type ChangeSummary, changeResults } from '#core/review-model.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { pick } from '../events/filter-text.ts';
import { Explained } from '../glossary/help.tsx';
import { CategoryWord } from '../marks/category-word.tsx';
import { FileChoice } from '../review/file-choice.tsx';
import { Filtered, OnlyChoice } from '../review/only.tsx';
import { SettingsChoice } from '../review/settings-choice.tsx';
import { exceptionWords, resultWords } from '../review/words.ts';
import { formatCount } from '../words/numbers.ts';
import { formatMinute } from '../words/time.ts';
import { ChangesChart } from './chart.tsx';
import { balanceSentence, breakSentence, leadSentence } from './sentences.ts';
import styles from './summary.module.css';
import { Tickets } from './tickets.tsx';

export function Summary({ summary }: { summary: ChangeSummary }) {
  const address = useAddress();
  const { zone, results, exceptions, activity } = summary;
  const broken = breakSentence(summary);
  return (
    <section aria-labelledby="what-changed" className={styles.summary}>
      <div>
        <h2 id="what-changed" className={styles.lead}>
          {leadSentence(summary)}
        </h2>
        <p className={screen.muted}>
          <Filtered />
          “Then” is {formatMinute(summary.fromTime, zone)}, where the period begins; “now” is{' '}
          {formatMinute(summary.toTime, zone)}, where it ends. {balanceSentence(summary)}
        </p>
      </div>
      {broken === null ? null : (
        <Notice kind="attention">
          {broken} <a href={hrefOf(address, { screen: 'completeness' })}>See the breaks in Completeness</a>
        </Notice>
      )}
      {activity.length === 0 ? null : (
        <div className={styles.activity}>
          <h3 id="activity">Activity without a field</h3>
          <ul aria-labelledby="activity">
            {activity.map(({ category, count }) => (
              <li key={category}>
                <a
                  href={hrefOf(address, {
                    screen: 'events',
                    filter: `${pick(address.filter, 'category', [category])} field:""`,
                  })}
                >
                  <CategoryWord category={category} />{' '}
                  <span className={styles.count}>{formatCount(count)}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <ChangesChart summary={summary} />
      <div className={styles.choices}>
        <div>
          <Explained word="field">
            <h3>Fields listed</h3>
          </Explained>
          <OnlyChoice
            name="Fields listed, by what became of them"
            kinds={[
              { only: null, word: 'all', count: summary.tracks },
              ...changeResults.map((result) => ({
                only: result,
                word: resultWords[result].word,
                about: resultWords[result].about,
                count: results[result],
              })),
            ]}
          />
        </div>
        <div>
          <Explained word="exception">
            <h3>To look at</h3>
          </Explained>
          <div className={styles.look}>
            <OnlyChoice
              name="Fields listed, by what deserves a look"
              kinds={exceptions
                .filter(({ skipped }) => skipped === null)
                .map(({ kind, rows }) => ({ only: kind, word: exceptionWords[kind], count: rows }))}
            />
            <SettingsChoice />
            <FileChoice which="baseline" name="Baseline" columns="target, field, value and date" />
            <FileChoice
              which="tickets"
              name="Tickets"
              columns="id, target, opened, approved, approved by and closed, or as Jira, GitHub or ServiceNow name them"
            />
          </div>
        </div>
      </div>
      {summary.tickets === null ? null : <Tickets figures={summary.tickets} />}
      <NotLookedFor summary={summary} />
    </section>
  );
}

/** What could not be looked for is said: it is not a result. */
function NotLookedFor({ summary }: { summary: ChangeSummary }) {
  const byReason = new Map<string, string[]>();
  for (const { kind, skipped } of summary.exceptions) {
    if (skipped !== null) byReason.set(skipped, [...(byReason.get(skipped) ?? []), exceptionWords[kind]]);
  }
  if (byReason.size === 0) return null;
  return (
    <p className={`${screen.muted} ${styles.skipped}`}>
      Not looked for:{' '}
      {[...byReason]
        .map(
          ([reason, kinds]) =>
            `${kinds.join(' and ')} (${reason.charAt(0).toLowerCase()}${reason.slice(1).replace(/\.$/, '')})`,
        )
        .join('; ')}
      .
    </p>
  );
}

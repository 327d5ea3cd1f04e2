// Access in words and figures, above its rows, with what the log cannot know: that stands there for good.

import { type AccessFlag, type AccessSummary, accessFlags } from '#core/review-model.ts';
import { useAddress } from '../address/use-address.ts';
import styles from '../changes/summary.module.css';
import { Button } from '../controls/button.tsx';
import screen from '../controls/screen.module.css';
import { Explained } from '../glossary/help.tsx';
import { FileChoice } from '../review/file-choice.tsx';
import { Filtered, OnlyChoice } from '../review/only.tsx';
import { SettingsChoice } from '../review/settings-choice.tsx';
import { flagWords } from '../review/words.ts';
import { clearFilter } from '../undo/undo.ts';
import { formatCounted } from '../words/numbers.ts';
import { formatMinute } from '../words/time.ts';
import { type AskedAccess, dateOf } from './asked.ts';
import { CannotKnow } from './cannot-know.tsx';
import { People } from './people.tsx';
import { leadSentence, unseenSentence } from './sentences.ts';

/** A right that is held has not ended, so nothing can have used it afterwards. */
const looked = accessFlags.filter((flag) => flag !== 'used-after-revocation');
const whyNot: Partial<Record<AccessFlag, string>> = {
  'outside-hours': 'no working hours are set',
  leaver: 'no list of leavers was given',
};

export function Summary({ summary, asked }: { summary: AccessSummary; asked: AskedAccess }) {
  const address = useAddress();
  const { zone } = address;
  const unseen = unseenSentence(summary);
  const skipped = looked.filter((flag) => summary.flags[flag] === null);
  return (
    <section aria-labelledby="who-had-access" className={styles.summary}>
      <div>
        <h2 id="who-had-access" className={styles.lead}>
          {leadSentence(summary, dateOf(address), zone)}
        </h2>
        <p className={screen.muted}>
          <Filtered />
          That is just before {formatMinute(summary.atTime, zone)}. {unseen}
        </p>
      </div>
      <CannotKnow spots={summary.blindSpots} />
      <People asked={asked} />
      <div className={styles.choices}>
        <div>
          <Explained word="ledger">
            <h3>Rights listed</h3>
          </Explained>
          <div className={styles.look}>
            <OnlyChoice
              name="Rights listed, by what deserves a look"
              kinds={[
                { only: null, word: 'all', count: summary.intervals },
                ...looked.flatMap((flag) => {
                  const count = summary.flags[flag];
                  return count === null ? [] : [{ only: flag, word: flagWords[flag].word, count }];
                }),
              ]}
            />
            <SettingsChoice />
            <FileChoice which="leavers" name="Leavers" columns="user and date" />
          </div>
        </div>
      </div>
      <details className={`${screen.muted} ${styles.skipped}`}>
        <summary>
          What these mean
          {skipped.length === 0
            ? ''
            : `; not looked for: ${skipped.map((flag) => flagWords[flag].word).join(', ')}`}
        </summary>
        Dormant: no event by the person on the target in the {formatCounted(asked.dormantDays, 'day')} before.
        Privileged: {asked.privileged.join(', ') || 'no right is set as such'}.
        {skipped.length === 0
          ? ''
          : ` Not looked for: ${skipped.map((flag) => `${flagWords[flag].word} (${whyNot[flag]})`).join(', ')}.`}
      </details>
      {summary.intervals === 0 && address.filter !== '' ? (
        <div>
          <Button onPress={clearFilter}>Clear filter</Button>
        </div>
      ) : null}
    </section>
  );
}

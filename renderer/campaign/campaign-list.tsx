// Every access review of the workspace, and the form that freezes the rights of a day as a new one.

import type { CalendarDate } from '@internationalized/date';
import { useState } from 'react';
import { dateOf } from '../access/asked.ts';
import { go, hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { DayField } from '../controls/day-field.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { useAnswer } from '../engine/engine.ts';
import { Explained } from '../glossary/help.tsx';
import { asDay } from '../review/dates.tsx';
import { setPerson, usePerson } from '../review/person.ts';
import { SettingsChoice } from '../review/settings-choice.tsx';
import { errorOf } from '../words/errors.ts';
import { formatCount } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatDate, formatMinute } from '../words/time.ts';
import { openCampaign } from './calls.ts';
import styles from './campaign.module.css';

export function CampaignList() {
  const address = useAddress();
  const zone = useShownZone();
  const answer = useAnswer('campaigns.list', {});
  const campaigns = answer.data ?? [];
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        <section aria-labelledby="access-reviews">
          <Explained word="access review">
            <h2 id="access-reviews">Access reviews</h2>
          </Explained>
          <p className={`${screen.muted} ${styles.about}`}>
            A review freezes who held which right on a day. Named reviewers decide right by right what is kept
            and what is taken away, nobody on their own; every decision stays. Once it is closed, later
            imports show whether each right that was to be taken away is gone.
          </p>
          {answer.error ? (
            <Notice kind="failed" live>
              The reviews could not be read. {errorOf(answer.error).message}{' '}
              <Button weight="quiet" onPress={() => void answer.refetch()}>
                Ask again
              </Button>
            </Notice>
          ) : null}
          {campaigns.length === 0 ? (
            <p>{answer.data === undefined ? '' : 'There is none yet in this workspace.'}</p>
          ) : (
            <table className={screen.table} aria-label="Access reviews">
              <thead>
                <tr>
                  <th>Review</th>
                  <th>Rights at the end of</th>
                  <th className={screen.number}>Rights</th>
                  <th>Opened</th>
                  <th>State</th>
                </tr>
              </thead>
              <tbody>
                {campaigns.map((one) => (
                  <tr key={one.id}>
                    <td>
                      <a href={hrefOf(address, { campaign: one.id })}>
                        <Recorded text={one.name} />
                      </a>
                    </td>
                    <td>{formatDate(one.at, one.zone)}</td>
                    <td className={screen.number}>{formatCount(one.entries)}</td>
                    <td>
                      {formatMinute(one.openedAt, zone)}, <Recorded text={one.person} />
                    </td>
                    <td>{one.closedAt === null ? 'open' : `closed ${formatMinute(one.closedAt, zone)}`}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
        <NewCampaign key={dateOf(address)} />
      </div>
    </div>
  );
}

function NewCampaign() {
  const address = useAddress();
  const { zone } = address;
  const person = usePerson();
  const [name, setName] = useState('');
  const [day, setDay] = useState<CalendarDate | null>(() => asDay(dateOf(address)));
  const [filter, setFilter] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function open(): Promise<void> {
    if (name.trim() === '') return setProblem('Give the review a name, such as “Spring 2026”.');
    if (day === null) return setProblem('Set the day whose rights are reviewed.');
    if (person.trim() === '') return setProblem('Set your name: the review is kept with who opened it.');
    setProblem(null);
    setBusy(true);
    try {
      const campaign = await openCampaign({
        name: name.trim(),
        at: day.toString(),
        zone,
        filter,
        person: person.trim(),
      });
      go({ campaign, only: 'pending', row: null, by: null });
    } catch (thrown) {
      setProblem(errorOf(thrown).message);
      setBusy(false);
    }
  }

  return (
    <section aria-labelledby="new-review">
      <h2 id="new-review">Open a review</h2>
      <form
        className={styles.form}
        aria-label="Open a review"
        noValidate
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (!isBusy) void open();
        }}
      >
        <div className={styles.wide}>
          <TextLine label="Name of the review" value={name} onChange={setName} maxLength={200} />
        </div>
        <DayField label="Rights at the end of" value={day} onChange={setDay} />
        <div className={styles.wide}>
          <TextLine
            label="Only rights that match (optional)"
            value={filter}
            onChange={setFilter}
            hint="Words, or subject: target: type: source:"
          />
        </div>
        <div className={styles.middle}>
          <TextLine label="Your name" value={person} onChange={setPerson} maxLength={200} />
        </div>
        <div className={styles.ways}>
          <Button type="submit" weight="primary" isDisabled={isBusy}>
            {isBusy ? 'Freezing the rights…' : 'Freeze the rights'}
          </Button>
          <SettingsChoice />
        </div>
        {problem === null ? null : (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
      </form>
    </section>
  );
}

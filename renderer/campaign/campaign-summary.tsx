// How far an access review is, who has what to decide, and its end.

import { useState } from 'react';
import type { Assignment, CampaignProgress } from '#core/campaign-model.ts';
import { assignments, campaignDecisions, proofStates } from '#core/campaign-model.ts';
import { go, hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import summary from '../changes/summary.module.css';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { OnlyChoice } from '../review/only.tsx';
import { usePerson } from '../review/person.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import { note } from './calls.ts';
import styles from './campaign.module.css';
import {
  assignmentWords,
  closedSentence,
  decisionWords,
  leadSentence,
  proofSentence,
  proofWords,
} from './sentences.ts';

export function CampaignSummary({ campaign }: { campaign: CampaignProgress }) {
  const address = useAddress();
  const zone = useShownZone();
  const { decisions, proofs, pending, entries } = campaign;
  const isOpen = campaign.closedAt === null;
  return (
    <section aria-labelledby="how-far" className={summary.summary}>
      <div>
        <p className={styles.back}>
          <a href={hrefOf(address, { campaign: null, only: null, row: null, by: null })}>
            All access reviews
          </a>
        </p>
        <h2 id="how-far" className={summary.lead}>
          {leadSentence(campaign)}
        </h2>
        <p className={screen.muted}>
          {closedSentence(campaign, zone)} {proofSentence(campaign)} Frozen on{' '}
          {formatMinute(campaign.openedAt, zone)} by <Recorded text={campaign.person} />
          {campaign.filter === '' ? '' : ', only what matches '}
          {campaign.filter === '' ? null : <Recorded text={campaign.filter} />}: a copy, which later imports
          do not change. The log had {formatCounted(campaign.logSize, 'leaf', 'leaves')} then.
        </p>
      </div>
      <div>
        <h3>Rights listed</h3>
        <OnlyChoice
          name="Rights listed, by what was decided"
          kinds={[
            { only: null, word: 'all', count: entries },
            { only: 'pending', word: 'to decide', count: pending },
            ...campaignDecisions.map((one) => ({
              only: one,
              word: decisionWords[one].word,
              about: decisionWords[one].about,
              count: decisions[one],
            })),
            ...(proofs === null
              ? []
              : proofStates.map((state) => ({
                  only: state,
                  word: proofWords[state].word,
                  about: proofWords[state].about,
                  count: proofs[state],
                }))),
          ]}
        />
      </div>
      <Reviewers campaign={campaign} />
      {isOpen ? <Closing campaign={campaign} /> : null}
    </section>
  );
}

function Reviewers({ campaign }: { campaign: CampaignProgress }) {
  const { by } = useAddress();
  return (
    <details className={styles.assign}>
      <summary>
        {campaign.reviewers.every(({ reviewer }) => reviewer === null)
          ? 'No reviewer is named: anybody may decide, but nobody on their own rights.'
          : `Reviewers: ${campaign.reviewers.map(({ reviewer, pending }) => `${reviewer ?? 'nobody named'} (${formatCount(pending)} to decide)`).join(', ')}`}
      </summary>
      <table className={screen.table} aria-label="Reviewers">
        <thead>
          <tr>
            <th>Reviewer</th>
            <th className={screen.number}>Rights</th>
            <th className={screen.number}>To decide</th>
          </tr>
        </thead>
        <tbody>
          {campaign.reviewers.map(({ reviewer, entries, pending }) => (
            <tr key={reviewer ?? ''}>
              <td>
                <button
                  type="button"
                  className={styles.plain}
                  aria-pressed={by === (reviewer ?? '')}
                  onClick={() => go({ by: by === (reviewer ?? '') ? null : (reviewer ?? ''), row: null })}
                >
                  {reviewer === null ? 'nobody named' : <Recorded text={reviewer} />}
                </button>
              </td>
              <td className={screen.number}>{formatCount(entries)}</td>
              <td className={screen.number}>{formatCount(pending)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {campaign.closedAt === null ? <AssignForm campaign={campaign.id} /> : null}
    </details>
  );
}

function AssignForm({ campaign }: { campaign: number }) {
  const person = usePerson();
  const [by, setBy] = useState<Assignment['by']>('all');
  const [value, setValue] = useState('');
  const [reviewer, setReviewer] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const assign = (): void => {
    const missing =
      reviewer.trim() === ''
        ? 'Name the reviewer.'
        : by !== 'all' && value.trim() === ''
          ? 'Say which: its name as the log has it.'
          : null;
    setProblem(missing);
    if (missing !== null) return;

    note('campaigns.assign', {
      campaign,
      by,
      value: by === 'all' ? null : value.trim(),
      reviewer: reviewer.trim(),
      person: person.trim(),
    }).then(
      () => setReviewer(''),
      (thrown) => setProblem(errorOf(thrown).message),
    );
  };
  return (
    <form
      className={styles.form}
      aria-label="Name a reviewer"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        assign();
      }}
    >
      <div className={styles.middle}>
        <TextLine label="Reviewer" value={reviewer} onChange={setReviewer} maxLength={200} />
      </div>
      <label>
        Decides on
        <br />
        <select value={by} onChange={(event) => setBy(event.target.value as Assignment['by'])}>
          {assignments.map((one) => (
            <option key={one} value={one}>
              {assignmentWords[one]}
            </option>
          ))}
        </select>
      </label>
      {by === 'all' ? null : (
        <div className={styles.middle}>
          <TextLine label="Which" value={value} onChange={setValue} maxLength={1000} />
        </div>
      )}
      <div className={styles.ways}>
        <Button type="submit">Name reviewer</Button>
      </div>
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </form>
  );
}

function Closing({ campaign }: { campaign: CampaignProgress }) {
  const person = usePerson();
  const [asks, setAsks] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (campaign.pending > 0 || campaign.entries === 0) return null;
  return (
    <Notice kind="plain">
      {asks
        ? 'Once the review is closed, its decisions can no longer be changed. '
        : 'Every right is decided: the review can be closed. '}
      {asks ? (
        <>
          <Button
            weight="primary"
            onPress={() =>
              void note('campaigns.close', { campaign: campaign.id, person: person.trim() }).catch((thrown) =>
                setProblem(errorOf(thrown).message),
              )
            }
          >
            Close it for good
          </Button>{' '}
          <Button onPress={() => setAsks(false)}>Leave it open</Button>
        </>
      ) : (
        <Button onPress={() => setAsks(true)}>Close the review…</Button>
      )}
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </Notice>
  );
}

// One right of an access review: why it is held, what deserves a look, the decision with its note, who decided what when,
// and once the review is closed what the log shows of it.

import { useState } from 'react';
import type { CampaignDecision, CampaignEntry, CampaignProgress } from '#core/campaign-model.ts';
import { campaignDecisions } from '#core/campaign-model.ts';
import pane from '../access/access-pane.module.css';
import { filterOfHistory } from '../access/asked.ts';
import { sinceWords } from '../access/sentences.ts';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Mark } from '../controls/mark.tsx';
import screen from '../controls/screen.module.css';
import { SidePane } from '../controls/side-pane.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TargetAside, TargetWords } from '../review/target-name.tsx';
import { flagWords, startWords } from '../review/words.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatInstant, formatMinute } from '../words/time.ts';
import styles from './campaign.module.css';
import { decisionWords, proofWords } from './sentences.ts';

type Props = {
  entry: CampaignEntry;
  campaign: CampaignProgress;
  /** A decision that a key began, and that needs a note. */
  begun: CampaignDecision | null;
  problem: string | null;
  takesFocus: boolean;
  onClose(): void;
  onDecide(decision: CampaignDecision, note: string): void;
};

export function CampaignPane(props: Props) {
  const { entry, campaign, takesFocus, onClose } = props;
  const zone = useShownZone();
  return (
    <SidePane name="One right of the review" takesFocus={takesFocus} onClose={onClose}>
      <p className={pane.who}>
        <Recorded text={entry.subject} />
      </p>
      <p className={pane.what}>
        held{' '}
        <strong>
          <Recorded text={entry.right} />
        </strong>{' '}
        on <TargetWords target={entry} /> <TargetAside target={entry} />
      </p>
      <dl className={pane.facts}>
        <dt>Since</dt>
        <dd>
          {sinceWords(entry, (instant) => formatInstant(instant, zone))}
          <p className={screen.muted}>{startWords[entry.startCertainty].about}</p>
        </dd>
        <dt>Granted by</dt>
        <dd>
          {entry.grantedBy === null ? 'no event says' : <Recorded text={entry.grantedBy} />}
          <p>
            <EventLink entry={entry} uid={entry.startEvent}>
              The event that shows it
            </EventLink>
          </p>
        </dd>
      </dl>
      {entry.flags.length === 0 ? null : (
        <section className={pane.part}>
          <h3>To look at</h3>
          <ul>
            {entry.flags.map((flag) => (
              <li key={flag}>
                <strong>{flagWords[flag].word}</strong>: {entry.reasons[flag]}
              </li>
            ))}
          </ul>
        </section>
      )}
      {campaign.closedAt === null ? <DecisionForm {...props} /> : null}
      <ProofPart entry={entry} />
      <History entry={entry} zone={zone} />
    </SidePane>
  );
}

function EventLink({ entry, uid, children }: { entry: CampaignEntry; uid: string; children: string }) {
  const address = useAddress();
  const filter = filterOfHistory(entry);
  return (
    <a href={hrefOf(address, { screen: 'events', event: uid, filter, from: null, to: null })}>{children}</a>
  );
}

function DecisionForm({ entry, begun, problem, onDecide }: Props) {
  const [words, setWords] = useState('');
  return (
    <section className={styles.decide} aria-label="Decision">
      <h3>
        {entry.reviewer === null ? 'Decide' : 'To be decided by '}
        {entry.reviewer === null ? null : <Recorded text={entry.reviewer} />}
      </h3>
      <TextArea
        label={
          begun === 'change'
            ? 'Note: what the right is to become'
            : begun === 'escalate'
              ? 'Note: who is to decide, and why'
              : 'Note (needed to change or escalate)'
        }
        value={words}
        onChange={setWords}
        rows={2}
        maxLength={10_000}
        autoFocus={begun !== null}
      />
      <div className={styles.choices}>
        {campaignDecisions.map((one) => (
          <Button
            key={one}
            weight={begun === one ? 'primary' : 'plain'}
            aria-label={`${one}: ${decisionWords[one].about}`}
            onPress={() => onDecide(one, words)}
          >
            {`${one.slice(0, 1).toUpperCase()}${one.slice(1)}`}
          </Button>
        ))}
      </div>
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </section>
  );
}

function ProofPart({ entry }: { entry: CampaignEntry }) {
  const { proof } = entry;
  if (proof === null) return null;
  const { word, mark, about } = proofWords[proof.state];
  return (
    <section className={pane.part}>
      <h3>After closing</h3>
      <Mark kind={mark}>{word}</Mark>
      <p>{proof.reason}</p>
      <p className={screen.muted}>{about}</p>
      {proof.revokeEvent === null ? null : (
        <p>
          <EventLink entry={entry} uid={proof.revokeEvent}>
            The event that takes it
          </EventLink>
        </p>
      )}
      {proof.laterEvent === null ? null : (
        <p>
          <LaterLink uid={proof.laterEvent}>
            {proof.state === 'contradicted'
              ? 'The event that contradicts it'
              : 'The event that grants it again'}
          </LaterLink>
        </p>
      )}
    </section>
  );
}

/** What came later may be any event by the person, so no filter of access events shows it. */
function LaterLink({ uid, children }: { uid: string; children: string }) {
  const address = useAddress();
  return (
    <a href={hrefOf(address, { screen: 'events', event: uid, filter: '', from: null, to: null })}>
      {children}
    </a>
  );
}

function History({ entry, zone }: { entry: CampaignEntry; zone: string }) {
  if (entry.history.length === 0) return null;
  return (
    <section className={pane.part} aria-labelledby="decided">
      <h3 id="decided">Who decided what</h3>
      <ol className={styles.history} aria-labelledby="decided">
        {[...entry.history].reverse().map(({ decision, person, at, note, account }) => (
          <li key={`${at} ${decision}`}>
            <span className={styles.decision}>{decision}</span> by <Recorded text={person} />,{' '}
            {formatMinute(at, zone)} <span className={screen.muted}>(account {account})</span>
            {note === '' ? null : (
              <div>
                <Recorded text={note} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

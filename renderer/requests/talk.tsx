// One request: what was asked, what was said about it by whom and with which key, and what can be said now.

import { useState } from 'react';
import {
  type AuditRequest,
  aboutWords,
  type Party,
  type Said,
  type SignedWith,
  type Verdict,
} from '#core/request-model.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { setPerson, usePerson } from '../review/person.ts';
import { errorOf } from '../words/errors.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './requests.module.css';
import { StatusMark } from './status-mark.tsx';

type Props = { request: AuditRequest; party: Party; say(said: Said): Promise<boolean> };

const keyWords: Record<SignedWith, string> = {
  pack: 'signed with the key of the pack',
  list: 'signed with the key that began this list',
  other: 'signed with another key',
};

export function Talk({ request, party, say }: Props) {
  const { question, due, person, at, signedWith, fingerprint } = request;
  return (
    <>
      <p className={styles.asked}>
        <Recorded text={question} keep={'\n'} />
      </p>
      <dl className={styles.facts}>
        <dt>About</dt>
        <dd>
          <Recorded text={aboutWords(request)} />
        </dd>
        <dt>Due</dt>
        <dd>{due ?? 'no date'}</dd>
      </dl>
      <Who person={person} party="auditor" at={at} signed={{ signedWith, fingerprint }} />
      <ol className={styles.remarks} aria-label="What was said">
        {request.remarks.map((remark) => (
          <li key={remark.entry}>
            {remark.kind === 'status' && remark.status ? <StatusMark status={remark.status} /> : null}
            {remark.kind === 'answer' ? <strong>Answer</strong> : null}
            {remark.text === '' ? null : (
              <p>
                <Recorded text={remark.text} keep={'\n'} />
              </p>
            )}
            <Who person={remark.person} party={remark.party} at={remark.at} signed={remark} />
          </li>
        ))}
      </ol>
      <Say request={request} party={party} say={say} />
    </>
  );
}

type WhoProps = {
  person: string;
  party: Party;
  at: string;
  signed: { signedWith: SignedWith; fingerprint: string };
};

const decisions: [Verdict, string][] = [
  ['accepted', 'Accept'],
  ['exception noted', 'Note an exception'],
  ['open', 'Open again'],
];

function Who({ person, party, at, signed }: WhoProps) {
  const zone = useShownZone();
  return (
    <p className={styles.who}>
      <Recorded text={person} />, {party}, {formatMinute(at, zone)},{' '}
      <span title={signed.fingerprint}>
        {keyWords[signed.signedWith]}
        {signed.signedWith === 'other' ? ` (${signed.fingerprint.slice(0, 8)}…)` : ''}
      </span>
    </p>
  );
}

function Say({ request: { number, status }, party, say }: Props) {
  const person = usePerson();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function keep(said: Said, needs: string | null): Promise<void> {
    // Ignored rather than disabled: a button that is disabled under the finger loses the focus.
    if (isBusy) return;
    if (needs !== null && text.trim() === '') return setProblem(needs);
    if (person.trim() === '') return setProblem('Set your name: each entry is kept with who said it.');
    setProblem(null);
    setBusy(true);
    try {
      await say(said);
      setText('');
    } catch (thrown) {
      setProblem(`Nothing was kept; what you wrote is still here. ${errorOf(thrown).message}`);
    } finally {
      setBusy(false);
    }
  }
  const words = text.trim();
  const decide = (verdict: Verdict) => {
    // The buttons stay where they are, so that none is lost under the finger that pressed it.
    if (verdict === status) return setProblem(`It is ${verdict} already.`);
    const needs = verdict === 'exception noted' ? 'Say in the text what the exception is.' : null;
    void keep({ kind: 'status', request: number, status: verdict, text: words }, needs);
  };
  const comment = (
    <Button
      key="comment"
      onPress={() => void keep({ kind: 'comment', request: number, text: words }, 'Write the comment first.')}
    >
      Add comment
    </Button>
  );
  return (
    <section className={styles.say} aria-label="Add to this request">
      <TextArea
        label={party === 'officer' ? 'Your answer or comment' : 'Your comment or reason'}
        value={text}
        onChange={setText}
        rows={3}
        maxLength={10_000}
      />
      <TextLine label="Your name" value={person} onChange={setPerson} maxLength={200} />
      {problem === null ? null : (
        <Notice kind="failed" live>
          {problem}
        </Notice>
      )}
      <div className={styles.ways}>
        {party === 'officer' ? (
          <>
            <Button
              weight="primary"
              onPress={() =>
                void keep({ kind: 'answer', request: number, text: words }, 'Write the answer first.')
              }
            >
              Answer
            </Button>
            {comment}
          </>
        ) : (
          <>
            {decisions.map(([verdict, word]) => (
              <Button key={verdict} onPress={() => decide(verdict)}>
                {word}
              </Button>
            ))}
            {comment}
          </>
        )}
      </div>
      <p className={screen.muted}>What is added is signed and stays; nothing is changed or taken back.</p>
    </section>
  );
}

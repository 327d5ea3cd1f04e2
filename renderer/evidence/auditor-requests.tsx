// An auditor's requests about a pack of this workspace: the officer opens the file, sees that signatures and pack fit, and
// answers in it.

import { type ReactNode, useState } from 'react';
import { chooseList } from '../audit/open-pack.ts';
import { Button } from '../controls/button.tsx';
import { Mark } from '../controls/mark.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { Explained } from '../glossary/help.tsx';
import { sayInList, useRequests } from '../requests/calls.ts';
import { openOfficerList, useOfficerList } from '../requests/officer-list.ts';
import { RequestTable } from '../requests/request-table.tsx';
import { usePerson } from '../review/person.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './evidence-screen.module.css';

/** `children` stands above: the ways to the other parts of the screen. */
export function AuditorRequests({ children }: { children: ReactNode }) {
  const list = useOfficerList();
  const person = usePerson();
  const answer = useRequests({ pack: null, list, earlier: null });
  const [error, setError] = useState<string | null>(null);
  const choose = () => {
    setError(null);
    chooseList()
      .then((chosen) => chosen && openOfficerList(chosen))
      .catch((thrown) => setError(errorOf(thrown).message));
  };
  return (
    <RequestTable
      list={answer.data ?? null}
      party="officer"
      say={async (said) => {
        if (list === null) return false;
        await sayInList({ pack: null, list, party: 'officer', person }, said);
        return true;
      }}
    >
      {children}
      <section aria-labelledby="auditor-requests" className={styles.packs}>
        <Explained word="request list">
          <h2 id="auditor-requests">
            {list === null ? 'Requests of an auditor' : <Recorded text={list.label} />}
          </h2>
        </Explained>
        {answer.data ? (
          <p>
            About <Recorded text={`${answer.data.pack.id}, ${answer.data.pack.title}`} />.{' '}
            <Mark kind={answer.data.notes.length === 0 ? 'passed' : 'attention'}>
              {`${formatCounted(answer.data.entries, 'entry', 'entries')}, chain and signatures fit`}
            </Mark>
          </p>
        ) : (
          <p className={screen.muted}>
            An auditor who opened one of your packs in Exhibit sends a file that ends in .requests.json. Open
            it here, answer, and send the same file back.
          </p>
        )}
        <div className={styles.ways}>
          <Button weight={list === null ? 'primary' : 'plain'} onPress={choose}>
            {list === null ? 'Open a request list…' : 'Open another list…'}
          </Button>
        </div>
        {error === null ? null : (
          <Notice kind="failed" live>
            {error}
          </Notice>
        )}
        {answer.error ? (
          <Notice kind="failed" live>
            <Recorded text={errorOf(answer.error).message} />
          </Notice>
        ) : null}
      </section>
    </RequestTable>
  );
}

// What the auditor asks about the opened pack: the list, a form for a new request, and the file that goes to and fro.

import { useState } from 'react';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { Explained } from '../glossary/help.tsx';
import { tryRequests, useRequests } from '../requests/calls.ts';
import { RequestTable } from '../requests/request-table.tsx';
import { errorOf } from '../words/errors.ts';
import { Recorded } from '../words/recorded.tsx';
import { AskForm } from './ask-form.tsx';
import { askedAbout, toAsk } from './asking.ts';
import styles from './audit.module.css';
import type { ViewProps } from './audit-screen.tsx';
import { chooseList, takeList, useOpenPack } from './open-pack.ts';
import { useAuditorSays } from './use-auditor-says.ts';

export function RequestsView({ grant, pack }: ViewProps) {
  const address = useAddress();
  const { list, earlier, isFleeting } = useOpenPack();
  const answer = useRequests({ pack: grant.id, list, earlier });
  const say = useAuditorSays(grant);
  const about = askedAbout(address.about);
  const [error, setError] = useState<string | null>(null);
  const attempt = (work: () => Promise<void>) => {
    setError(null);
    work().catch((thrown) => setError(errorOf(thrown).message));
  };
  const openList = async () => {
    const chosen = await chooseList();
    if (!chosen) return;
    // One that does not fit never takes the place of the one that is open.
    await tryRequests({ pack: grant.id, list: chosen, earlier: list });
    takeList(chosen, false);
  };
  return (
    <RequestTable
      list={answer.data ?? null}
      party="auditor"
      say={say}
      below={
        about === null ? null : (
          <AskForm
            key={address.about}
            about={about}
            pack={pack}
            say={say}
            onDone={() => go({ about: null }, 'replace')}
          />
        )
      }
    >
      <section aria-labelledby="list" className={styles.block}>
        <Explained word="request list">
          <h3 id="list">{list === null ? 'Request list' : <Recorded text={list.label} />}</h3>
        </Explained>
        <p className={screen.muted}>
          {list === null
            ? 'What you ask is kept in one small file in a folder of yours, signed with a key that Exhibit makes for you. Send the file to the officer; they answer in it and send it back.'
            : 'Each entry is kept in this file at once. Send it to the officer; when it comes back, open it here.'}
        </p>
        <div className={styles.ways}>
          {about === null ? (
            <Button weight={list === null ? 'primary' : 'plain'} onPress={() => go(toAsk({}))}>
              New request
            </Button>
          ) : null}
          <Button onPress={() => attempt(openList)}>
            {list === null ? 'Open a request list…' : 'Open the list that came back…'}
          </Button>
          {list?.name ? (
            <Button
              onPress={() => attempt(() => window.exhibit.showInFolder(list.grant, list.name as string))}
            >
              Show in folder
            </Button>
          ) : null}
        </div>
        {error === null ? null : (
          <Notice kind="failed" live>
            {error}
          </Notice>
        )}
        {isFleeting ? (
          <Notice kind="attention">
            This computer has no store of keys to be trusted, so your key lasts until Exhibit ends. What you
            add after the next start is signed with another one, and the list says so.
          </Notice>
        ) : null}
        {answer.error ? (
          <Notice kind="failed" live>
            <Recorded text={errorOf(answer.error).message} />
          </Notice>
        ) : null}
      </section>
    </RequestTable>
  );
}

// The requests of a list, and beside them the open one with what was said: the same for who asks and who answers.

import type { ReactNode } from 'react';
import {
  type AuditRequest,
  aboutWords,
  countStatuses,
  isOverdue,
  type Party,
  type RequestList,
  requestName,
  requestStatuses,
  type Said,
} from '#core/request-model.ts';
import { go, hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { SidePane } from '../controls/side-pane.tsx';
import { useEscape } from '../events/use-escape.ts';
import { Explained } from '../glossary/help.tsx';
import rows from '../review/review-rows.module.css';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute, todayIn } from '../words/time.ts';
import styles from './requests.module.css';
import { StatusMark } from './status-mark.tsx';
import { Talk } from './talk.tsx';

type Props = {
  list: RequestList | null;
  party: Party;
  /** Keeps what is said; false when it was not. */
  say(said: Said): Promise<boolean>;
  /** Above the requests: where the list is, and the ways to another one. */
  children: ReactNode;
  /** Below them. */
  below?: ReactNode;
};

export function RequestTable({ list, party, say, children, below }: Props) {
  const { row } = useAddress();
  const open = list?.requests.find(({ number }) => String(number) === row);
  const close = () => go({ row: null });
  useEscape(open !== undefined, close);
  return (
    <div className={rows.sides}>
      <div className={screen.scroll}>
        <div className={screen.column}>
          {children}
          {list?.notes.map((note) => (
            <Notice key={note} kind="attention">
              <Recorded text={note} />
            </Notice>
          ))}
          {list ? <Listed list={list} open={open} /> : null}
          {below}
        </div>
      </div>
      {open ? (
        <SidePane
          key={open.number}
          name={`${requestName(open.number)}, ${open.status}`}
          takesFocus
          onClose={close}
        >
          <Talk request={open} party={party} say={say} />
        </SidePane>
      ) : null}
    </div>
  );
}

function Listed({ list, open }: { list: RequestList; open: AuditRequest | undefined }) {
  const address = useAddress();
  const zone = useShownZone();
  const today = todayIn(zone);
  const counts = countStatuses(list.requests);
  const said = requestStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${formatCount(counts[status])} ${status}`);
  return (
    <section aria-labelledby="requests">
      <Explained word="request">
        <h3 id="requests">
          {list.requests.length === 0
            ? 'No request yet'
            : `${formatCounted(list.requests.length, 'request')}: ${said.join(', ')}`}
        </h3>
      </Explained>
      {list.ticks.length === 0 ? null : (
        <p className={screen.muted}>{formatCounted(list.ticks.length, 'row')} of the sample ticked.</p>
      )}
      {list.requests.length === 0 ? null : (
        <table className={screen.table} aria-labelledby="requests">
          <thead>
            <tr>
              <th>Number</th>
              <th>Status</th>
              <th>Question</th>
              {open ? null : <th>About</th>}
              <th>Due</th>
              {open ? null : <th>Last word</th>}
            </tr>
          </thead>
          <tbody>
            {list.requests.map((one) => {
              const last = one.remarks.at(-1) ?? one;
              return (
                <tr key={one.number} aria-current={one === open || undefined}>
                  <td className={screen.nowrap}>
                    <a href={hrefOf(address, { row: String(one.number), about: null })}>
                      {requestName(one.number)}
                    </a>
                  </td>
                  <td className={screen.nowrap}>
                    <StatusMark status={one.status} />
                  </td>
                  <td className={styles.question}>
                    <Recorded text={one.question} keep={'\n'} />
                  </td>
                  {/* What the pane beside it says is left out here: there is no room for both. */}
                  {open ? null : (
                    <td className={styles.about}>
                      <Recorded text={aboutWords(one)} />
                    </td>
                  )}
                  <td className={screen.nowrap}>
                    {one.due ?? <span className={screen.muted}>no date</span>}
                    {isOverdue(one, today) ? <div className={styles.overdue}>overdue</div> : null}
                  </td>
                  {open ? null : (
                    <td className={screen.nowrap}>
                      <Recorded text={last.person} />
                      <div className={screen.muted}>{formatMinute(last.at, zone)}</div>
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

// What people did with the log: access reviews that are open, the last verification, the last packs.

import { useQueries } from '@tanstack/react-query';
import type { Campaign, CampaignProgress } from '#core/campaign-model.ts';
import type { Framework } from '#core/model.ts';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { Mark } from '../controls/mark.tsx';
import screen from '../controls/screen.module.css';
import { ask, useAnswer } from '../engine/engine.ts';
import { frameworkNames } from '../words/frameworks.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatPeriod } from '../words/period.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import { Card } from './card.tsx';
import { Figure } from './figure.tsx';
import styles from './overview.module.css';

/** Open reviews whose figures are asked for. */
const most = 5;

export function ReviewsCard() {
  const address = useAddress();
  const list = useAnswer('campaigns.list', {});
  const open = (list.data ?? []).filter(({ closedAt }) => closedAt === null);
  const shown = useQueries({
    queries: open.slice(0, most).map(({ id }: Campaign) => ({
      queryKey: ['campaigns.show', { campaign: id }],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask('campaigns.show', { campaign: id }, signal),
    })),
  });
  return (
    <Card
      area="reviews"
      title="Access reviews"
      word="access review"
      answers={[list, ...shown]}
      way={<a href={hrefOf(address, { screen: 'reviews' })}>Reviews</a>}
    >
      {() =>
        open.length === 0 ? (
          <p className={screen.muted}>
            {list.data?.length === 0
              ? 'There is none yet. A review freezes who held which right on a day, and named people decide about each.'
              : `None is open. ${formatCounted(list.data?.length ?? 0, 'review is', 'reviews are')} closed.`}
          </p>
        ) : (
          <ul className={styles.list}>
            {shown.map(({ data }) => {
              const review = data as CampaignProgress;
              return (
                <Figure
                  key={review.id}
                  count={formatCount(review.pending)}
                  href={hrefOf(address, { screen: 'reviews', campaign: review.id })}
                  kind={review.pending > 0 ? 'attention' : 'plain'}
                  aside={`of ${formatCounted(review.entries, 'right')} in the review “${review.name}”`}
                >
                  not decided
                </Figure>
              );
            })}
            {open.length > most ? (
              <li className={screen.muted}>{formatCount(open.length - most)} more in Reviews</li>
            ) : null}
          </ul>
        )
      }
    </Card>
  );
}

/** What the activity log has of a verification; the newest import that it covered was not written down at first. */
type Verification = { ok: boolean; failures: number; lastImport?: number };

export function VerifiedCard() {
  const address = useAddress();
  const zone = useShownZone();
  const runs = useAnswer('activity.latest', { action: 'verify', limit: 1 });
  const imports = useAnswer('imports.list', {});
  return (
    <Card
      area="verified"
      title="Last verification"
      word="verification"
      answers={[runs, imports]}
      way={<a href={hrefOf(address, { screen: 'integrity' })}>Integrity</a>}
    >
      {() => {
        const [last] = runs.data ?? [];
        if (!last)
          return (
            <p className={screen.muted}>
              The log was not verified in this workspace yet. Verifying computes every hash again from the
              stored records and names each row that differs.
            </p>
          );
        const { ok, failures, lastImport } = last.detail as Verification;
        const since = (imports.data ?? []).filter(({ id, startedAt }) =>
          lastImport === undefined ? startedAt > last.at : id > lastImport,
        ).length;
        return (
          <div className={styles.facts}>
            {ok ? (
              <Mark kind={since > 0 ? 'skipped' : 'passed'}>no failure</Mark>
            ) : (
              <Mark kind="failed">{formatCounted(failures, 'failure')}</Mark>
            )}
            <p>
              {formatMinute(last.at, zone)} by <Recorded text={last.person} />.
            </p>
            {since > 0 ? (
              <p className={screen.muted}>
                {formatCounted(since, 'import')} came in since and {since === 1 ? 'is' : 'are'} not verified.
              </p>
            ) : null}
          </div>
        );
      }}
    </Card>
  );
}

export function PacksCard() {
  const address = useAddress();
  const zone = useShownZone();
  const packs = useAnswer('activity.latest', { action: 'pack', limit: 4 });
  return (
    <Card
      area="packs"
      title="Last evidence packs"
      word="evidence pack"
      answers={[packs]}
      way={<a href={hrefOf(address, { screen: 'evidence' })}>Evidence</a>}
    >
      {() =>
        packs.data?.length === 0 ? (
          <p className={screen.muted}>
            None was made in this workspace yet. A pack is a folder for your auditor: report, workbook, events
            and answers, which can be checked without Exhibit.
          </p>
        ) : (
          <ul className={styles.packs}>
            {packs.data?.map(({ id, at, detail }) => {
              const pack = detail as { framework: Framework; from: string; to: string; zone: string };
              return (
                <li key={id}>
                  <a
                    href={hrefOf(address, {
                      screen: 'evidence',
                      from: pack.from,
                      to: pack.to,
                      zone: pack.zone,
                    })}
                  >
                    {frameworkNames[pack.framework]?.name ?? pack.framework}, {formatPeriod(pack, pack.zone)}
                  </a>
                  <span className={screen.muted}>made {formatMinute(at, zone)}</span>
                </li>
              );
            })}
          </ul>
        )
      }
    </Card>
  );
}

// Overview: the state of the workspace at a glance. Every card asks for itself and arrives by itself; every figure
// leads to its rows.

import { useAddress } from '../address/use-address.ts';
import { useAnswer } from '../engine/engine.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { inZone } from '../words/time.ts';
import { AccessCard } from './access-card.tsx';
import { CoverageCard } from './coverage-card.tsx';
import { EventsCard } from './events-card.tsx';
import { FindingsCard } from './findings-card.tsx';
import styles from './overview.module.css';
import { PacksCard, ReviewsCard, VerifiedCard } from './work-cards.tsx';

export function OverviewScreen() {
  const { from, to, zone } = useAddress();
  const { data: log } = useAnswer('workspace.summary', {});
  if (log?.events === 0) return <FirstRun imports={log.imports} />;
  const day = (edge: string | null | undefined) => (edge ? (inZone(edge, zone)?.date ?? null) : null);
  // Days can only be counted between two dates: where the period is open, those of the first and last event held.
  const days = {
    from: from ?? day(log?.firstTime),
    to: to ?? day(log?.lastTime),
  };
  return (
    <div className={styles.screen}>
      <div className={styles.cards}>
        <EventsCard />
        <FindingsCard days={days} />
        <CoverageCard days={days} />
        <AccessCard days={days} />
        <ReviewsCard />
        <VerifiedCard />
        <PacksCard />
      </div>
    </div>
  );
}

// What a finished pack has beside its sign-offs: who signed its report, and when outside authorities stamped it.

import type { Additions } from '#core/addition-model.ts';
import { useShownZone } from '../address/use-address.ts';
import { Mark } from '../controls/mark.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { queries, useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatInstant } from '../words/time.ts';
import { forgetChecks, type PackPlace } from './checked.tsx';
import styles from './sign-off.module.css';

/** Call when something was added to a pack: what it has is asked for again, what was checked is of before. */
export function askAgainAfter(pack: PackPlace): void {
  forgetChecks(pack);
  void queries.invalidateQueries({ queryKey: ['additions.list', pack] });
}

export function Added({ pack }: { pack: PackPlace }) {
  const zone = useShownZone();
  const answer = useAnswer('additions.list', pack);
  if (answer.error) return <Notice kind="failed">{errorOf(answer.error).message}</Notice>;
  const { report, stamps } = answer.data ?? { report: null, stamps: [] };
  if (!report && stamps.length === 0) return null;
  return (
    <ul className={styles.signed} aria-label="Added to the pack">
      {report ? <SignedReport report={report} zone={zone} /> : null}
      {stamps.map(({ number, time, fault }) => (
        <li key={number}>
          {fault === null ? (
            <>
              Time stamp {number}: {formatInstant(time, zone)}
              <span className={screen.muted}>
                The authority’s own certificate is not checked here; timestamp/README.txt in the pack says
                how.
              </span>
            </>
          ) : (
            <Mark kind="failed">{`Time stamp ${number}: ${fault}`}</Mark>
          )}
        </li>
      ))}
    </ul>
  );
}

function SignedReport({ report, zone }: { report: NonNullable<Additions['report']>; zone: string }) {
  if (report.fault !== null)
    return (
      <li>
        <Mark kind="failed">{`Signed report: ${report.fault}`}</Mark>
      </li>
    );
  return (
    <li>
      <strong>
        <Recorded text={report.subject} />
      </strong>{' '}
      signed the report, {formatInstant(report.at, zone)}
      <span className={screen.muted}>
        Certificate from <Recorded text={report.issuer} />, valid from {report.from} to {report.to}. The
        signed copy is report-signed.pdf in the pack.
      </span>
    </li>
  );
}

// The breaks of a source: what the earlier event left behind, what the later one found instead, and both events.

import type { Break, Explanation } from '#core/model.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatInstant } from '../words/time.ts';
import { spellTokens } from '../words/tokens.ts';
import { ExplainedFinding } from './explanation.tsx';
import { breakFinding } from './findings.ts';
import { List } from './gaps.tsx';
import { eventOfBreak } from './leads.ts';
import { ShortList } from './short-list.tsx';
import styles from './source-section.module.css';

type Props = { breaks: Break[]; total: number; explanations: Explanation[] | null };

export function Breaks({ breaks, total, explanations }: Props) {
  const address = useAddress();
  if (breaks.length === 0) return null;
  return (
    <List
      word="break"
      title={formatCounted(total, 'break')}
      about={`The later event does not begin with the value the earlier one left. Records between them are not in the imported logs, or were altered.${total > breaks.length ? ` The first ${formatCount(breaks.length)} are listed.` : ''}`}
    >
      <ShortList of="breaks" items={breaks}>
        {(broken) => {
          const target = broken.targetName ?? broken.targetId ?? 'a target without a name';
          const side = (which: 'earlier' | 'later') => (
            <a href={hrefOf(address, eventOfBreak(address, broken, which))}>
              {formatInstant(which === 'earlier' ? broken.earlierTime : broken.laterTime, address.zone)}
            </a>
          );
          return (
            <ExplainedFinding
              key={`${broken.earlier} ${broken.later}`}
              finding={breakFinding(broken)}
              about={`break, ${spellTokens(broken.field)} of ${spellTokens(target)}`}
              zone={null}
              explanations={explanations}
            >
              <span className={styles.track}>
                <Recorded text={broken.field} /> of{' '}
                {broken.targetType === null ? '' : `${broken.targetType} `}
                <Recorded text={target} />
              </span>
              <dl className={styles.values}>
                <dt>expected</dt>
                <dd>
                  <Recorded text={broken.expected} keep={'\n\t'} />
                </dd>
                <dt>→ found</dt>
                <dd>
                  <Recorded text={broken.found} keep={'\n\t'} />
                </dd>
              </dl>
              <div className={styles.links}>
                <span>earlier event: {side('earlier')}</span>
                <span>later event: {side('later')}</span>
              </div>
            </ExplainedFinding>
          );
        }}
      </ShortList>
    </List>
  );
}

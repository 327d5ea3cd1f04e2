// What asks for attention: breaks, gaps, conflicts and rejected rows, the unexplained ones first.

import { hrefOf, useAddress } from '../address/use-address.ts';
import { useAnswer } from '../engine/engine.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Card } from './card.tsx';
import { type Days, useCoverage } from './days.ts';
import { Figure } from './figure.tsx';
import { type FoundFigure, foundFigures } from './findings.ts';
import styles from './overview.module.css';

const words: Record<FoundFigure['kind'], [one: string, many: string, about: string]> = {
  break: ['break', 'breaks', 'a value does not follow from the one before it'],
  gap: ['gap', 'gaps', 'days that no import spans'],
  'id-gap': ['gap in record ids', 'gaps in record ids', 'ids that occur in no imported record'],
  silence: ['unusually quiet day', 'unusually quiet days', 'spanned, with hardly an event'],
  conflict: ['conflict', 'conflicts', 'one id with different content; both are kept'],
  rejected: ['rejected row', 'rejected rows', 'listed with line and reason'],
};

export function FindingsCard({ days }: { days: Days }) {
  const address = useAddress();
  const coverage = useCoverage(days);
  const continuity = useAnswer('completeness.continuity', {});
  const explained = useAnswer('completeness.explanations', {});
  const imports = useAnswer('imports.list', {});
  return (
    <Card
      area="findings"
      title="To look at"
      word="continuity"
      answers={[coverage, continuity, explained, imports]}
    >
      {() => (
        <ul className={styles.list}>
          {foundFigures({
            coverage: coverage.data?.sources ?? [],
            continuity: continuity.data ?? { breaks: [], sources: [] },
            explanations: explained.data ?? [],
            imports: imports.data ?? [],
            days: { from: days.from ?? '', to: days.to ?? '' },
          }).map(({ kind, count, open, to }) => {
            const [one, many, about] = words[kind];
            const canExplain = kind !== 'conflict' && kind !== 'rejected';
            return (
              <Figure
                key={kind}
                count={formatCount(count)}
                href={hrefOf(address, to)}
                kind={open > 0 ? 'attention' : 'plain'}
                aside={
                  count === 0
                    ? undefined
                    : canExplain && open === 0
                      ? 'all explained'
                      : canExplain && open < count
                        ? `${formatCounted(open, 'is', 'are')} not explained`
                        : about
                }
              >
                {count === 1 ? one : many}
              </Figure>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

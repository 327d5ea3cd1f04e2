// How a value is known.

import { type Certainty, certainties } from '#core/review-model.ts';
import { Known, KnownLegend } from './known.tsx';
import { certaintyWords } from './words.ts';

const shapes = { asserted: 'solid', inferred: 'outlined', baseline: 'outlined', unknown: 'dashed' } as const;

export const CertaintyMark = ({ certainty }: { certainty: Certainty }) => (
  <Known shape={shapes[certainty]} {...certaintyWords[certainty]} />
);

export const CertaintyLegend = () => (
  <KnownLegend
    name="How a value is known:"
    words={certainties.map((one) => ({ shape: shapes[one], ...certaintyWords[one] }))}
  />
);

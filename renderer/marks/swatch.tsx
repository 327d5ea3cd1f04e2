// The marks of categories as something to fill with, and as the small square beside a category's name.

import { useSyncExternalStore } from 'react';
import type { Family } from '../words/categories.ts';
import { type CategoryMark, patterns } from './category-marks.ts';
import styles from './marks.module.css';

const families: readonly Family[] = ['access', 'sign-in', 'network', 'change', 'data', 'operation', 'other'];
const side = 8;

/** The lines that each pattern leaves out of the colour; those of the last ones are the colour on nothing. */
const lines: readonly (readonly [d: string, width: number])[] = [
  ['', 0],
  ['M-2 2L2 -2M-2 10L10 -2M6 10L10 6', 2.4],
  ['M0 2H8M0 6H8', 1.6],
  ['M-2 6L2 10M-2 -2L10 10M6 -2L10 2', 2.4],
  ['M2 0V8M6 0V8', 1.6],
  ['M-2 2L2 -2M-2 10L10 -2M6 10L10 6M-2 6L2 10M-2 -2L10 10M6 -2L10 2', 1.4],
  ['M1 2H3M5 6H7', 2.2],
  ['M0 4H8', 5.6],
  ['M4 0V8', 5.6],
];

const nameOf = (family: Family, pattern: number): string => `mark-${family}-${pattern}`;

/** What an element is filled with for this mark. Needs `MarkPatterns` on the page. */
export function fillOf({ family, pattern }: Pick<CategoryMark, 'family' | 'pattern'>): string {
  if (family === null) return 'var(--mark-rest)';
  return pattern === 0 ? `var(--family-${family})` : `url(#${nameOf(family, pattern)})`;
}

/** The patterns, drawn nowhere themselves. Once on the page. */
export function MarkPatterns() {
  return (
    <svg className={styles.patterns} aria-hidden="true">
      {families.flatMap((family) =>
        Array.from({ length: patterns - 1 }, (_, before) => {
          const pattern = before + 1;
          const [d, width] = lines[pattern] as (typeof lines)[number];
          return (
            <pattern
              key={nameOf(family, pattern)}
              id={nameOf(family, pattern)}
              patternUnits="userSpaceOnUse"
              width={side}
              height={side}
            >
              <rect width={side} height={side} fill={`var(--family-${family})`} />
              <path d={d} stroke="var(--canvas)" strokeWidth={width} fill="none" />
            </pattern>
          );
        }),
      )}
    </svg>
  );
}

/** The square beside a name: the mark, and a frame that shows it on any ground. */
export function Swatch({ mark }: { mark: Pick<CategoryMark, 'family' | 'pattern'> }) {
  const { family } = mark;
  const edge = family === null ? 'var(--line-control)' : `var(--family-${family})`;
  return (
    <svg className={styles.swatch} width={14} height={14} aria-hidden="true">
      <rect
        x={0.75}
        y={0.75}
        width={12.5}
        height={12.5}
        rx={2}
        fill={fillOf(mark)}
        stroke={edge}
        strokeWidth={1.5}
      />
    </svg>
  );
}

const forced = globalThis.window?.matchMedia('(forced-colors: active)');

/** Whether the system chooses the colours. */
export const useForcedColours = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      forced?.addEventListener('change', listener);
      return () => forced?.removeEventListener('change', listener);
    },
    () => forced?.matches ?? false,
  );

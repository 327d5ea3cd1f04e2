// What the log cannot know of access: one line wherever access is shown, all of it behind “more”.

import type { AccessSummary } from '#core/review-model.ts';
import { Recorded } from '../words/recorded.tsx';
import own from './access-screen.module.css';
import { neverKnown, neverKnownBriefly } from './sentences.ts';

/** `all`: what each source is known not to log, where that is at hand. */
export function CannotKnow({ spots: all = [] }: { spots?: AccessSummary['blindSpots'] }) {
  const spots = all.filter(({ blindSpots }) => blindSpots.length > 0);
  return (
    <details className={own.unknown}>
      <summary>
        <strong>What the log cannot know</strong>
        <span className={own.gist}>{neverKnownBriefly}</span>
        <span className={own.more}>more</span>
      </summary>
      <p>{neverKnown}</p>
      {spots.map(({ source, blindSpots }) => (
        <div key={source}>
          <p>
            <strong>
              <Recorded text={source} />
            </strong>{' '}
            is known not to log
          </p>
          <ul>
            {blindSpots.map((spot) => (
              <li key={spot}>{spot}</li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}

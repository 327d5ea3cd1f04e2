// What the log cannot know of access: a fixed paragraph wherever access is shown.

import type { AccessSummary } from '#core/review-model.ts';
import { Recorded } from '../words/recorded.tsx';
import own from './access-screen.module.css';
import { neverKnown } from './sentences.ts';

/** `all`: what each source is known not to log, where that is at hand. */
export function CannotKnow({ spots: all = [] }: { spots?: AccessSummary['blindSpots'] }) {
  const spots = all.filter(({ blindSpots }) => blindSpots.length > 0);
  return (
    <div className={own.unknown}>
      <h3>What the log cannot know</h3>
      <p>{neverKnown}</p>
      {spots.length === 0 ? null : (
        <details>
          <summary>What the logs of these sources are known not to hold</summary>
          {spots.map(({ source, blindSpots }) => (
            <div key={source}>
              <h4>
                <Recorded text={source} />
              </h4>
              <ul>
                {blindSpots.map((spot) => (
                  <li key={spot}>{spot}</li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      )}
    </div>
  );
}

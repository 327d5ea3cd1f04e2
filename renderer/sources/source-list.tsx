// What the log holds of each source, and what its preset says the vendor's log cannot tell.

import type { ImportSummary, PresetInfo } from '#core/contract.ts';
import type { SourceSummary } from '#core/model.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { Explained } from '../glossary/help.tsx';
import { correctMapping } from '../mapping/remap-draft.ts';
import { formatCount } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './source-list.module.css';

export function SourceList({ sources, imports }: { sources: SourceSummary[]; imports: ImportSummary[] }) {
  const zone = useShownZone();
  const presets = useAnswer('presets.list', {}).data ?? [];
  const at = (instant: string | null) => (instant === null ? 'none' : formatMinute(instant, zone));
  return (
    <section aria-labelledby="sources">
      <div className={screen.heading}>
        <Explained word="source">
          <h2 id="sources">Sources</h2>
        </Explained>
      </div>
      <table className={screen.table} aria-labelledby="sources">
        <thead>
          <tr>
            <th>Source</th>
            <th>Preset</th>
            <th className={screen.number}>Events</th>
            <th className={screen.number}>Imports</th>
            <th>First event</th>
            <th>Last event</th>
            <th>Last import</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.id}>
              <td className={styles.source}>
                <strong>
                  <Recorded text={source.name} />
                </strong>
              </td>
              <td className={styles.preset}>
                {presets.find((preset) => preset.id === source.preset)?.name ?? ownName(source.preset)}
                <Correct source={source.name} imports={imports} />
              </td>
              <td className={screen.number}>{formatCount(source.events)}</td>
              <td className={screen.number}>{formatCount(source.imports)}</td>
              <td className={styles.when}>{at(source.firstTime)}</td>
              <td className={styles.when}>{at(source.lastTime)}</td>
              <td className={styles.when}>{at(source.lastImportAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Begins with the newest import that has records of its own; the screen asks about the others of the source. */
function Correct({ source, imports }: { source: string; imports: ImportSummary[] }) {
  const newest = imports.find(
    (one) => one.source === source && one.replacedBy === null && one.imported + one.rejected > 0,
  );
  if (!newest) return null;
  return (
    <Button
      weight="quiet"
      aria-label={`Correct the mapping of ${source}`}
      onPress={() => correctMapping(newest.id)}
    >
      Correct the mapping…
    </Button>
  );
}

/** A preset that did not come with Exhibit, and that today's rules refuse, has only its id here. */
const ownName = (id: string): string => (id.startsWith('own-') ? `Own mapping, ${id}` : id);

/** What the presets in use say about their vendors' logs: assumed facts, and what such a log cannot tell. */
export function Limits({ sources }: { sources: SourceSummary[] }) {
  const presets = useAnswer('presets.list', {}).data ?? [];
  const used = presets.filter((preset) => sources.some((source) => source.preset === preset.id));
  if (used.length === 0) return null;
  return (
    <section aria-labelledby="limits">
      <div className={screen.heading}>
        <h2 id="limits">What to know of these logs</h2>
      </div>
      <div className={styles.limits}>
        {used.map((preset) => (
          <Limit key={preset.id} preset={preset} />
        ))}
      </div>
    </section>
  );
}

function Limit({ preset }: { preset: PresetInfo }) {
  return (
    <section className={styles.limit}>
      <h3>{preset.vendor}</h3>
      <dl>
        <dt>Kept by the vendor</dt>
        <dd>{preset.retention}</dd>
        {preset.blindSpots.length > 0 ? (
          <>
            <dt>Not in the log</dt>
            <dd>
              <Points points={preset.blindSpots} />
            </dd>
          </>
        ) : null}
        {preset.assumed.length > 0 ? (
          <>
            <dt>Assumed, because the vendor does not publish it</dt>
            <dd>
              <Points points={preset.assumed} />
            </dd>
          </>
        ) : null}
      </dl>
    </section>
  );
}

const Points = ({ points }: { points: string[] }) => (
  <ul>
    {points.map((point) => (
      <li key={point}>{point}</li>
    ))}
  </ul>
);

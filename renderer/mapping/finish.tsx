// The end of a mapping: what the system is called, then import, save or open a mapping file.

import { useState } from 'react';
import { finishDraft, nameDraft, setRetention } from '#core/mapping/draft-preset.ts';
import { go } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { ComboLine } from '../controls/combo-line.tsx';
import { SaveFile } from '../controls/save-file.tsx';
import screen from '../controls/screen.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { useAnswer } from '../engine/engine.ts';
import { type Intake, importTaken } from '../sources/intake.ts';
import { sourceProblem } from '../sources/settings.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import styles from './finish.module.css';
import type { FinishProps } from './mapping.tsx';
import { openMapping, saveMapping } from './mapping-file.ts';
import { Missing } from './missing.tsx';

type Props = FinishProps & { together: Intake[] };

export function Finish(props: Props) {
  const { draft, shape, together, missing, isReading, onChange, onOpen } = props;
  const sources = useAnswer('sources.list', {}).data ?? [];
  const [failed, setFailed] = useState<string | null>(null);
  const vendor = draft.vendor.trim();
  const keeps = (draft.keeps ?? String(props.preset.retention.days ?? '')).trim();
  const keepsProblem = /^([1-9]\d{0,4})?$/.test(keeps)
    ? undefined
    : 'Write a whole number of days, or leave it empty.';
  const kept =
    draft.keeps === null || keepsProblem !== undefined
      ? props.preset
      : setRetention(props.preset, keeps === '' ? null : Number(keeps));
  const preset = finishDraft(nameDraft(kept, vendor), shape.names);
  const vendorProblem = vendor === '' ? 'The mapping needs the name of the vendor or system.' : undefined;
  const problem = sourceProblem(draft.source, [preset.id], null, sources) ?? undefined;
  const isReady =
    missing.length === 0 && vendorProblem === undefined && keepsProblem === undefined && !isReading;
  const attempt = (work: () => Promise<void>) => {
    setFailed(null);
    work().catch((thrown) => setFailed(errorOf(thrown).message));
  };
  const found = together.reduce((sum, { probe }) => sum + (probe?.found ?? 1), 0);

  function run(): void {
    const chosen = { text: JSON.stringify(preset), id: preset.id, name: preset.name, zone: preset.zone };
    importTaken(together.map((one) => ({ ...one, preset: chosen, source: draft.source.trim(), zone: null })));
    go({ map: null }, 'replace');
  }

  return (
    <section aria-labelledby="map-finish">
      <div className={screen.heading}>
        <h2 id="map-finish">Name it, then import</h2>
      </div>
      <div className={styles.names}>
        <TextLine
          label="Vendor or system"
          value={draft.vendor}
          onChange={(text) => onChange({ vendor: text })}
          error={vendorProblem}
          maxLength={100}
          hint="What the mapping is for; it is called after it."
        />
        <ComboLine
          label="Source"
          value={draft.source}
          choices={sources.filter((one) => one.preset === preset.id).map(({ name }) => name)}
          onChange={(text) => onChange({ source: text })}
          error={problem}
          hint="The system these events are of."
        />
        <TextLine
          label="Days the vendor keeps its log"
          value={draft.keeps ?? keeps}
          onChange={(text) => onChange({ keeps: text })}
          error={keepsProblem}
          maxLength={6}
          numeric
          hint="If you know it: Exhibit then says by when to export again."
        />
      </div>
      <Missing before="Before the import:" missing={missing} failed={failed} />
      <div className={styles.actions}>
        <Button weight="primary" isDisabled={!isReady || problem !== undefined} onPress={run}>
          Import {formatCounted(found, 'file')} with this mapping
        </Button>
        <SaveFile isDisabled={!isReady} save={(into) => saveMapping(preset, into)}>
          Save mapping as a file…
        </SaveFile>
        <Button
          onPress={() =>
            attempt(async () => {
              const opened = await openMapping();
              if (opened) onOpen(opened.preset);
            })
          }
        >
          Open a mapping file…
        </Button>
      </div>
    </section>
  );
}

// Correcting the mapping of an import: the mapping screen over the records in the log. Its last button maps them again, as
// a new import that replaces the earlier one.

import { useState } from 'react';
import type { ImportSummary } from '#core/contract.ts';
import { finishDraft, nameDraft } from '#core/mapping/draft-preset.ts';
import type { ExportProbe } from '#core/mapping/export-probe.ts';
import { go, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { CheckLine } from '../controls/check-line.tsx';
import { SaveFile } from '../controls/save-file.tsx';
import screen from '../controls/screen.module.css';
import { askAgain, useAnswer } from '../engine/engine.ts';
import { startJob } from '../engine/jobs.ts';
import type { Draft } from '../sources/intake.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './finish.module.css';
import { type FinishProps, Mapping } from './mapping.tsx';
import { openMapping, saveMapping } from './mapping-file.ts';
import { Missing } from './missing.tsx';
import { NothingToMap } from './nothing-to-map.tsx';
import { keepDraft, useDraft } from './remap-draft.ts';

export function RemapScreen({ id }: { id: number }) {
  const zone = useShownZone();
  const probe = useAnswer('remap.probe', { import: id });
  const imports = useAnswer('imports.list', {}).data;
  const changed = useDraft(id);
  const one = imports?.find((report) => report.id === id);
  if (probe.error) return <NothingToMap>{errorOf(probe.error).message}</NothingToMap>;
  if (!probe.data || !one)
    return <NothingToMap>The records of import {formatCount(id)} are being read…</NothingToMap>;
  const shape = probe.data;
  const start = draftOf(shape);
  return (
    <Mapping
      title="Correct the mapping of"
      lead={
        <>
          Import {formatCount(id)} of {formatMinute(one.startedAt, zone)} into <Recorded text={one.source} />,
          as it was mapped. The records below are those in the log; the file is not needed. Change what is
          wrong.
        </>
      }
      from={{ import: id }}
      shape={shape}
      draft={changed ?? start}
      onDraft={(draft) => keepDraft(id, draft)}
      finish={(props) => <MapAgain {...props} one={one} start={start} others={alike(imports ?? [], one)} />}
    />
  );
}

/** The mapping as it was; where no preset knew the file, as its names suggest. */
function draftOf(shape: ExportProbe): Draft {
  const { preset } = shape.proposal;
  return {
    preset,
    vendor: preset.vendor,
    source: shape.source,
    touched: [],
    name: '',
    rules: new Map(),
    keeps: null,
  };
}

/** Other imports that count, of the same source and mapped with the same preset: probably wrong in the same way. */
const alike = (imports: readonly ImportSummary[], one: ImportSummary): ImportSummary[] =>
  imports.filter(
    (other) =>
      other.id !== one.id &&
      other.replacedBy === null &&
      other.source === one.source &&
      other.preset === one.preset &&
      other.format === one.format,
  );

type Props = FinishProps & { one: ImportSummary; start: Draft; others: ImportSummary[] };

function MapAgain({ draft, shape, preset, isReading, missing, onOpen, one, start, others }: Props) {
  const [withOthers, setWithOthers] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const named = finishDraft(nameDraft(preset, draft.vendor), shape.names);
  const isSame = JSON.stringify(preset) === JSON.stringify(start.preset);
  const isReady = missing.length === 0 && !isReading && !isSame;

  function run(): void {
    const chosen = withOthers ? [one, ...others] : [one];
    const input = {
      imports: chosen.map(({ id }) => id).sort((a, b) => a - b),
      preset: JSON.stringify(named),
      // Part of the mapping here; an import that had another zone named for it reads with this one now.
      zone: preset.zone,
    };
    const about = chosen.length === 1 ? one.file : formatCounted(chosen.length, 'import');
    void startJob('imports.remap', input, about, () => void askAgain());
    keepDraft(one.id, null);
    go({ map: null, import: null }, 'replace');
  }

  return (
    <section aria-labelledby="map-finish">
      <div className={screen.heading}>
        <h2 id="map-finish">Map again</h2>
      </div>
      <p>
        The {formatCounted(one.imported + one.rejected, 'record')} that import {formatCount(one.id)} holds are
        mapped again from the log. What comes of them is a new import that replaces it: its{' '}
        {formatCounted(one.imported, 'event')} stay in the log with their proof, and count no more.
        {one.duplicates > 0
          ? ` Its ${formatCounted(one.duplicates, 'duplicate')} are held by other imports and stay as those were mapped.`
          : ''}
      </p>
      {others.length > 0 ? (
        <CheckLine
          label={
            <>
              Also the {formatCounted(others.length, 'other import')} of <Recorded text={one.source} /> that{' '}
              {others.length === 1 ? 'was' : 'were'} mapped with the same preset
            </>
          }
          isOn={withOthers}
          onChange={setWithOthers}
        />
      ) : null}
      <Missing before="Before that:" missing={missing} failed={failed} />
      <div className={styles.actions}>
        <Button weight="primary" isDisabled={!isReady} onPress={run}>
          Map again
        </Button>
        <SaveFile isDisabled={missing.length > 0} save={(into) => saveMapping(named, into)}>
          Save mapping as a file…
        </SaveFile>
        <Button
          onPress={() => {
            setFailed(null);
            openMapping().then(
              (opened) => opened && onOpen(opened.preset),
              (thrown) => setFailed(errorOf(thrown).message),
            );
          }}
        >
          Open a mapping file…
        </Button>
      </div>
      {isSame ? <p className={styles.hint}>Nothing of the mapping is changed yet.</p> : null}
    </section>
  );
}

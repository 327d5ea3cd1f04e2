// Mapping: which column of an export is which field of an event. Proposed, changed by a person, and shown at once on
// the first records; nothing is stored before the import. The address says what is mapped: a chosen file, or an import.

import type { ExportProbe } from '#core/mapping/export-probe.ts';
import {
  changeIntake,
  type Draft,
  type Intake,
  mappedTogether,
  unknownShape,
  useIntake,
} from '../sources/intake.ts';
import { formatCounted } from '../words/numbers.ts';
import { Finish } from './finish.tsx';
import { Mapping } from './mapping.tsx';
import { NothingToMap } from './nothing-to-map.tsx';
import { fromFiles } from './records-from.ts';
import { importOf } from './remap-draft.ts';
import { RemapScreen } from './remap-screen.tsx';

export function MappingScreen({ id }: { id: string }) {
  const taken = useIntake();
  const remapped = importOf(id);
  if (remapped !== null) return <RemapScreen key={id} id={remapped} />;
  const intake = taken.find(({ grant }) => grant.id === id);
  const shape = intake && shapeOf(intake);
  if (!intake || !shape) {
    return (
      <NothingToMap>
        {intake && intake.probe === null && intake.error === null
          ? 'The file is being looked at…'
          : 'This file is not waiting for a mapping. Choose it again to map it.'}
      </NothingToMap>
    );
  }
  const together = mappedTogether(taken, intake);
  const what = shape.format === 'csv' ? 'columns' : 'keys';
  const draft = intake.draft ?? startDraft(shape);
  const onDraft = (next: Draft) => changeIntake(intake.grant.id, { draft: next });
  return (
    <Mapping
      key={id}
      title="Map"
      lead={
        <>
          {shape.recognised
            ? `${shape.recognised.name} reads this export. What you change here makes a mapping of your own; the preset stays as it is.`
            : `No preset knows this export. Below is what its ${what} probably mean: check each, change what is wrong. `}
          {together.length > 1 ? ` ${formatCounted(together.length, 'chosen file')} have these ${what}.` : ''}
        </>
      }
      from={fromFiles(intake.grant.id, shape)}
      shape={shape}
      draft={draft}
      onDraft={onDraft}
      finish={(props) => <Finish {...props} together={together} />}
    />
  );
}

/** The shape that is mapped: the unknown one, else the only one. */
const shapeOf = (intake: Intake): ExportProbe | null =>
  unknownShape(intake) ?? intake.probe?.shapes[0] ?? null;

function startDraft(shape: ExportProbe): Draft {
  const { preset } = shape.proposal;
  const blank = { preset, touched: [], name: '', rules: new Map(), keeps: null };
  if (!shape.recognised) return { ...blank, vendor: shape.source, source: shape.source };
  const source = shape.recognised.text === null ? `${shape.source}, own mapping` : shape.source;
  return { ...blank, vendor: preset.vendor, source };
}

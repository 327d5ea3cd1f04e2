// Exhibit's fields, each with the column it is read from, how sure that is, and why.

import { type MappingField, mappingFields, readingOf } from '#core/mapping/draft-preset.ts';
import type { ExportProbe } from '#core/mapping/export-probe.ts';
import type { Preset } from '#core/mapping/form.ts';
import { type Choice, PickList } from '../controls/pick-list.tsx';
import choice from './choice.module.css';
import styles from './field-list.module.css';
import { confidenceWords, fieldWords, neededFields } from './fields.ts';

type Props = {
  shape: ExportProbe;
  preset: Preset;
  touched: readonly string[];
  onPick(field: MappingField, name: string | null): void;
};

export function FieldList({ shape, preset, touched, onPick }: Props) {
  const what = shape.format === 'csv' ? 'column' : 'key';
  const choices: Choice[] = [
    { id: '', label: 'Not in this file' },
    ...shape.names.map((name) => ({ id: `=${name}`, label: name, aside: firstValue(shape, name) })),
  ];
  return (
    <ul className={styles.fields} aria-label="Fields of an event">
      {mappingFields.map((field) => {
        const reading = readingOf(preset, field);
        const [label, meaning] = fieldWords[field];
        const reason = why(shape, touched, field, reading.kind);
        const shown =
          reading.kind === 'name'
            ? reading.name
            : reading.kind === 'rule'
              ? shape.recognised
                ? 'as the preset reads it'
                : reading.names.join(' and ')
              : `No ${what}`;
        return (
          <li key={field} className={styles.field}>
            <div className={styles.label}>
              <span>{label}</span>
              <span className={styles.meaning}>{meaning}</span>
            </div>
            <div className={choice.pick} data-none={reading.kind === 'none'}>
              <PickList
                name={`${label}: ${shown}`}
                search={`Search ${what}s`}
                choices={choices}
                picked={[reading.kind === 'name' ? `=${reading.name}` : reading.kind === 'none' ? '' : '-']}
                several={false}
                onPick={([id]) => {
                  if (id !== undefined) onPick(field, id === '' ? null : id.slice(1));
                }}
              >
                <span className={styles.name}>{shown}</span>
              </PickList>
              {reason === '' ? null : <p className={choice.why}>{reason}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** How sure the column is, and why; empty where there is nothing to say. */
function why(
  shape: ExportProbe,
  touched: readonly string[],
  field: MappingField,
  kind: 'none' | 'name' | 'rule',
): string {
  if (touched.includes(field)) return kind === 'none' ? 'Left out by you.' : 'Chosen by you.';
  if (shape.recognised) return kind === 'none' ? '' : `As ${shape.recognised.name} reads it.`;
  const proposed = shape.proposal.fields.find((one) => one.field === field);
  if (!proposed) return '';
  if (proposed.confidence === 'none')
    return neededFields.includes(field) ? 'Needed, and nothing looks like it: choose one.' : '';
  return `${capital(confidenceWords[proposed.confidence])}: ${proposed.reason}`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function firstValue(shape: ExportProbe, name: string): string {
  const value =
    shape.samples.map((sample) => (Object.hasOwn(sample, name) ? sample[name] : '')).find(Boolean) ?? '';
  return value.length > 28 ? `${value.slice(0, 28)}…` : value;
}

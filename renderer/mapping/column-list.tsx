// The columns or keys of the file, each with some of its values and what it is used for.

import { type MappingField, mappingFields, readingOf } from '#core/mapping/draft-preset.ts';
import type { ExportProbe } from '#core/mapping/export-probe.ts';
import type { Preset } from '#core/mapping/form.ts';
import screen from '../controls/screen.module.css';
import { Recorded } from '../words/recorded.tsx';
import styles from './column-list.module.css';
import { fieldWords } from './fields.ts';

export function ColumnList({ shape, preset }: { shape: ExportProbe; preset: Preset }) {
  const used = new Map<string, MappingField[]>();
  for (const field of mappingFields) {
    const reading = readingOf(preset, field);
    const names = reading.kind === 'name' ? [reading.name] : reading.kind === 'rule' ? reading.names : [];
    for (const name of names) used.set(name, [...(used.get(name) ?? []), field]);
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a tab stop
    <section className={styles.box} tabIndex={0} aria-label="Columns found">
      <table className={`${screen.table} ${styles.table}`}>
        <thead>
          <tr>
            <th>{shape.format === 'csv' ? 'Column' : 'Key'}</th>
            <th>First values</th>
            <th>Used for</th>
          </tr>
        </thead>
        <tbody>
          {shape.names.map((name) => (
            <tr key={name}>
              <td className={styles.name}>
                <Recorded text={name} />
              </td>
              <td className={styles.values}>
                <Values shape={shape} name={name} />
              </td>
              <td className={styles.use}>
                {used
                  .get(name)
                  ?.map((field) => fieldWords[field][0])
                  .join(', ') ?? ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Values({ shape, name }: { shape: ExportProbe; name: string }) {
  const values = shape.samples.flatMap((sample) =>
    Object.hasOwn(sample, name) ? [sample[name] as string] : [],
  );
  const distinct = [...new Set(values)].slice(0, 3);
  if (distinct.length === 0) return <span className={styles.empty}>empty</span>;
  return distinct.map((value) => (
    <span key={value} className={styles.value} title={value}>
      <Recorded text={value} />
    </span>
  ));
}

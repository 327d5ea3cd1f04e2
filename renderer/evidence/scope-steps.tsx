// The second and third step of a pack: which controls it is about with what the officer concludes of each, and which
// events stand for them or are missing.

import { useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import screen from '../controls/screen.module.css';
import { TextArea } from '../controls/text-area.tsx';
import { useAnswer } from '../engine/engine.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { rowsOf, useControls } from './controls.ts';
import { changeDraft, useDraft } from './draft.ts';
import styles from './evidence-screen.module.css';

function useCounts(): Map<string, number> | null {
  const { from, to, zone, filter } = useAddress();
  const draft = useDraft();
  const isSet = from !== null && to !== null && from <= to;
  const answer = useAnswer(
    'events.count',
    { filter: draft.filtered ? filter : '', from, to, zone, by: 'category' },
    { enabled: isSet },
  );
  if (!isSet || !answer.data) return null;
  return new Map(answer.data.groups.map(({ key, count }) => [key, count]));
}

export function ControlsStep() {
  const draft = useDraft();
  const list = useControls(draft.framework);
  const counts = useCounts();
  const isChosen = (id: string) => draft.controls.length === 0 || draft.controls.includes(id);
  const toggle = (id: string) => {
    const all = list?.controls.map((one) => one.id) ?? [];
    const now = draft.controls.length === 0 ? all : draft.controls;
    const next = now.includes(id)
      ? now.filter((one) => one !== id)
      : all.filter((one) => one === id || now.includes(one));
    changeDraft({ controls: next.length === all.length || next.length === 0 ? [] : next });
  };
  if (!list) return <p className={screen.muted}>Reading the controls…</p>;
  return (
    <>
      <div className={screen.heading}>
        <h2>
          {draft.controls.length === 0
            ? `All ${list.controls.length} controls of the map`
            : `${draft.controls.length} of ${list.controls.length} controls`}
        </h2>
        <Button
          weight="quiet"
          onPress={() => changeDraft({ controls: [] })}
          isDisabled={draft.controls.length === 0}
        >
          Choose all
        </Button>
      </div>
      <div className={styles.controls}>
        {list.controls.map(({ id, label, categories }) => (
          <label key={id} className={styles.control}>
            <input type="checkbox" checked={isChosen(id)} onChange={() => toggle(id)} />
            <strong>{id}</strong>
            <span>{label}</span>
            <span className={screen.muted}>{counts ? formatCount(rowsOf(counts, categories)) : ''}</span>
          </label>
        ))}
      </div>
      <p className={screen.muted}>
        Figures are events of the period. One event can be evidence for several controls. Labels are our own
        words.
      </p>
    </>
  );
}

export function PopulationsStep() {
  const draft = useDraft();
  const list = useControls(draft.framework);
  const counts = useCounts();
  if (!list) return <p className={screen.muted}>Reading the controls…</p>;
  if (!counts) return <p className={screen.muted}>Set both dates of the period first.</p>;
  const chosen = list.controls.filter(({ id }) => draft.controls.length === 0 || draft.controls.includes(id));
  const found = chosen.filter(({ categories }) => rowsOf(counts, categories) > 0);
  const missing = chosen.filter(({ categories }) => rowsOf(counts, categories) === 0);
  return (
    <>
      <h2>{formatCounted(found.length, 'control')} with events. What do you conclude?</h2>
      {found.map(({ id, label, categories }) => (
        <TextArea
          key={id}
          label={`${id}  ${label}: ${formatCounted(rowsOf(counts, categories), 'event')}`}
          value={draft.conclusions[id] ?? ''}
          onChange={(words) => changeDraft({ conclusions: { ...draft.conclusions, [id]: words } })}
          rows={1}
          maxLength={5000}
        />
      ))}
      <p className={screen.muted}>
        Optional, and printed as it stands. What is empty is printed as “For the officer”.
      </p>
      {missing.length === 0 ? null : (
        <section aria-labelledby="missing-controls">
          <h3 id="missing-controls">
            {formatCounted(missing.length, 'control')} without events in this period
          </h3>
          <table className={screen.table}>
            <tbody>
              {missing.map(({ id, label, categories }) => (
                <tr key={id}>
                  <td>{id}</td>
                  <td>{label}</td>
                  <td className={screen.muted}>{categories.join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={screen.muted}>The report lists them as such. Other evidence is needed for them.</p>
        </section>
      )}
    </>
  );
}

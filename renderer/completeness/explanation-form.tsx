// The field in which an officer explains one finding. What is saved stays in the history for good, so it says who.

import { useState } from 'react';
import field from '../controls/field.module.css';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { useSaving, WrittenForm } from '../controls/written-form.tsx';
import { connection, queries } from '../engine/engine.ts';
import { keepNote, keepPerson, noteOf, personOr } from './drafts.ts';
import styles from './explanation.module.css';
import type { Finding } from './findings.ts';

type Props = {
  finding: Finding;
  /** The finding in words, for the field's name. */
  about: string;
  zone: string | null;
  /** The name that is offered. */
  person: string;
  onDone(saved: boolean): void;
};

export function ExplanationForm({ finding, about, zone, person: offered, onDone }: Props) {
  const [note, setNote] = useState(() => noteOf(finding));
  const [person, setPerson] = useState(() => personOr(offered));
  const isReady = note.trim() !== '' && person.trim() !== '';
  const saving = useSaving(isReady, async () => {
    const client = await connection.client();
    await client.command('completeness.explain', {
      ...finding,
      zone,
      note: note.trim(),
      person: person.trim(),
    });
    keepNote(finding, '');
    await queries.invalidateQueries({ queryKey: ['completeness.explanations'] });
    onDone(true);
  });
  const { attempted } = saving;

  return (
    <WrittenForm
      label={`Explain: ${about}`}
      className={styles.form}
      saving={saving}
      word="Save explanation"
      aside={
        <span className={field.hint}>
          Saved with name and time, and never changed. A later explanation replaces it and leaves it in the
          history.
        </span>
      }
      onLeave={() => onDone(false)}
    >
      <TextArea
        label="Explanation"
        value={note}
        onChange={(text) => {
          setNote(text);
          keepNote(finding, text);
        }}
        error={attempted && note.trim() === '' ? 'Write what is known about it.' : undefined}
        maxLength={10_000}
        autoFocus
      />
      <div className={styles.person}>
        <TextLine
          label="Your name"
          value={person}
          onChange={(name) => {
            setPerson(name);
            keepPerson(name);
          }}
          maxLength={200}
          error={attempted && person.trim() === '' ? 'An explanation needs a name.' : undefined}
        />
      </div>
    </WrittenForm>
  );
}

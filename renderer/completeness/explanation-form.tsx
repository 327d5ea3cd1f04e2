// The field in which an officer explains one finding. What is saved stays in the history for good, so it says who.

import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { Notice } from '../controls/notice.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { connection, queries } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
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
  const [attempted, setAttempted] = useState(false);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const isReady = note.trim() !== '' && person.trim() !== '';

  async function save(): Promise<void> {
    setAttempted(true);
    if (!isReady || saving) return;
    setSaving(true);
    setError(null);
    try {
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
    } catch (thrown) {
      setError(errorOf(thrown).message);
      setSaving(false);
    }
  }

  return (
    <form
      className={styles.form}
      noValidate
      aria-label={`Explain: ${about}`}
      onSubmit={(submitted: FormEvent) => {
        submitted.preventDefault();
        void save();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Escape') onDone(false);
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
      }}
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
      {error === null ? null : (
        <Notice kind="failed" live>
          The explanation was not saved; what you wrote is still here. {error}
        </Notice>
      )}
      <div className={styles.actions}>
        <Button type="submit" weight="primary" isDisabled={saving}>
          {saving ? 'Saving…' : 'Save explanation'}
        </Button>
        <Button weight="plain" onPress={() => onDone(false)}>
          Cancel
        </Button>
        <span className={field.hint}>
          Saved with name and time, and never changed. A later explanation replaces it and leaves it in the
          history.
        </span>
      </div>
    </form>
  );
}

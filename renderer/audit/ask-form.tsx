// A new request: what is asked, about what, and until when.

import { type FormEvent, useState } from 'react';
import type { AuditPack } from '#core/audit-model.ts';
import type { Said } from '#core/request-model.ts';
import { Button } from '../controls/button.tsx';
import { ComboLine } from '../controls/combo-line.tsx';
import { Notice } from '../controls/notice.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { setPerson, usePerson } from '../review/person.ts';
import { errorOf } from '../words/errors.ts';
import type { About } from './asking.ts';
import styles from './audit.module.css';

type Props = { about: About; pack: AuditPack; say(said: Said): Promise<boolean>; onDone(): void };

export function AskForm({ about, pack, say, onDone }: Props) {
  const person = usePerson();
  const [question, setQuestion] = useState('');
  const [control, setControl] = useState(about.control ?? '');
  const [file, setFile] = useState(about.file ?? '');
  const [row, setRow] = useState(about.row ?? '');
  const [due, setDue] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function ask(): Promise<void> {
    if (question.trim() === '') return setProblem('Write what you ask.');
    if (due.trim() !== '' && !isDay(due.trim()))
      return setProblem('The date is written like 2026-06-30, or left empty.');
    if (person.trim() === '') return setProblem('Set your name: each request is kept with who asks.');
    setProblem(null);
    setBusy(true);
    try {
      const kept = await say({
        kind: 'request',
        question: question.trim(),
        control: control.trim() || null,
        file: file.trim() || null,
        row: row.trim() || null,
        due: due.trim() || null,
      });
      if (kept) onDone();
    } catch (thrown) {
      setProblem(`Nothing was kept; what you wrote is still here. ${errorOf(thrown).message}`);
    } finally {
      setBusy(false);
    }
  }

  return (
    <section aria-labelledby="ask" className={styles.block}>
      <h3 id="ask">New request</h3>
      <form
        className={styles.ask}
        aria-label="New request"
        noValidate
        onSubmit={(submitted: FormEvent) => {
          submitted.preventDefault();
          void ask();
        }}
      >
        <TextArea label="Question" value={question} onChange={setQuestion} rows={3} maxLength={10_000} />
        <div className={styles.pairs}>
          <ComboLine
            label="Control (optional)"
            value={control}
            choices={pack.controls.map(({ id }) => id)}
            onChange={setControl}
          />
          <TextLine label="Due (optional)" value={due} onChange={setDue} maxLength={10} hint="2026-06-30" />
          <ComboLine
            label="File (optional)"
            value={file}
            choices={pack.files.map(({ path }) => path).filter((path) => !path.endsWith('.tlog-proof'))}
            onChange={setFile}
          />
          <TextLine
            label="Row (optional)"
            value={row}
            onChange={setRow}
            maxLength={500}
            hint="The uid of an event, or the number of a row."
          />
        </div>
        <TextLine label="Your name" value={person} onChange={setPerson} maxLength={200} />
        {problem === null ? null : (
          <Notice kind="failed" live>
            {problem}
          </Notice>
        )}
        <div className={styles.ways}>
          <Button type="submit" weight="primary" isDisabled={isBusy}>
            Add this request
          </Button>
          <Button onPress={onDone} isDisabled={isBusy}>
            Cancel
          </Button>
        </div>
      </form>
    </section>
  );
}

/** Whether it is a date that there is. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  );
}

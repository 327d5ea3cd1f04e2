// Writes a version of an exception. What is saved stays in the history for good, so it says who.

import { useState } from 'react';
import { type ExceptionWords, exceptionName, exceptionStatuses, severities } from '#core/register-model.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { PickList } from '../controls/pick-list.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { connection, queries } from '../engine/engine.ts';
import { setPerson, usePerson } from '../review/person.ts';
import { errorOf } from '../words/errors.ts';
import styles from './evidence-screen.module.css';
import form from './pack-form.module.css';

export const blankException: ExceptionWords = {
  ...{ finding: '', control: '', rows: [], rowCount: 0, severity: 'medium', rootCause: '', compensating: '' },
  ...{ owner: '', due: null, status: 'open', response: '' },
};

type Props = { id: number | null; words: ExceptionWords; onDone(): void };

export function ExceptionForm({ id, words, onDone }: Props) {
  const person = usePerson();
  const [now, setNow] = useState(words);
  const [rows, setRows] = useState(words.rows.join(' '));
  const [problem, setProblem] = useState<string | null>(null);
  const set = (change: Partial<ExceptionWords>) => setNow((before) => ({ ...before, ...change }));

  async function save(): Promise<void> {
    if (now.finding.trim() === '') return setProblem('Say in a sentence what was found.');
    if (now.due !== null && !/^\d{4}-\d{2}-\d{2}$/.test(now.due))
      return setProblem('The date is written like 2026-06-30, or left empty.');
    if (person.trim() === '') return setProblem('Set your name: each version is kept with who wrote it.');
    const uids = rows.split(/[\s,]+/).filter((uid) => uid !== '');
    const same = uids.join(' ') === words.rows.join(' ');
    try {
      const client = await connection.client();
      await client.command('exceptions.save', {
        ...now,
        id,
        rows: uids.slice(0, 200),
        rowCount: same ? now.rowCount : uids.length,
        person: person.trim(),
      });
      // Closed before the lists are read again: by then a person may have opened the next one.
      onDone();
      void queries.invalidateQueries({ queryKey: ['exceptions.list'] });
      void queries.invalidateQueries({ queryKey: ['exceptions.drafts'] });
    } catch (thrown) {
      setProblem(`Nothing was saved; what you wrote is still here. ${errorOf(thrown).message}`);
    }
  }

  const title = id === null ? 'Enter an exception' : `Change ${exceptionName(id)}`;
  const choice = <T extends string>(
    name: string,
    all: readonly T[],
    value: T,
    onPick: (picked: T) => void,
  ) => (
    <PickList
      name={`${name}: ${value}`}
      search={name}
      choices={all.map((one) => ({ id: one, label: one }))}
      picked={[value]}
      several={false}
      onPick={([picked]) => onPick(all.find((one) => one === picked) ?? value)}
    >
      {`${name}: ${value}`}
    </PickList>
  );
  return (
    <section aria-labelledby="exception-form">
      <h2 id="exception-form">{title}</h2>
      <form
        className={styles.form}
        aria-label={title}
        noValidate
        onSubmit={(submitted) => {
          submitted.preventDefault();
          void save();
        }}
      >
        <TextArea
          label="Finding"
          value={now.finding}
          onChange={(finding) => set({ finding })}
          rows={2}
          maxLength={2000}
        />
        <div className={form.pair}>
          <TextLine
            label="Controls"
            value={now.control}
            onChange={(control) => set({ control })}
            maxLength={500}
            hint="Ids, separated by commas."
          />
          <TextLine
            label="Events (ids)"
            value={rows}
            onChange={setRows}
            hint={
              now.rowCount > now.rows.length
                ? `The first ${now.rows.length} of ${now.rowCount}.`
                : 'Separated by blanks.'
            }
          />
          <TextArea
            label="Root cause"
            value={now.rootCause}
            onChange={(rootCause) => set({ rootCause })}
            rows={2}
            maxLength={5000}
          />
          <TextArea
            label="Compensating control"
            value={now.compensating}
            onChange={(compensating) => set({ compensating })}
            rows={2}
            maxLength={5000}
          />
          <TextLine label="Owner" value={now.owner} onChange={(owner) => set({ owner })} maxLength={200} />
          <TextLine
            label="Due"
            value={now.due ?? ''}
            onChange={(due) => set({ due: due.trim() === '' ? null : due.trim() })}
            maxLength={10}
            hint="2026-06-30"
          />
        </div>
        <TextArea
          label="Management response"
          value={now.response}
          onChange={(response) => set({ response })}
          rows={2}
          maxLength={5000}
        />
        <div className={styles.ways}>
          {choice('Severity', severities, now.severity, (severity) => set({ severity }))}
          {choice('Status', exceptionStatuses, now.status, (status) => set({ status }))}
        </div>
        <TextLine label="Your name" value={person} onChange={setPerson} maxLength={200} />
        {problem === null ? null : (
          <Notice kind="failed" live>
            {problem}
          </Notice>
        )}
        <div className={styles.ways}>
          <Button type="submit" weight="primary">
            Save this version
          </Button>
          <Button onPress={onDone}>Cancel</Button>
        </div>
      </form>
    </section>
  );
}

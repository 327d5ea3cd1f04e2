// Which names are one person's, what to call them, and who says so.

import { useState } from 'react';
import { personOr } from '../completeness/drafts.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { useSaving, WrittenForm } from '../controls/written-form.tsx';
import { Recorded } from '../words/recorded.tsx';
import styles from './about.module.css';
import { savePerson } from './save-person.ts';

type Props = {
  /** Names that are offered; each can be left out. */
  members: string[];
  onDone(said: string): void;
};

export function MergeForm({ members, onDone }: Props) {
  const [names, setNames] = useState(members);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [added, setAdded] = useState('');
  const [name, setName] = useState(() => [...members].sort((a, b) => b.length - a.length)[0] ?? '');
  const [person, setPerson] = useState(() => personOr(''));
  const typed = added.trim();
  const given = [
    ...new Set([...names.filter((one) => !left.includes(one)), ...(typed === '' ? [] : [typed])]),
  ];

  const add = () => {
    if (typed === '') return;
    if (!names.includes(typed)) setNames([...names, typed]);
    if (name === '') setName(typed);
    setAdded('');
  };

  const isReady = given.length >= 2 && name.trim() !== '' && person.trim() !== '';
  const saving = useSaving(isReady, async () => {
    await savePerson({ name: name.trim(), members: given, person: person.trim() });
    onDone(`${name.trim()} merged of ${given.length} names.`);
  });
  const { attempted } = saving;

  return (
    <WrittenForm
      label="Merge names"
      className={styles.form}
      saving={saving}
      word="Merge"
      onLeave={() => onDone('')}
    >
      {names.length === 0 ? null : (
        <fieldset className={styles.members}>
          <legend className={field.label}>Names of this person</legend>
          {names.map((one) => (
            <label key={one}>
              <input
                type="checkbox"
                checked={!left.includes(one)}
                onChange={({ target }) =>
                  setLeft(target.checked ? left.filter((other) => other !== one) : [...left, one])
                }
              />{' '}
              <Recorded text={one} />
            </label>
          ))}
        </fieldset>
      )}
      <div className={styles.added}>
        <TextLine
          label="Another name, as the source writes it"
          value={added}
          onChange={setAdded}
          maxLength={1000}
          autoFocus={members.length === 0}
          error={attempted && given.length < 2 ? 'A person is merged of two names at least.' : undefined}
        />
        <Button onPress={add} isDisabled={typed === ''}>
          Add
        </Button>
      </div>
      <TextLine
        label="What to call the person"
        value={name}
        onChange={setName}
        maxLength={200}
        autoFocus={members.length > 0}
        error={attempted && name.trim() === '' ? 'Say what to call the person.' : undefined}
      />
      <TextLine
        label="Your name"
        value={person}
        onChange={setPerson}
        maxLength={200}
        error={attempted && person.trim() === '' ? 'Who merges names has a name.' : undefined}
      />
    </WrittenForm>
  );
}

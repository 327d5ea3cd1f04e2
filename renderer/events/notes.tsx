// What people say of an event: the note and tags that count now, who wrote them when, what was said before, and the
// form to say something else. The log itself stays as it is.

import { useEffect, useRef, useState } from 'react';
import type { Input } from '#core/contract.ts';
import type { Annotation } from '#core/event-model.ts';
import { filterOf } from '../address/filter-of.ts';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { keepPerson, personOr } from '../completeness/drafts.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { Notice } from '../controls/notice.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { useSaving, WrittenForm } from '../controls/written-form.tsx';
import { connection, queries, useAnswer } from '../engine/engine.ts';
import { offerUndo } from '../undo/undo.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import { tagsIn, tagsOf, wrongTags } from './note-words.ts';
import styles from './notes.module.css';

export function Notes({ uid }: { uid: string }) {
  const answer = useAnswer('notes.of', { uid });
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const way = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // The form that had the focus is gone: the button that opened it takes it back.
  useEffect(() => {
    if (!open && wasOpen.current) way.current?.focus();
    wasOpen.current = open;
  }, [open]);
  const [now, ...earlier] = answer.data ?? [];
  const counts = now !== undefined && !isRemoval(now);
  const history = counts ? earlier : (answer.data ?? []);
  return (
    <section className={styles.notes} aria-labelledby="notes">
      <div className={styles.head}>
        <h3 id="notes">Note and tags</h3>
        {open || answer.data === undefined ? null : (
          <Button ref={way} onPress={() => setOpen(true)}>
            {counts ? 'Change…' : 'Add…'}
          </Button>
        )}
      </div>
      {answer.error ? (
        <Notice kind="failed">What was noted could not be read. {errorOf(answer.error).message}</Notice>
      ) : null}
      {counts && !open ? <Said one={now} /> : null}
      {open ? (
        <NoteForm
          uid={uid}
          now={counts ? now : null}
          offered={answer.data?.[0]?.person ?? ''}
          onDone={(words) => {
            setSaid(words);
            setOpen(false);
          }}
        />
      ) : null}
      {history.length > 0 ? (
        <details className={styles.history}>
          <summary>{formatCounted(history.length, 'earlier version')}</summary>
          {history.map((one) => (
            <Said key={`${one.at}${one.note}${one.tags.join()}`} one={one} />
          ))}
        </details>
      ) : null}
      <span role="status" className="unseen">
        {said}
      </span>
    </section>
  );
}

const isRemoval = ({ note, tags }: Annotation): boolean => note === '' && tags.length === 0;

function Said({ one }: { one: Annotation }) {
  const zone = useShownZone();
  const address = useAddress();
  return (
    <figure className={styles.said}>
      {one.note === '' ? null : (
        <blockquote>
          <Recorded text={one.note} keep={'\n\t'} />
        </blockquote>
      )}
      {one.tags.length === 0 ? null : (
        <ul className={styles.tags} aria-label="Tags">
          {one.tags.map((tag) => (
            <li key={tag}>
              <a
                href={hrefOf(address, { filter: filterOf([['tag', tag]]) })}
                title="All events with this tag"
              >
                <Recorded text={tag} />
              </a>
            </li>
          ))}
        </ul>
      )}
      {isRemoval(one) ? <p>Taken back.</p> : null}
      <figcaption>
        <Recorded text={one.person} /> · {formatMinute(one.at, zone)} · account{' '}
        <Recorded text={one.account} />
      </figcaption>
    </figure>
  );
}

// What was begun and not saved, by event: looking at another one in between loses nothing.
const drafts = new Map<string, { note: string; tags: string }>();

async function saveNote(note: Input<'notes.save'>): Promise<void> {
  const versions = await (await connection.client()).command('notes.save', note);
  queries.setQueryData(['notes.of', { uid: note.event }], versions);
  await queries.invalidateQueries({ predicate: ({ queryKey }) => asksNotes(queryKey) });
}

type FormProps = { uid: string; now: Annotation | null; offered: string; onDone(said: string): void };

function NoteForm({ uid, now, offered, onDone }: FormProps) {
  const all = useAnswer('notes.list', {});
  const draft = drafts.get(uid);
  const [note, setNote] = useState(draft?.note ?? now?.note ?? '');
  const [tags, setTags] = useState(draft?.tags ?? now?.tags.join(', ') ?? '');
  const [person, setPerson] = useState(() => personOr(offered));
  const given = tagsIn(tags);
  const isEmpty = note.trim() === '' && given.length === 0;
  const nothing = isEmpty && now === null ? 'Write a note or a tag.' : undefined;
  const known = tagsOf(all.data ?? []).filter((tag) => !given.includes(tag));
  const keep = (next: { note: string; tags: string }) => {
    drafts.set(uid, next);
    setNote(next.note);
    setTags(next.tags);
  };

  const isReady = nothing === undefined && wrongTags(given) === null && person.trim() !== '';
  const saving = useSaving(isReady, async () => {
    await saveNote({ event: uid, note: note.trim(), tags: given, person: person.trim() });
    drafts.delete(uid);
    if (isEmpty && now !== null)
      offerUndo('Note and tags were taken back.', () =>
        saveNote({ event: uid, note: now.note, tags: now.tags, person: person.trim() }),
      );
    onDone(isEmpty ? 'Note and tags taken back.' : 'Note and tags saved.');
  });
  const { attempted } = saving;

  return (
    <WrittenForm
      label="Note and tags of this event"
      className={styles.form}
      saving={saving}
      word={isEmpty && now !== null ? 'Take it back' : 'Save'}
      aside={
        <span className={field.hint}>
          Kept beside the log with name and time, in no export and no pack. A later version replaces it and
          leaves it in the history.
        </span>
      }
      onLeave={() => onDone('')}
    >
      <TextArea
        label="Note"
        value={note}
        onChange={(text) => keep({ note: text, tags })}
        maxLength={10_000}
        autoFocus
      />
      <TextLine
        label="Tags, with commas between them"
        value={tags}
        onChange={(text) => keep({ note, tags: text })}
        maxLength={1100}
        error={attempted ? (wrongTags(given) ?? nothing) : undefined}
      />
      {known.length === 0 ? null : (
        <ul className={styles.tags} aria-label="Tags in use">
          {known.slice(0, 12).map((tag) => (
            <li key={tag}>
              <button type="button" onClick={() => keep({ note, tags: [...given, tag].join(', ') })}>
                <span aria-hidden="true">+ </span>
                {tag}
              </button>
            </li>
          ))}
        </ul>
      )}
      <TextLine
        label="Your name"
        value={person}
        onChange={(name) => {
          setPerson(name);
          keepPerson(name);
        }}
        maxLength={200}
        error={attempted && person.trim() === '' ? 'What is noted needs a name.' : undefined}
      />
    </WrittenForm>
  );
}

/** Whether an answer may be another one now: the notes themselves, and whatever a filter asks by them. */
function asksNotes([name, input]: readonly unknown[]): boolean {
  if (name === 'notes.list') return true;
  const { filter } = (input ?? {}) as { filter?: unknown };
  return typeof filter === 'string' && /\b(tag|note):/i.test(filter);
}

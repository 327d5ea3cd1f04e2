// How an API is asked of which nothing is known: how its token is sent, where its list is, how its pages follow each other,
// how it is asked for a period.

import type { ApiShape, DraftOf } from '#core/sync-calls.ts';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { type Part, usualNames } from './connect-draft.ts';
import styles from './connections.module.css';
import { PickField } from './pick-field.tsx';

type Choices<K extends keyof ApiShape> = readonly { id: ApiShape[K]; label: string }[];

const auths: Choices<'auth'> = [
  { id: 'bearer', label: 'As Authorization: Bearer' },
  { id: 'header', label: 'In a header of its own' },
  { id: 'basic', label: 'As user and password' },
  { id: 'none', label: 'There is none' },
];
const pagings: Choices<'paging'> = [
  { id: 'link', label: 'The header Link leads on' },
  { id: 'next', label: 'The answer holds the next address' },
  { id: 'cursor', label: 'The answer holds a cursor' },
  { id: 'offset', label: 'By number of records' },
  { id: 'page', label: 'By number of the page' },
  { id: 'none', label: 'One answer holds everything' },
];
const formats: Choices<'format'> = [
  { id: 'iso', label: '2026-01-31T10:00:00.000Z' },
  { id: 'iso-seconds', label: '2026-01-31T10:00:00Z' },
  { id: 'date', label: '2026-01-31' },
  { id: 'epoch-seconds', label: 'Seconds since 1970' },
  { id: 'epoch-ms', label: 'Milliseconds since 1970' },
];
const orders: Choices<'order'> = [
  { id: 'unknown', label: 'Not known' },
  { id: 'oldest-first', label: 'Oldest first' },
  { id: 'newest-first', label: 'Newest first' },
];

/** How the token is sent. */
export function AuthFields({ shape, onChange, problem }: Props) {
  const { auth, header, prefix, user } = shape;
  return (
    <>
      <PickField
        label="How the token is sent"
        value={auth}
        choices={auths}
        onChange={(chosen) => onChange({ ...shape, auth: chosen })}
      />
      {auth === 'header' ? (
        <>
          <TextLine
            label="Name of the header"
            value={header}
            onChange={(text) => onChange({ ...shape, header: text })}
            error={problem('header')}
          />
          <TextLine
            label="Before the token"
            value={prefix}
            onChange={(text) => onChange({ ...shape, prefix: text })}
            hint="Such as “Token ”; mostly empty"
          />
        </>
      ) : null}
      {auth === 'basic' ? (
        <TextLine
          label="User"
          value={user}
          onChange={(text) => onChange({ ...shape, user: text })}
          hint="Empty: the token is user:password"
        />
      ) : null}
    </>
  );
}

type Props = Pick<Part<DraftOf<'api'>>, 'problem'> & { shape: ApiShape; onChange(shape: ApiShape): void };

export function ShapeFields({ shape, onChange, problem }: Props) {
  const change = (more: Partial<ApiShape>) => onChange({ ...shape, ...more });
  const line = (field: keyof ApiShape, label: string, hint?: string) => (
    <TextLine
      label={label}
      value={shape[field]}
      onChange={(value) => change({ [field]: value })}
      error={problem(field)}
      {...(hint === undefined ? {} : { hint })}
    />
  );
  const { paging } = shape;
  return (
    <>
      <fieldset className={styles.group}>
        <legend>Pages</legend>
        {line('list', 'Where the list is', 'Such as data/items; empty: the usual places')}
        <PickField
          label="How pages follow each other"
          value={paging}
          choices={pagings}
          onChange={(id) => change({ paging: id, ...usualNames[id] })}
        />
        {paging === 'next' ? line('from', 'Member with the next address', 'Such as links/next') : null}
        {paging === 'cursor' ? line('from', 'Member with the cursor', 'Such as meta/next_cursor') : null}
        {paging === 'cursor' ? line('place', 'Parameter for the cursor') : null}
        {paging === 'offset' ? line('place', 'Parameter for the offset') : null}
        {paging === 'page' ? line('place', 'Parameter for the page') : null}
        {paging === 'page' ? line('first', 'Number of the first page') : null}
        {paging === 'offset' || paging === 'page' ? line('limit', 'Parameter for the limit') : null}
        {paging === 'offset' || paging === 'page' ? line('size', 'Records on a page') : null}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>Time</legend>
        {line('begin', 'Parameter for the beginning', 'Such as from; empty: every sync reads everything')}
        {line('end', 'Parameter for the end', 'Such as until')}
        <PickField
          label="How times are written"
          value={shape.format}
          choices={formats}
          onChange={(format) => change({ format })}
        />
        <PickField
          label="Order of the list"
          value={shape.order}
          choices={orders}
          onChange={(order) => change({ order })}
        />
        {line('lag', 'Minutes until a record is there', 'What is younger is read again')}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>What goes along</legend>
        <TextArea
          label="Headers"
          value={shape.headers}
          onChange={(headers) => change({ headers })}
          rows={2}
          hint="One on each line, as Name: value; no token here"
          error={problem('headers')}
        />
        <TextArea
          label="Query"
          value={shape.query}
          onChange={(query) => change({ query })}
          rows={2}
          hint="One on each line, as name=value"
          error={problem('query')}
        />
      </fieldset>
    </>
  );
}

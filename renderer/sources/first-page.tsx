// The first page of an API, or the new files of a bucket or folder, as events; before anything is stored.

import type { ApiShape } from '#core/sync-calls.ts';
import type { AnswerLook, ApiPreview, FilesPreview, SyncPreview } from '#core/sync-model.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { formatBytes, formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './connections.module.css';
import type { Connect } from './use-connect.ts';

const mostShown = 8;

export function FirstPage({ page, connect }: { page: SyncPreview; connect: Connect }) {
  const { preview } = page;
  return (
    <section aria-label={page.kind === 'api' ? 'First page' : 'Files'} role="status" className={styles.found}>
      {page.kind === 'api' ? <ApiWords page={page} connect={connect} /> : <FilesWords page={page} />}
      {preview && preview.events.length > 0 ? <Events preview={preview} /> : null}
      {preview && preview.rejected > 0 ? (
        <p>
          {formatCounted(preview.rejected, 'record')} would be rejected, the first because{' '}
          {preview.rejections[0]?.reason}.
        </p>
      ) : null}
    </section>
  );
}

const readBy = (preset: string | null) =>
  preset === null ? 'which no preset knows' : `read by the preset “${preset}”`;

function ApiWords({ page, connect }: { page: ApiPreview; connect: Connect }) {
  const { records, preset, fault, look } = page;
  const { draft } = connect;
  const shape = draft.kind === 'api' ? draft.shape : null;
  return (
    <>
      {fault === null ? (
        <p>
          {records === 0
            ? 'The API answered, and its first page holds no records.'
            : `${formatCounted(records, 'record')} on the first page, ${readBy(preset)}. Nothing was stored.`}
        </p>
      ) : (
        <Notice kind="attention">The API answered, but {fault}. Nothing was stored.</Notice>
      )}
      {shape ? (
        <Proposals
          look={look}
          wasFound={fault === null}
          shape={shape}
          onChange={(next) => connect.change({ shape: next })}
        />
      ) : null}
    </>
  );
}

type ProposalProps = {
  look: AnswerLook;
  /** Whether the usual places held a list. */
  wasFound: boolean;
  shape: ApiShape;
  onChange(shape: ApiShape): void;
};

/** What was recognised in the answer, each with a button where the form says otherwise. */
function Proposals({ look, wasFound, shape, onChange }: ProposalProps) {
  const lists = look.lists.slice(0, 3);
  const leads = look.leads.slice(0, 3);
  if (lists.length === 0 && leads.length === 0) return <p>No list of records was recognised in it.</p>;
  return (
    <ul className={styles.proposals} aria-label="What was recognised">
      {lists.map(({ path, records }) => (
        <li key={`list ${path}`}>
          A list of {formatCounted(records, 'record')} {path === '' ? 'is the answer itself' : `at ${path}`}.
          {shape.list === path || (wasFound && shape.list === '' && path === lists[0]?.path) ? null : (
            <Button weight="quiet" onPress={() => onChange({ ...shape, list: path })}>
              Take this list
            </Button>
          )}
        </li>
      ))}
      {leads.map(({ kind, from, place }) => (
        <li key={`${kind} ${from}`}>
          {kind === 'link'
            ? 'The header Link leads to the next page.'
            : kind === 'next'
              ? `The member ${from} holds the address of a next page.`
              : `The member ${from} holds what may be a cursor.`}
          {shape.paging === kind && (kind === 'link' || shape.from === from) ? null : (
            <Button
              weight="quiet"
              onPress={() =>
                onChange({ ...shape, paging: kind, from, place: kind === 'cursor' ? place : '' })
              }
            >
              Follow it
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function FilesWords({ page }: { page: FilesPreview }) {
  const { fresh, changed, bytes, known, empty, unsettled, others, objects, looked, preset, fault } = page;
  const left = [
    known > 0 ? `${formatCount(known)} read before` : '',
    empty > 0 ? `${formatCount(empty)} empty` : '',
    unsettled > 0 ? `${formatCount(unsettled)} still being written` : '',
    others > 0 ? `${formatCount(others)} whose names no export has` : '',
  ].filter((words) => words !== '');
  const files = fresh + changed;
  return (
    <>
      <p>
        {files === 0
          ? 'There is nothing new to read.'
          : `${formatCounted(files, 'file')} to read, ${formatBytes(bytes)}${changed > 0 ? `; ${formatCount(changed)} of them changed since they were read` : ''}.`}{' '}
        {left.length > 0 ? `Left alone: ${left.join(', ')}.` : ''} Nothing was stored.
      </p>
      {objects.length > 0 ? (
        <ul className={styles.objects} aria-label="Files to read">
          {objects.slice(0, mostShown).map(({ object, bytes: size, isChanged }) => (
            <li key={object}>
              <Recorded text={object} /> · {formatBytes(size)}
              {isChanged ? ' · changed' : ''}
            </li>
          ))}
          {files > mostShown ? <li>and {formatCount(files - mostShown)} more</li> : null}
        </ul>
      ) : null}
      {fault === null ? null : <Notice kind="attention">{fault}</Notice>}
      {looked === null || fault !== null ? null : (
        <p>
          The first records of <Recorded text={looked} />, {readBy(preset)}:
        </p>
      )}
    </>
  );
}

function Events({ preview }: { preview: NonNullable<SyncPreview['preview']> }) {
  const zone = useShownZone();
  return (
    <table className={screen.table}>
      <thead>
        <tr>
          <th>Time</th>
          <th>Actor</th>
          <th>Event</th>
          <th>Target</th>
        </tr>
      </thead>
      <tbody>
        {preview.events.slice(0, mostShown).map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record can be several events, and none of them moves
          <tr key={index}>
            <td className={screen.nowrap}>{formatMinute(event.time, zone)}</td>
            <td>
              <Recorded text={event.actor ?? ''} />
            </td>
            <td>
              <Recorded text={event.action} />
            </td>
            <td>
              <Recorded text={event.targetName ?? event.targetId ?? ''} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// The register of exceptions: what stands in it, what is proposed from the findings of the period, and the form that
// writes a version.

import { useState } from 'react';
import type { ExceptionDraft, ExceptionWords, RegisteredException } from '#core/register-model.ts';
import { exceptionName } from '#core/register-model.ts';
import { useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { useFile } from '../review/chosen-file.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import { useDraft } from './draft.ts';
import { blankException, ExceptionForm } from './exception-form.tsx';

type Open = { id: number | null; words: ExceptionWords };

export function Exceptions() {
  const zone = useShownZone();
  const register = useAnswer('exceptions.list', {});
  const [open, setOpen] = useState<Open | null>(null);
  if (register.error) return <Notice kind="failed">{errorOf(register.error).message}</Notice>;
  const list = register.data ?? [];
  return (
    <>
      <section aria-labelledby="register">
        <div className={screen.heading}>
          <h2 id="register">Register of exceptions</h2>
          <Button onPress={() => setOpen({ id: null, words: blankException })}>Enter an exception</Button>
        </div>
        {list.length === 0 ? (
          <p className={screen.muted}>
            No exception was entered yet. What is entered goes into section 9 of every pack; each version
            stays in the activity log.
          </p>
        ) : (
          <table className={screen.table} aria-labelledby="register">
            <thead>
              <tr>
                <th>No.</th>
                <th>Finding</th>
                <th>Controls</th>
                <th className={screen.number}>Rows</th>
                <th>Severity</th>
                <th>Owner and due</th>
                <th>Status</th>
                <th>Changed</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {list.map((one) => (
                <Row
                  key={one.id}
                  one={one}
                  zone={zone}
                  onEdit={() => setOpen({ id: one.id, words: wordsOf(one) })}
                />
              ))}
            </tbody>
          </table>
        )}
      </section>
      {open ? (
        <ExceptionForm
          key={`${open.id} ${open.words.finding}`}
          id={open.id}
          words={open.words}
          onDone={() => setOpen(null)}
        />
      ) : null}
      <Proposed onTake={(words) => setOpen({ id: null, words })} />
    </>
  );
}

function Row({ one, zone, onEdit }: { one: RegisteredException; zone: string; onEdit(): void }) {
  return (
    <tr>
      <td>{exceptionName(one.id)}</td>
      <td>
        <Recorded text={one.finding} />
      </td>
      <td>{one.control}</td>
      <td className={screen.number}>{formatCount(one.rowCount)}</td>
      <td>{one.severity}</td>
      <td>
        {one.owner === '' ? 'no owner' : <Recorded text={one.owner} />}
        <br />
        <span className={screen.muted}>{one.due === null ? 'no date' : `due ${one.due}`}</span>
      </td>
      <td>{one.status}</td>
      <td className={screen.nowrap}>
        {formatMinute(one.at, zone)}
        <br />
        <span className={screen.muted}>
          {one.person}, {formatCounted(one.versions, 'version')}
        </span>
      </td>
      <td>
        <Button weight="quiet" aria-label={`Change ${exceptionName(one.id)}`} onPress={onEdit}>
          Change
        </Button>
      </td>
    </tr>
  );
}

function wordsOf({ id: _i, person: _p, account: _a, at: _t, versions: _v, ...words }: RegisteredException) {
  return words;
}

function Proposed({ onTake }: { onTake(words: ExceptionWords): void }) {
  const { from, to, zone } = useAddress();
  const { framework } = useDraft();
  const leavers = useFile('leavers');
  const isSet = from !== null && to !== null && from <= to;
  const drafts = useAnswer(
    'exceptions.drafts',
    { framework, from: from ?? '', to: to ?? '', zone, leavers: leavers?.id ?? null, slaDays: null },
    { enabled: isSet },
  );
  const take = ({ kind: _kind, ...words }: ExceptionDraft) => onTake(words);
  return (
    <section aria-labelledby="proposed">
      <h2 id="proposed">Proposed from what was found</h2>
      {!isSet ? (
        <p className={screen.muted}>Set both dates of the period to see what was found in it.</p>
      ) : drafts.error ? (
        <Notice kind="failed">{errorOf(drafts.error).message}</Notice>
      ) : !drafts.data ? (
        <p className={screen.muted}>Reading the findings…</p>
      ) : drafts.data.length === 0 ? (
        <p className={screen.muted}>Nothing is left: what was found in this period stands in the register.</p>
      ) : (
        <table className={screen.table} aria-labelledby="proposed">
          <thead>
            <tr>
              <th>Severity</th>
              <th>What was found</th>
              <th>Controls</th>
              <th>
                <span className="unseen">Enter it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {drafts.data.map((one) => (
              <tr key={`${one.kind} ${one.finding}`}>
                <td>{one.severity}</td>
                <td>
                  <Recorded text={one.finding} />
                </td>
                <td className={screen.muted}>{one.control}</td>
                <td className={screen.number}>
                  <Button weight="quiet" aria-label={`Enter: ${one.finding}`} onPress={() => take(one)}>
                    Enter…
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

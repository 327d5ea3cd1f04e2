// Who signed off a pack, and a form to put one's own name under it. What is signed stands above the button, in full. Out of
// the way beside it: a person's signature on the report, and a time stamp.

import { type FormEvent, useState } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { type SignOff, type SignRole, signRoles, usualStatement } from '#core/signoff-model.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { connection, queries, useAnswer } from '../engine/engine.ts';
import { setPerson, usePerson } from '../review/person.ts';
import { errorOf } from '../words/errors.ts';
import { formatInstant } from '../words/time.ts';
import { Added } from './additions.tsx';
import { forgetChecks, type PackPlace } from './checked.tsx';
import styles from './sign-off.module.css';
import { SignReport } from './sign-report.tsx';
import { TimeStampForm } from './time-stamp.tsx';

export function SignOffs({ pack, name }: { pack: PackPlace; name: string }) {
  const signed = useAnswer('signoffs.list', pack);
  const added = useAnswer('additions.list', pack);
  const [form, setForm] = useState<'sign-off' | 'report' | 'stamp' | null>(null);
  const close = () => setForm(null);
  return (
    <section className={styles.signOffs} aria-label={`Sign-off of ${name}`}>
      <h4>Sign-off</h4>
      {signed.data?.length === 0 ? <p className={screen.muted}>Nobody has signed off in this pack.</p> : null}
      {signed.data && signed.data.length > 0 ? <Signed all={signed.data} /> : null}
      {signed.error ? <Notice kind="failed">{errorOf(signed.error).message}</Notice> : null}
      {signed.error ? null : <Added pack={pack} />}
      {form === 'sign-off' ? <SignForm pack={pack} onDone={close} /> : null}
      {form === 'report' ? (
        <SignReport pack={pack} earlier={added.data?.report ?? null} onDone={close} />
      ) : null}
      {form === 'stamp' ? <TimeStampForm pack={pack} onDone={close} /> : null}
      {form === null && !signed.error ? (
        <div className={styles.ways}>
          <Button onPress={() => setForm('sign-off')}>Sign off…</Button>
          <Button weight="quiet" onPress={() => setForm('report')}>
            Sign the report…
          </Button>
          <Button weight="quiet" onPress={() => setForm('stamp')}>
            Time stamp…
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Signed({ all }: { all: SignOff[] }) {
  const zone = useShownZone();
  return (
    <ul className={styles.signed}>
      {all.map((one) => (
        <li key={one.number}>
          <strong>{one.name}</strong>
          {one.title === '' ? null : `, ${one.title},`} as {one.role}, {formatInstant(one.at, zone)}
          {one.method === 'key' ? ', signed with the workspace’s key' : ', without a signature'}
          <span className={screen.muted}>
            “{one.statement}”{one.override === null ? null : ` Override: ${one.override}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

const roleWords: Record<SignRole, string> = {
  preparer: 'Preparer',
  reviewer: 'Reviewer',
  approver: 'Approver',
};

function SignForm({ pack, onDone }: { pack: PackPlace; onDone(): void }) {
  const person = usePerson();
  const [role, setRole] = useState<SignRole>('preparer');
  const [title, setTitle] = useState('');
  const [statement, setStatement] = useState<string>(usualStatement);
  const [override, setOverride] = useState('');
  const [attempted, setAttempted] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const isReady = person.trim() !== '' && statement.trim() !== '';

  async function sign(): Promise<void> {
    setAttempted(true);
    if (!isReady || isBusy) return;
    setBusy(true);
    setError(null);
    try {
      const client = await connection.client();
      const signed = await client.run('signoffs.add', {
        ...pack,
        role,
        name: person.trim(),
        title: title.trim(),
        statement: statement.trim(),
        override: override.trim() || null,
      });
      queries.setQueryData(['signoffs.list', pack], signed);
      forgetChecks(pack);
      onDone();
    } catch (thrown) {
      setError(errorOf(thrown).message);
      setBusy(false);
    }
  }

  return (
    <form
      className={styles.form}
      noValidate
      aria-label="Sign off"
      onSubmit={(submitted: FormEvent) => {
        submitted.preventDefault();
        void sign();
      }}
    >
      <RadioGroup
        className={field.field as string}
        value={role}
        onChange={(value) => setRole(value as SignRole)}
        orientation="horizontal"
      >
        <Label className={field.label}>You sign as</Label>
        <div className={styles.roles}>
          {signRoles.map((one) => (
            <Radio key={one} value={one} className={styles.role as string}>
              <span className={styles.ring} aria-hidden="true" />
              {roleWords[one]}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <TextLine
        label="Your name"
        value={person}
        onChange={setPerson}
        maxLength={200}
        error={attempted && person.trim() === '' ? 'A sign-off needs a name.' : undefined}
      />
      <TextLine label="Your function (optional)" value={title} onChange={setTitle} maxLength={200} />
      <TextLine
        label="Statement"
        value={statement}
        onChange={setStatement}
        maxLength={2000}
        error={attempted && statement.trim() === '' ? 'Say what is signed.' : undefined}
      />
      {role === 'reviewer' ? null : (
        <TextLine
          label="Reason for an override (optional)"
          value={override}
          onChange={setOverride}
          maxLength={2000}
          hint="Only where one person both prepares and approves: the reason is recorded in the pack."
        />
      )}
      {error === null ? null : (
        <Notice kind="failed" live>
          Nothing was signed. {error}
        </Notice>
      )}
      <div className={styles.ways}>
        <Button type="submit" weight="primary" isDisabled={isBusy}>
          {isBusy ? 'Verifying and signing…' : `Sign off as ${role}`}
        </Button>
        <Button onPress={onDone} isDisabled={isBusy}>
          Cancel
        </Button>
      </div>
      <p className={field.hint}>
        The pack is verified first. A sign-off is added beside its data files, which stay as they are, and is
        never taken back.
      </p>
    </form>
  );
}

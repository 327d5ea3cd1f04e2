// A person's signature on the report of a pack: their certificate's file is chosen, opened with its password and shown, and
// then signed with. The password goes to main, which has it while this form is open; nothing here holds it any more.

import { type FormEvent, useState } from 'react';
import { type Additions, type CertificateFound, passwordOf } from '#core/addition-model.ts';
import type { Grant } from '#preload/desktop-api.ts';
import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { SecretLine } from '../controls/secret-line.tsx';
import { connection } from '../engine/engine.ts';
import { startJob } from '../engine/jobs.ts';
import { useTriedSecrets } from '../engine/tried-secrets.ts';
import { errorOf } from '../words/errors.ts';
import { Recorded } from '../words/recorded.tsx';
import { askAgainAfter } from './additions.tsx';
import type { PackPlace } from './checked.tsx';
import styles from './sign-off.module.css';

type Props = { pack: PackPlace; earlier: Additions['report']; onDone(): void };

export function SignReport({ pack, earlier, onDone }: Props) {
  const [file, setFile] = useState<Grant | null>(null);
  const [password, setPassword] = useState('');
  const [found, setFound] = useState<CertificateFound | null>(null);
  const [busy, setBusy] = useState<'reading' | 'signing' | null>(null);
  const [error, setError] = useState<string | null>(null);
  const tried = useTriedSecrets();

  async function attempt(what: 'reading' | 'signing', work: () => Promise<void>): Promise<void> {
    if (busy !== null) return;
    setError(null);
    setBusy(what);
    await work().catch((thrown) => setError(errorOf(thrown).message));
    setBusy(null);
  }

  const choose = () =>
    attempt('reading', async () => {
      const [chosen] = await window.exhibit.chooseFiles('certificate');
      if (!chosen) return;
      setFile(chosen);
      setFound(null);
      setPassword('');
    });

  const read = ({ id }: Grant) =>
    attempt('reading', async () => {
      await tried.take(passwordOf(id), password === '' ? null : password);
      setPassword('');
      const client = await connection.client();
      setFound(await client.run('additions.readCertificate', { certificate: id }));
    });

  const sign = ({ id }: Grant) =>
    attempt('signing', async () => {
      const signed = () => {
        askAgainAfter(pack);
        onDone();
      };
      const failed = await startJob('additions.signReport', { ...pack, certificate: id }, '', signed, {
        isQuiet: true,
      });
      if (failed) setError(failed.message);
    });

  return (
    <form
      className={styles.form}
      noValidate
      aria-label="Sign the report"
      onSubmit={(submitted: FormEvent) => {
        submitted.preventDefault();
        if (!file) void choose();
        else if (!found) void read(file);
        else if (found.problem === null) void sign(file);
      }}
    >
      <div className={field.field}>
        <span className={field.label}>Your certificate</span>
        <div className={styles.ways}>
          <Button onPress={() => void choose()} isDisabled={busy !== null}>
            {file ? 'Choose another file…' : 'Choose its file…'}
          </Button>
          {file ? (
            <span className={styles.file}>
              <Recorded text={file.name} />
            </span>
          ) : null}
        </div>
        <span className={field.hint}>
          A .p12 or .pfx file with your certificate and its private key. Neither the file nor its password is
          kept.
        </span>
      </div>
      {file && !found ? (
        <SecretLine label="Password of the file" value={password} onChange={setPassword} />
      ) : null}
      {found ? <Certificate found={found} /> : null}
      {earlier ? (
        <Notice kind="attention">
          The report is signed already{earlier.fault === null ? `, by ${earlier.subject}` : ''}. The new
          signature takes the place of that one.
        </Notice>
      ) : null}
      {error === null ? null : (
        <Notice kind="failed" live>
          Nothing was signed. {error}
        </Notice>
      )}
      <div className={styles.ways}>
        {found ? (
          <Button type="submit" weight="primary" isDisabled={busy !== null || found.problem !== null}>
            {busy === 'signing' ? 'Verifying and signing…' : 'Sign the report'}
          </Button>
        ) : (
          <Button type="submit" weight="primary" isDisabled={busy !== null || file === null}>
            Show the certificate
          </Button>
        )}
        <Button onPress={onDone} isDisabled={busy === 'signing'}>
          Cancel
        </Button>
      </div>
      <p className={field.hint}>
        The pack is verified first. A signed copy of the report is added beside its data files, which stay as
        they are; PDF readers show who signed it.
      </p>
    </form>
  );
}

function Certificate({ found }: { found: CertificateFound }) {
  return (
    <>
      <dl className={`${screen.facts} ${styles.facts}`} aria-label="The certificate">
        <dt>Holder</dt>
        <dd>
          <Recorded text={found.subject} />
        </dd>
        <dt>Issued by</dt>
        <dd>{found.issuer === found.subject ? 'its holder' : <Recorded text={found.issuer} />}</dd>
        <dt>Valid</dt>
        <dd>
          from {found.from} to {found.to}
        </dd>
      </dl>
      {found.problem === null ? null : <Notice kind="failed">{found.problem}</Notice>}
      {found.problem === null && found.issuer === found.subject ? (
        <p className={field.hint}>
          Whoever reads the report has to trust this certificate for itself: no authority vouches for it.
        </p>
      ) : null}
    </>
  );
}

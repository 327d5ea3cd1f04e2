// What an opened pack says of itself, under what its verification came to.

import type { AuditPack } from '#core/audit-model.ts';
import { useShownZone } from '../address/use-address.ts';
import { CopyButton } from '../controls/copy-button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatInstant } from '../words/time.ts';
import styles from './audit.module.css';
import type { ViewProps } from './audit-screen.tsx';
import { Verdict } from './verdict.tsx';

export function PackView({ grant, pack }: ViewProps) {
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        <section aria-labelledby="verdict" className={styles.block}>
          <h3 id="verdict">Verification</h3>
          <Verdict grant={grant} isSigned={pack.key !== null} />
        </section>
        <section aria-labelledby="identity" className={styles.block}>
          <h3 id="identity">What the pack says of itself</h3>
          <Facts pack={pack} />
          {pack.redacted ? (
            <Notice kind="plain">
              People outside the scope have pseudonyms in this pack. Who keeps its key can open single names.
            </Notice>
          ) : null}
        </section>
        <section aria-labelledby="signed" className={styles.block}>
          <h3 id="signed">Sign-off</h3>
          <SignedOff pack={pack} />
        </section>
        <section aria-labelledby="pack-sources" className={styles.block}>
          <h3 id="pack-sources">Sources</h3>
          <table className={screen.table} aria-labelledby="pack-sources">
            <thead>
              <tr>
                <th>Source</th>
                <th>Preset</th>
                <th className={screen.number}>Imports</th>
                <th className={screen.number}>Read</th>
                <th className={screen.number}>Imported</th>
              </tr>
            </thead>
            <tbody>
              {pack.sources.map(({ name, preset, imports, read, imported }) => (
                <tr key={name}>
                  <td>
                    <Recorded text={name} />
                  </td>
                  <td>
                    <Recorded text={preset} />
                  </td>
                  <td className={screen.number}>{formatCount(imports)}</td>
                  <td className={screen.number}>{formatCount(read)}</td>
                  <td className={screen.number}>{formatCount(imported)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </div>
  );
}

function Facts({ pack }: { pack: AuditPack }) {
  const { period, key, log } = pack;
  const facts: [string, string][] = [
    ['Organisation', pack.organisation || 'not named'],
    ['Framework', pack.framework],
    ['Period', `${period.from} to ${period.to} in ${period.zone}`],
    ['Exactly', `from ${period.fromUtc}, before ${period.toUtc}`],
    ['Filter', pack.filter],
    ['Prepared by', pack.preparedBy || 'nobody named'],
    ['Made', `${pack.made} by ${pack.software}`],
    ['Holds', `${formatCounted(pack.tables.length, 'table')} in ${formatCounted(pack.files.length, 'file')}`],
    ['Log', `${formatCount(log.size)} leaves, root ${log.root ?? 'none'}`],
  ];
  return (
    <dl className={screen.facts}>
      <dt>Pack id</dt>
      <dd>
        <code>
          <Recorded text={pack.packId} />
        </code>{' '}
        <CopyButton name="Copy pack id" text={pack.packId} />
      </dd>
      {facts.map(([name, words]) => (
        <Fact key={name} name={name} words={words} />
      ))}
      <dt>Signed with</dt>
      <dd>
        {key === null ? (
          'no key: this pack is not signed'
        ) : (
          <>
            the key with the fingerprint <code>{key.fingerprint.match(/.{4}/g)?.join(' ')}</code>{' '}
            <CopyButton name="Copy public key" text={key.text} />
          </>
        )}
      </dd>
    </dl>
  );
}

function Fact({ name, words }: { name: string; words: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <Recorded text={words} />
      </dd>
    </>
  );
}

function SignedOff({ pack }: { pack: AuditPack }) {
  const zone = useShownZone();
  if (pack.signOffs.length === 0) return <p className={screen.muted}>Nobody has signed off in this pack.</p>;
  return (
    <ul className={styles.signed}>
      {pack.signOffs.map((one) => (
        <li key={one.number}>
          <strong>
            <Recorded text={one.name} />
          </strong>
          {one.title === '' ? null : (
            <>
              , <Recorded text={one.title} />,
            </>
          )}{' '}
          as {one.role}, {formatInstant(one.at, zone)},{' '}
          {one.method === 'key' ? 'signed with the key of the pack' : 'without a signature'}
          <span className={screen.muted}>
            <Recorded
              text={`“${one.statement}”${one.override === null ? '' : ` Override: ${one.override}`}`}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}

// The files of an opened pack: what there is, how large, and the texts among them to read. Report and workbook are opened
// from the folder, with the system's own programs.

import { useState } from 'react';
import { isTextFile } from '#core/audit-model.ts';
import { go, hrefOf, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { SidePane } from '../controls/side-pane.tsx';
import { useAnswer } from '../engine/engine.ts';
import { useEscape } from '../events/use-escape.ts';
import rows from '../review/review-rows.module.css';
import { errorOf } from '../words/errors.ts';
import { formatBytes, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { toAsk } from './asking.ts';
import styles from './audit.module.css';
import type { ViewProps } from './audit-screen.tsx';

/** Proofs of single rows are many and small: they are counted, not listed, until somebody wants them. */
const isProof = (path: string): boolean => path.endsWith('.tlog-proof');

/** More files than a pack has. */
const mostShown = 3000;

export function FilesView({ grant, pack }: ViewProps) {
  const address = useAddress();
  const [hasProofs, setProofs] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const proofs = pack.files.filter(({ path }) => isProof(path));
  const listed = hasProofs ? pack.files : pack.files.filter(({ path }) => !isProof(path));
  const open = pack.files.find(({ path }) => path === address.only && isTextFile(path));
  const close = () => go({ only: null });
  useEscape(open !== undefined, close);
  const total = pack.files.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <div className={rows.sides}>
      <div className={screen.scroll}>
        <div className={screen.column}>
          <section aria-labelledby="files" className={styles.block}>
            <div className={screen.heading}>
              <h3 id="files">
                {formatCounted(pack.files.length, 'file')}, {formatBytes(total)}
              </h3>
              {grant.kind === 'folder' ? (
                <Button
                  onPress={() => {
                    setError(null);
                    window.exhibit
                      .showInFolder(grant.id, 'data')
                      .catch((thrown) => setError(errorOf(thrown).message));
                  }}
                >
                  Show in folder
                </Button>
              ) : null}
            </div>
            <p className={screen.muted}>
              {grant.kind === 'folder'
                ? 'Report and workbook are in the folder data; open them there.'
                : 'Report and workbook are in the folder data of the ZIP file; unpack it to open them.'}{' '}
              Begin with the README.
            </p>
            {error === null ? null : (
              <Notice kind="failed" live>
                {error}
              </Notice>
            )}
            <table className={screen.table} aria-labelledby="files">
              <thead>
                <tr>
                  <th>File</th>
                  <th className={screen.number}>Size</th>
                  <th>
                    <span className="unseen">Ask</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {listed.slice(0, mostShown).map(({ path, bytes }) => (
                  <tr key={path}>
                    <td>
                      {isTextFile(path) ? (
                        <a href={hrefOf(address, { only: path })} aria-current={path === open?.path}>
                          <Recorded text={path} />
                        </a>
                      ) : (
                        <Recorded text={path} />
                      )}
                    </td>
                    <td className={screen.number}>{formatBytes(bytes)}</td>
                    <td className={screen.number}>
                      <a href={hrefOf(address, toAsk({ file: path }))} aria-label={`Ask about ${path}`}>
                        Ask
                      </a>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {listed.length > mostShown ? (
              <p className={screen.muted}>The first {formatCounted(mostShown, 'file')} are listed.</p>
            ) : null}
            {proofs.length > 0 && !hasProofs ? (
              <div>
                <Button onPress={() => setProofs(true)}>
                  {`List ${formatCounted(proofs.length, 'proof')} of single rows, too`}
                </Button>
              </div>
            ) : null}
          </section>
        </div>
      </div>
      {open ? <TextPane key={open.path} grant={grant} path={open.path} onClose={close} /> : null}
    </div>
  );
}

function TextPane({ grant, path, onClose }: { grant: ViewProps['grant']; path: string; onClose(): void }) {
  const answer = useAnswer('audit.text', { pack: grant.id, file: path });
  return (
    <SidePane name={path.split('/').at(-1) ?? path} takesFocus={false} onClose={onClose}>
      {answer.error ? (
        <Notice kind="failed">
          <Recorded text={errorOf(answer.error).message} />
        </Notice>
      ) : answer.data === undefined ? (
        <p className={screen.muted}>Reading…</p>
      ) : (
        <>
          {answer.data.isWhole ? null : (
            <p className={screen.muted}>The beginning of the file; open it in its folder to read it whole.</p>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too */}
          <section className={styles.text} tabIndex={0} aria-label={path}>
            <Recorded text={answer.data.text} keep={'\n\r\t'} />
          </section>
        </>
      )}
    </SidePane>
  );
}

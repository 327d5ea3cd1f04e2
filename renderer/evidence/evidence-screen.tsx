// Evidence: builds a pack in steps, lists the packs that were made, and keeps the register of exceptions.

import { hrefOf, useAddress } from '../address/use-address.ts';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { AuditorRequests } from './auditor-requests.tsx';
import { BuildPack } from './build-pack.tsx';
import styles from './evidence-screen.module.css';
import { Exceptions } from './exceptions.tsx';
import { Packs } from './packs.tsx';

const views = [
  { by: null, word: 'New pack', View: BuildPack },
  { by: 'packs', word: 'Packs made', View: Packs },
  { by: 'exceptions', word: 'Exceptions', View: Exceptions },
  { by: 'requests', word: 'Auditor’s requests', View: null },
] as const;

export function EvidenceScreen() {
  const address = useAddress();
  const log = useAnswer('workspace.summary', {}).data;
  const shown = views.find(({ by }) => by === address.by) ?? views[0];
  if (log?.events === 0 && shown.by === null) return <FirstRun imports={log.imports} />;
  const navigation = (
    <nav aria-label="Evidence" className={styles.views}>
      {views.map(({ by, word }) => (
        <a
          key={word}
          href={hrefOf(address, { by, row: null })}
          aria-current={by === shown.by ? 'page' : undefined}
          className={styles.view}
        >
          {word}
        </a>
      ))}
    </nav>
  );
  // Requests open beside their list, so they lay out the whole screen.
  if (shown.View === null) return <AuditorRequests>{navigation}</AuditorRequests>;
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        {navigation}
        <shown.View />
      </div>
    </div>
  );
}

// A pack that somebody else made, opened to be looked through: what it says, whether that is so, its tables, controls and
// files, and what is asked about it. Nothing in it is ever written, and no workspace is needed.

import type { ComponentType } from 'react';
import { type AuditPack, packTitle } from '#core/audit-model.ts';
import type { Grant } from '#preload/desktop-api.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './audit.module.css';
import { ControlsView } from './controls-view.tsx';
import { Doors } from './doors.tsx';
import { FilesView } from './files-view.tsx';
import { showDoors, useOpenPack } from './open-pack.ts';
import { PackView } from './pack-view.tsx';
import { RequestsView } from './requests-view.tsx';
import { TablesView } from './tables-view.tsx';
import { Differences, VerdictMark } from './verdict.tsx';

export type ViewProps = { grant: Grant; pack: AuditPack };

const views: readonly { by: string | null; word: string; View: ComponentType<ViewProps> }[] = [
  { by: null, word: 'Pack', View: PackView },
  { by: 'tables', word: 'Tables', View: TablesView },
  { by: 'controls', word: 'Controls', View: ControlsView },
  { by: 'files', word: 'Files', View: FilesView },
  { by: 'requests', word: 'Requests', View: RequestsView },
];

export function AuditScreen() {
  const { by } = useAddress();
  const { pack: grant } = useOpenPack();
  if (grant === null || by === 'open') return <Doors grant={grant} />;
  return <Opened key={grant.id} grant={grant} />;
}

function Opened({ grant }: { grant: Grant }) {
  const address = useAddress();
  const answer = useAnswer('audit.open', { pack: grant.id });
  const shown = views.find(({ by }) => by === address.by) ?? (views[0] as (typeof views)[number]);
  if (answer.error)
    return (
      <div className={screen.scroll}>
        <div className={screen.column}>
          <Notice kind="failed" live>
            <Recorded text={errorOf(answer.error).message} />
          </Notice>
          <Differences grant={grant} />
          <div>
            <Button onPress={showDoors}>Open another pack…</Button>
          </div>
        </div>
      </div>
    );
  return (
    <div className={styles.audit}>
      <header className={styles.head}>
        <div className={styles.title}>
          <h2>{answer.data ? <Recorded text={packTitle(answer.data)} /> : <Recorded text={grant.name} />}</h2>
          <VerdictMark grant={grant} />
          <span className={styles.way}>
            <Button weight="quiet" onPress={showDoors}>
              Open another pack…
            </Button>
          </span>
        </div>
        <nav aria-label="The opened pack" className={styles.views}>
          {views.map(({ by, word }) => (
            <a
              key={word}
              href={hrefOf(address, { by, only: null, row: null, about: null })}
              aria-current={by === shown.by ? 'page' : undefined}
              className={styles.view}
            >
              {word}
            </a>
          ))}
        </nav>
      </header>
      {answer.data ? (
        <shown.View grant={grant} pack={answer.data} />
      ) : (
        <div className={screen.scroll}>
          <p className={`${screen.column} ${screen.muted}`}>Opening the pack…</p>
        </div>
      )}
    </div>
  );
}

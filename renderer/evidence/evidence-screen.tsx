// Evidence: builds a pack in steps, lists the packs that were made, and keeps the register of exceptions.

import { hrefOf, useAddress } from '../address/use-address.ts';
import screen from '../controls/screen.module.css';
import { BuildPack } from './build-pack.tsx';
import styles from './evidence-screen.module.css';
import { Exceptions } from './exceptions.tsx';
import { Packs } from './packs.tsx';

const views = [
  { by: null, word: 'New pack', View: BuildPack },
  { by: 'packs', word: 'Packs made', View: Packs },
  { by: 'exceptions', word: 'Exceptions', View: Exceptions },
] as const;

export function EvidenceScreen() {
  const address = useAddress();
  const shown = views.find(({ by }) => by === address.by) ?? views[0];
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        <nav aria-label="Evidence" className={styles.views}>
          {views.map(({ by, word }) => (
            <a
              key={word}
              href={hrefOf(address, { by })}
              aria-current={by === shown.by ? 'page' : undefined}
              className={styles.view}
            >
              {word}
            </a>
          ))}
        </nav>
        <shown.View />
      </div>
    </div>
  );
}

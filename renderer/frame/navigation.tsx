// The list of screens, in two groups: what the log says, and where it comes from. Only screens that work are listed.

import type { Screen } from '../address/address.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import { useOpenPack } from '../audit/open-pack.ts';
import { Icon } from '../controls/icon.tsx';
import styles from './navigation.module.css';
import { WorkspaceMenu } from './workspace-menu.tsx';

export const screenNames: Record<Screen, string> = {
  overview: 'Overview',
  events: 'Events',
  changes: 'Changes',
  access: 'Access',
  reviews: 'Reviews',
  sessions: 'Sessions',
  about: 'Look up',
  evidence: 'Evidence',
  audit: 'Audit',
  sources: 'Sources',
  completeness: 'Completeness',
  integrity: 'Integrity',
  settings: 'Settings',
  glossary: 'Glossary',
};

const groups: Screen[][] = [
  ['overview', 'events', 'changes', 'access', 'reviews', 'sessions', 'about', 'evidence'],
  ['sources', 'completeness', 'integrity'],
  ['settings', 'glossary'],
];

export function Navigation() {
  const address = useAddress();
  const { pack } = useOpenPack();
  // A pack that somebody else made is a place of its own, for as long as it is open.
  const shown: Screen[][] = pack === null && address.screen !== 'audit' ? groups : [...groups, ['audit']];
  return (
    <nav aria-label="Screens" className={styles.navigation}>
      <WorkspaceMenu />
      {shown.map((group) => (
        <ul key={group[0]} className={styles.group}>
          {group.map((screen) => (
            <li key={screen}>
              <a
                className={styles.entry}
                href={hrefOf(address, { screen })}
                aria-current={screen === address.screen ? 'page' : undefined}
              >
                <Icon name={screen} />
                <span className={styles.label}>{screenNames[screen]}</span>
              </a>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}

// The way to the page about an actor, a target or an address.

import { type About, filterOfAbout } from '#core/about.ts';
import type { Event } from '#core/model.ts';
import { hrefOf, useAddress } from '../address/use-address.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './about.module.css';

/** The name itself as a link to its page. */
export function AboutLink({ about, children }: { about: About; children?: string }) {
  const address = useAddress();
  return (
    <a
      className={styles.link}
      href={hrefOf(address, { screen: 'about', about: filterOfAbout(about) })}
      title="Everything about it"
    >
      <Recorded text={children ?? about.name} />
    </a>
  );
}

export const aboutActor = (name: string): About => ({ kind: 'actor', name, source: null, type: null });
export const aboutIp = (name: string): About => ({ kind: 'ip', name, source: null, type: null });
type Target = Pick<Event, 'source' | 'targetType' | 'targetId' | 'targetName'>;
export const aboutTarget = ({ source, targetType, targetId, targetName }: Target): About => ({
  kind: 'target',
  name: targetId ?? targetName ?? '',
  source,
  type: targetType,
});

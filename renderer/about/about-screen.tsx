// People and targets: a way to find an actor, a target or an address by its name, and the page about one.

import { parseAbout } from '#core/about.ts';
import { useAddress } from '../address/use-address.ts';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { Find } from './find.tsx';
import { Identities } from './identities.tsx';
import { AboutPage } from './page.tsx';

export function AboutScreen() {
  const { about: text } = useAddress();
  const log = useAnswer('workspace.summary', {});
  if (log.data?.events === 0) return <FirstRun imports={log.data.imports} />;
  const about = text === null ? null : parseAbout(text);
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        {text !== null && about === null ? (
          <Notice kind="failed" live>
            This address names no actor, target or IP address. Find one by its name.
          </Notice>
        ) : null}
        <Find key={`find ${text}`} isAlone={about === null} />
        {about === null ? <Identities /> : <AboutPage key={`page ${text}`} about={about} />}
      </div>
    </div>
  );
}

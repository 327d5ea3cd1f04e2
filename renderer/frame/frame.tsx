// The frame around every screen: navigation, what decides the figures (period, zone), and the status line.

import { useEffect } from 'react';
import { AboutScreen } from '../about/about-screen.tsx';
import { AccessScreen } from '../access/access-screen.tsx';
import type { Screen } from '../address/address.ts';
import { useAddress } from '../address/use-address.ts';
import { AuditScreen } from '../audit/audit-screen.tsx';
import { CampaignScreen } from '../campaign/campaign-screen.tsx';
import { ChangesScreen } from '../changes/changes-screen.tsx';
import { Palette } from '../commands/palette.tsx';
import { Shortcuts } from '../commands/shortcuts.tsx';
import { useCommands } from '../commands/use-commands.ts';
import { CompletenessScreen } from '../completeness/completeness-screen.tsx';
import { useEngineState } from '../engine/engine.ts';
import { EventsScreen } from '../events/events-screen.tsx';
import { EvidenceScreen } from '../evidence/evidence-screen.tsx';
import { FindBar } from '../find/find-bar.tsx';
import { GlossaryScreen } from '../glossary/glossary-screen.tsx';
import { Guide } from '../guide/guide.tsx';
import { IntegrityScreen } from '../integrity/integrity-screen.tsx';
import { OverviewScreen } from '../overview/overview-screen.tsx';
import { SessionsScreen } from '../sessions/sessions-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { SourcesScreen } from '../sources/sources-screen.tsx';
import { useSyncSchedule } from '../sources/sync-schedule.ts';
import { UndoLine } from '../undo/undo-line.tsx';
import { DropAnywhere } from './drop-anywhere.tsx';
import { EngineBanner } from './engine-banner.tsx';
import styles from './frame.module.css';
import { useScreenFocus } from './keep-focus.ts';
import { Navigation, screenNames } from './navigation.tsx';
import { NotOpen } from './not-open.tsx';
import { OpenedFromOutside } from './opened.tsx';
import { PeriodPicker } from './period-picker.tsx';
import { StatusLine } from './status-line.tsx';
import { useHistoryKeys } from './use-history-keys.ts';
import { ZonePicker } from './zone-picker.tsx';

const contents: Record<Screen, () => React.ReactNode> = {
  overview: OverviewScreen,
  events: EventsScreen,
  changes: ChangesScreen,
  access: AccessScreen,
  reviews: CampaignScreen,
  sessions: SessionsScreen,
  about: AboutScreen,
  evidence: EvidenceScreen,
  audit: AuditScreen,
  sources: SourcesScreen,
  completeness: CompletenessScreen,
  integrity: IntegrityScreen,
  settings: SettingsScreen,
  glossary: GlossaryScreen,
};

/** What is about the application, or about a pack with a period of its own. */
const withoutPeriod: ReadonlySet<Screen> = new Set(['glossary', 'settings', 'audit']);

export function Frame() {
  const { screen } = useAddress();
  useSyncSchedule();
  const Content = contents[screen];
  const engine = useEngineState();
  useHistoryKeys();
  useCommands();
  useScreenFocus(screen);
  useEffect(() => {
    document.title = `${screenNames[screen]} – Exhibit`;
  }, [screen]);
  return (
    <DropAnywhere>
      <div className={styles.frame}>
        <Navigation />
        <div className={styles.main}>
          <EngineBanner />
          <OpenedFromOutside />
          <header className={styles.top}>
            <h1>{screenNames[screen]}</h1>
            {withoutPeriod.has(screen) ? null : (
              <div className={styles.scope}>
                <PeriodPicker />
                <ZonePicker />
              </div>
            )}
          </header>
          <FindBar />
          <Guide />
          <main className={styles.content}>
            {engine.state === 'failed' && screen !== 'glossary' ? (
              <NotOpen message={engine.message} />
            ) : (
              <Content key={screen} />
            )}
            <UndoLine />
          </main>
          <StatusLine />
        </div>
      </div>
      <Palette />
      <Shortcuts />
    </DropAnywhere>
  );
}

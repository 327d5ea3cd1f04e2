// Settings: who works here, what reviews are measured by, how the window looks, in which zone times are shown, and the
// presets it knows. What belongs to the workspace and what to this computer is said beside each.

import type { ReactNode } from 'react';
import { type Appearance, densities, setAppearance, useAppearance } from '../appearance/appearance.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { useAnswer } from '../engine/engine.ts';
import { ZonePicker } from '../frame/zone-picker.tsx';
import { Explained } from '../glossary/help.tsx';
import { setPerson, usePerson } from '../review/person.ts';
import { useSettings } from '../review/settings.ts';
import { SettingsForm } from '../review/settings-form.tsx';
import { errorOf } from '../words/errors.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './settings.module.css';

export function SettingsScreen() {
  const person = usePerson();
  const settings = useSettings();
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        <Section
          id="you"
          title="You"
          about="Kept on this computer. What you note, decide and explain is kept with this name."
        >
          <div className={styles.narrow}>
            <TextLine label="Your name" value={person} onChange={setPerson} maxLength={200} />
          </div>
        </Section>
        <Section
          id="measured"
          title="What reviews are measured by"
          about="Kept in this workspace: everybody who opens it sees the same figures, and the command line measures by it."
        >
          {settings === null ? null : <SettingsForm kept={settings} />}
        </Section>
        <Section id="appearance" title="Appearance" about="Kept on this computer.">
          <Looks />
        </Section>
        <Section
          id="zone"
          title="Time zone"
          about="In which times are shown. A period or a date in the filter goes on meaning what it means."
        >
          <div>
            <ZonePicker />
          </div>
        </Section>
        <Presets />
      </div>
    </div>
  );
}

type SectionProps = { id: string; title: string; about: string; children: ReactNode };

function Section({ id, title, about, children }: SectionProps) {
  return (
    <section aria-labelledby={`settings-${id}`} className={styles.section}>
      <h2 id={`settings-${id}`}>{title}</h2>
      <p className={screen.muted}>{about}</p>
      {children}
    </section>
  );
}

function Looks() {
  const { theme, contrast, density, motion } = useAppearance();
  return (
    <div className={styles.looks}>
      <Choice
        name="Colours"
        picked={theme}
        ways={[
          ['system', 'As the system'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
        onPick={(picked) => setAppearance({ theme: picked })}
      />
      <Choice
        name="Contrast"
        picked={contrast ? 'more' : 'usual'}
        ways={[
          ['usual', 'Usual'],
          ['more', 'High'],
        ]}
        onPick={(picked) => setAppearance({ contrast: picked === 'more' })}
      />
      <Choice
        name="Rows"
        picked={density}
        ways={densities.map((one): [Appearance['density'], string] => [
          one,
          { compact: 'Compact', normal: 'Normal', comfortable: 'Comfortable' }[one],
        ])}
        onPick={(picked) => setAppearance({ density: picked })}
      />
      <Choice
        name="Motion"
        picked={motion ? 'on' : 'off'}
        ways={[
          ['on', 'As the system'],
          ['off', 'None'],
        ]}
        onPick={(picked) => setAppearance({ motion: picked === 'on' })}
      />
    </div>
  );
}

type ChoiceProps<T extends string> = {
  name: string;
  picked: T;
  ways: readonly (readonly [T, string])[];
  onPick(picked: T): void;
};

function Choice<T extends string>({ name, picked, ways, onPick }: ChoiceProps<T>) {
  return (
    <fieldset className={styles.choice}>
      <legend>{name}</legend>
      {ways.map(([way, word]) => (
        <Button key={way} aria-pressed={way === picked} onPress={() => onPick(way)}>
          {word}
        </Button>
      ))}
    </fieldset>
  );
}

function Presets() {
  const presets = useAnswer('presets.list', {});
  return (
    <section aria-labelledby="settings-presets" className={styles.section}>
      <Explained word="preset">
        <h2 id="settings-presets">Presets</h2>
      </Explained>
      <p className={screen.muted}>
        The exports Exhibit recognises by itself. Any other one is mapped when it is imported, and is a preset
        then.
      </p>
      {presets.error ? (
        <Notice kind="failed" live>
          The presets could not be read. {errorOf(presets.error).message}
        </Notice>
      ) : (
        <table className={screen.table} aria-labelledby="settings-presets">
          <thead>
            <tr>
              <th>Vendor</th>
              <th>Preset</th>
              <th className={screen.number}>Version</th>
              <th>How long the vendor keeps its log</th>
              <th>Assumed</th>
            </tr>
          </thead>
          <tbody>
            {presets.data?.map(({ id, vendor, name, version, retention, assumed, own }) => (
              <tr key={`${id} ${version} ${own?.sources.join()}`}>
                <td>
                  <Recorded text={vendor} />
                </td>
                <td>
                  <Recorded text={name} />
                  {own === null ? null : <span className={screen.muted}> made here</span>}
                </td>
                <td className={screen.number}>{version}</td>
                <td>{retention}</td>
                <td>{assumed.length === 0 ? 'nothing' : `${assumed.length} things, told in Sources`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

// The sections of a pack that may be left out, ticked where they go in; those that are always there are named below.

import { optionalSections, type PackSection, sectionNames } from '#core/section-model.ts';
import field from '../controls/field.module.css';
import screen from '../controls/screen.module.css';
import { changeDraft, useDraft } from './draft.ts';
import styles from './evidence-screen.module.css';

const words: Record<PackSection, string> = {
  events: 'First rows of each population',
  access: 'Access rights, people who joined, moved and left',
  changes: 'Values then and now',
  sessions: 'Sign-ins, failures, sessions and remote access',
  reviews: 'User access reviews',
};

export function SectionList() {
  const { leftOut } = useDraft();
  const toggle = (section: PackSection) =>
    changeDraft({
      leftOut: optionalSections.filter((one) => (one === section) !== leftOut.includes(one)),
    });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out with the other labels
    <div
      role="group"
      aria-labelledby="pack-sections"
      aria-describedby="pack-sections-hint"
      className={field.field}
    >
      <span id="pack-sections" className={field.label}>
        Sections
      </span>
      <div className={styles.controls}>
        {optionalSections.map((section) => (
          <label key={section} className={styles.control}>
            <input type="checkbox" checked={!leftOut.includes(section)} onChange={() => toggle(section)} />
            <strong>{sectionNames[section].no.replace(' and ', ', ')}</strong>
            <span>{words[section]}</span>
            <span className={screen.muted}>{sectionNames[section].tables.join(', ')}</span>
          </label>
        ))}
      </div>
      <p id="pack-sections-hint" className={field.hint}>
        All other sections are always there. The pack says on its cover and in section 1 what was left out.
      </p>
    </div>
  );
}

// Everything that can be gone to or done, found by typing: screens, actions, workspaces, saved views, words.

import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { TextField } from 'react-aria-components/TextField';
import { glossary } from '#core/glossary.ts';
import { windowCommands } from '#core/window-commands.ts';
import { screens } from '../address/address.ts';
import { go } from '../address/use-address.ts';
import overlay from '../controls/overlay.module.css';
import { useAnswer } from '../engine/engine.ts';
import { openRecent } from '../engine/workspace.ts';
import { showView } from '../events/show-view.ts';
import { useRecent } from '../frame/use-recent.ts';
import styles from './commands.module.css';
import { runCommand } from './commands.ts';
import { keysInWords } from './keys.ts';
import { showOver, useOver } from './over.ts';

type Choice = { id: string; label: string; sort: string; aside: string; run(): unknown };

export function Palette() {
  const isOpen = useOver() === 'palette';
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => showOver(open ? 'palette' : null)}
      isDismissable
      className={styles.behind as string}
    >
      <Modal className={styles.palette as string}>
        <Dialog aria-label="Go to anything" className={styles.dialog as string}>
          <Choices />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Choices() {
  const { contains } = useFilter({ sensitivity: 'base' });
  const choices = useChoices();
  return (
    <Autocomplete filter={contains}>
      <TextField aria-label="Go to anything" className={styles.search as string} autoFocus>
        <Input
          placeholder="A screen, an action, a workspace, a saved view, a word…"
          role="combobox"
          aria-expanded={true}
        />
      </TextField>
      <ListBox
        aria-label="What can be gone to"
        className={`${overlay.list} ${styles.choices}`}
        items={choices}
        escapeKeyBehavior="none"
        renderEmptyState={() => <div className={overlay.none}>Nothing is called that.</div>}
        onAction={(key) => {
          showOver(null);
          void choices.find(({ id }) => id === key)?.run();
        }}
      >
        {(choice) => (
          <ListBoxItem
            id={choice.id}
            textValue={`${choice.label} ${choice.sort}`}
            className={overlay.item as string}
          >
            <span className={overlay.label}>{choice.label}</span>
            <span className={overlay.aside}>{choice.aside === '' ? choice.sort : choice.aside}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </Autocomplete>
  );
}

function useChoices(): Choice[] {
  const views = useAnswer('views.list', {}).data ?? [];
  const recent = useRecent().data ?? [];
  return [
    ...windowCommands
      .filter(({ id }) => id !== 'palette')
      .map(({ id, name, keys }) => ({
        id,
        label: name,
        sort: screens.some((screen) => screen === id) ? 'Screen' : 'Action',
        aside: keys === null ? '' : keysInWords(keys),
        run: () => runCommand(id),
      })),
    ...views.map((view) => ({
      id: `view ${view.name}`,
      label: view.name,
      sort: 'Saved view',
      aside: '',
      run: () => showView(view.setup),
    })),
    ...recent.map(({ id, name, folder }) => ({
      id: `workspace ${id}`,
      label: name,
      sort: 'Workspace',
      aside: folder,
      run: () => openRecent(id),
    })),
    ...glossary.map(({ word }) => ({
      id: `word ${word}`,
      label: word,
      sort: 'Word of the glossary',
      aside: '',
      run: () => go({ screen: 'glossary', about: word }),
    })),
  ];
}

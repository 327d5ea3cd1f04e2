// The sheet of shortcuts: the window's own from the one table, and those of its lists.

import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { windowCommands } from '#core/window-commands.ts';
import { Button } from '../controls/button.tsx';
import styles from './commands.module.css';
import { keysInWords } from './keys.ts';
import { showOver, useOver } from './over.ts';

const ofLists: [keys: string, what: string][] = [
  ['↑ ↓', 'Row before or after'],
  ['Page Up, Page Down', 'A screenful up or down'],
  ['Home, End', 'To the beginning or end of the list'],
  ['Enter', 'Open the row beside the list'],
  ['Esc', 'Close what is open, back to the row'],
  ['Space, Shift+↑ ↓', 'Select rows'],
  ['Ctrl+C', 'Copy the selected rows as a table'],
];

const ofWindow: [keys: string, what: string][] = [
  ['Alt+←, Alt+→', 'Back, forward'],
  ['Ctrl+plus, Ctrl+minus, Ctrl+0', 'Larger, smaller, usual size'],
  ['F11', 'Full screen'],
];

export function Shortcuts() {
  return (
    <ModalOverlay
      isOpen={useOver() === 'shortcuts'}
      onOpenChange={(open) => showOver(open ? 'shortcuts' : null)}
      isDismissable
      className={styles.behind as string}
    >
      <Modal className={styles.sheet as string}>
        <Dialog className={styles.dialog as string}>
          <header className={styles.head}>
            <Heading slot="title">Keyboard shortcuts</Heading>
            <Button weight="quiet" onPress={() => showOver(null)} autoFocus>
              Close
            </Button>
          </header>
          <div className={styles.columns}>
            <Keys
              title="Anywhere"
              keys={[
                ...windowCommands.flatMap(({ name, keys }): [string, string][] =>
                  keys === null ? [] : [[keysInWords(keys), name.replace(/…$/, '')]],
                ),
                ...ofWindow,
              ]}
            />
            <Keys title="In lists" keys={ofLists} />
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Keys({ title, keys }: { title: string; keys: [string, string][] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className={styles.keys}>
        {keys.map(([key, what]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

// Which workspace is open, and the way to another one.

import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { showDoors } from '../audit/open-pack.ts';
import { Icon } from '../controls/icon.tsx';
import overlay from '../controls/overlay.module.css';
import { useAnswer, useEngineState } from '../engine/engine.ts';
import { openOther, openRecent, openSample } from '../engine/workspace.ts';
import { nameOfFolder, useFolder } from './not-open.tsx';
import { useRecent } from './use-recent.ts';
import styles from './workspace-menu.module.css';

export function WorkspaceMenu() {
  const summary = useAnswer('workspace.summary', {});
  // One that cannot be opened or read has its name from its folder.
  const isFailed = useEngineState().state === 'failed' || summary.error !== null;
  const elsewhere = useFolder(isFailed);
  const folder = summary.data?.folder ?? elsewhere;
  const name = summary.data?.name ?? nameOfFolder(elsewhere);
  const recent = useRecent();
  return (
    <MenuTrigger>
      <AriaButton className={styles.workspace as string} aria-label={`Workspace ${name}`}>
        <span className={styles.name}>{name === '' ? ' ' : name}</span>
        <Icon name="down" size={12} />
      </AriaButton>
      <Popover className={overlay.popover} placement="bottom start" offset={2}>
        <div className={styles.folder}>
          <div className={styles.caption}>Folder of this workspace</div>
          {folder}
        </div>
        <Menu
          className={overlay.list}
          aria-label="Workspace"
          onAction={(key) =>
            void (key === 'sample'
              ? openSample()
              : key === 'pack'
                ? showDoors()
                : key === 'choose'
                  ? openOther()
                  : openRecent(String(key)).catch(() => recent.refetch()))
          }
        >
          {recent.data?.slice(0, 6).map(({ id, name: other, folder }) => (
            <MenuItem key={id} id={id} textValue={other} className={overlay.item as string}>
              <span className={overlay.label}>{other}</span>
              <span className={styles.path}>{folder}</span>
            </MenuItem>
          ))}
          <MenuItem id="choose" className={overlay.item as string}>
            Open another workspace…
          </MenuItem>
          <MenuItem id="pack" className={overlay.item as string}>
            Open an evidence pack…
          </MenuItem>
          <MenuItem id="sample" className={overlay.item as string}>
            Open the sample workspace
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

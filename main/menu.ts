// The menu bar: what the window can be told, from the one table of commands, beside the system's own entries for copy,
// zoom and quit.

import { Menu, type MenuItemConstructorOptions } from 'electron';
import { type WindowCommand, type WindowCommandEntry, windowCommands } from '#core/window-commands.ts';

type Entry = MenuItemConstructorOptions;
const line: Entry = { type: 'separator' };

/**
 * Sets the menu. Reload and developer tools are there only while developing.
 * @param send takes the command that was chosen
 */
export function setMenu(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  send: (command: WindowCommand) => void,
): void {
  const isMac = platform === 'darwin';
  const of = (menu: WindowCommandEntry['menu']): Entry[] =>
    windowCommands
      .filter((command) => command.menu === menu)
      .map(({ id, name, keys }) => ({
        label: name,
        click: () => send(id),
        // The page hears the keys itself and the menu only shows them; on a Mac the menu is what hears them.
        ...(keys === null ? {} : { accelerator: keys, registerAccelerator: false }),
      }));
  const forDevelopers: Entry[] = [{ role: 'reload' }, { role: 'toggleDevTools' }, line];
  const template: Entry[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [...of('file'), line, { role: isMac ? 'close' : 'quit' }] },
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        line,
        ...of('edit'),
      ],
    },
    {
      label: 'View',
      submenu: [
        ...(isPackaged ? [] : forDevelopers),
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' },
      ],
    },
    { label: 'Go', submenu: of('go') },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { role: 'help', label: 'Help', submenu: [...of('help'), line, { role: 'about' }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

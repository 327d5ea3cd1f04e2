// What each command of the window does.

import type { WindowCommand } from '#core/window-commands.ts';
import { type Screen, screens } from '../address/address.ts';
import { go } from '../address/use-address.ts';
import { showDoors } from '../audit/open-pack.ts';
import { startJob } from '../engine/jobs.ts';
import { openOther, openSample } from '../engine/workspace.ts';
import { openFind } from '../find/open.ts';
import { openGuide } from '../guide/progress.ts';
import { importChosen } from '../sources/import-files.ts';
import { undoLast } from '../undo/undo.ts';
import { focusSearch } from './focus-search.ts';
import { showOver } from './over.ts';

const toScreen = (screen: Screen) => () => go({ screen });
const toScreens = Object.fromEntries(screens.map((screen) => [screen, toScreen(screen)])) as Record<
  Screen,
  () => void
>;

const actions: Record<WindowCommand, () => unknown> = {
  ...toScreens,
  import: importChosen,
  open: openOther,
  sample: openSample,
  'open-pack': showDoors,
  find: () => {
    if (!focusSearch()) openFind();
  },
  undo: undoLast,
  palette: () => showOver('palette'),
  shortcuts: () => showOver('shortcuts'),
  back: () => window.history.back(),
  forward: () => window.history.forward(),
  verify: () => {
    go({ screen: 'integrity' });
    void startJob('verify.run', {}, '');
  },
  guide: openGuide,
};

/** Does it; what fails shows where it would when done by hand. */
export function runCommand(command: WindowCommand): void {
  void Promise.resolve(actions[command]()).catch((thrown: unknown) => console.warn(thrown));
}

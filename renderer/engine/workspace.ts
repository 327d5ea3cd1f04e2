// Opening another workspace: everything on screen belongs to the old one, so it is forgotten, then asked anew.

import type { WorkspaceChoice } from '#preload/desktop-api.ts';
import { startAddress } from '../address/address.ts';
import { watchPlace } from '../address/last-place.ts';
import { go } from '../address/use-address.ts';
import { forgetDrafts } from '../mapping/remap-draft.ts';
import { forgetRequests } from '../requests/officer-list.ts';
import { forgetFiles } from '../review/chosen-file.ts';
import { forgetIntake } from '../sources/intake.ts';
import { forgetUndo } from '../undo/undo.ts';
import { ask, askAgain, connection, queries } from './engine.ts';
import { forgetJobs, startJob } from './jobs.ts';

async function open(which: WorkspaceChoice): Promise<boolean> {
  const before = connection.generation();
  if (!(await window.exhibit.openWorkspace(which))) return false;
  await connection.after(before);
  forgetJobs(() => true);
  forgetDrafts();
  forgetIntake();
  forgetFiles();
  forgetUndo();
  forgetRequests();
  await queries.resetQueries();
  await watchPlace();
  go({ ...startAddress });
  return true;
}

/** Another workspace, by the system's dialog; nothing changes when that is closed. */
export async function openOther(): Promise<void> {
  await open('choose');
}

/** One that was opened lately. Throws what the desktop says when it is not there any more. */
export async function openRecent(id: string): Promise<void> {
  await open({ recent: id });
}

/** One opened from outside, by the id the desktop gave it. Throws what the desktop says when it is gone. */
export async function openGiven(id: string): Promise<void> {
  await open({ opened: id });
}

/** The bundled sample's workspace; its exports are imported the first time. */
export async function openSample(): Promise<void> {
  if (!(await open('sample'))) return;
  const summary = await ask('workspace.summary', {});
  if (summary.imports === 0) await startJob('imports.sample', {}, '', () => void askAgain());
}

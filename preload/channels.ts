// The messages between preload and main, as types: both sides write the names as literals and the compiler holds
// them together. Types only, since main takes no code from here.

import type {
  AppInfo,
  EngineState,
  FilePurpose,
  FolderPurpose,
  Grant,
  Keeping,
  Opened,
  RecentWorkspace,
  Theme,
  WorkspaceChoice,
} from './desktop-api.ts';

/** Asked by the page, answered by main. */
export type Calls = {
  info: { args: []; result: AppInfo };
  'engine-state': { args: []; result: EngineState };
  'connect-engine': { args: []; result: undefined };
  'choose-files': { args: [why: FilePurpose]; result: Grant[] };
  'grant-files': { args: [paths: string[]]; result: Grant[] };
  'choose-folder': { args: [why: FolderPurpose]; result: Grant | null };
  'show-in-folder': { args: [folder: string, name: string]; result: undefined };
  'keep-secret': { args: [name: string, value: string | null]; result: Keeping };
  'try-secret': { args: [name: string, value: string | null]; result: undefined };
  'try-kept-secret': { args: [from: string, to: string]; result: undefined };
  'keep-tried-secret': { args: [name: string]; result: Keeping };
  'secret-state': { args: [name: string]; result: Keeping };
  'open-workspace': { args: [which: WorkspaceChoice]; result: boolean };
  'recent-workspaces': { args: []; result: RecentWorkspace[] };
  'take-opened': { args: []; result: Opened };
  'set-theme': { args: [theme: Theme]; result: undefined };
  notify: { args: [title: string, body: string]; result: undefined };
};

/** Told by main: the new state; a port in `event.ports`; the command chosen in the menu bar; the computer woke up; something was opened from outside. */
export type Notices = {
  'engine-state': EngineState;
  'engine-port': null;
  menu: string;
  woke: null;
  opened: null;
};

/** Errors travel as values: Electron would wrap their sentence in a technical one. */
export type Answer<T> = { ok: true; value: T } | { ok: false; message: string };

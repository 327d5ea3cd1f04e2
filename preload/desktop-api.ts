// What the page may ask of the desktop, beside the engine: a handful of calls, and no paths. Files and folders
// reach the engine as grants, which main mints from a dialog or from a dropped file.

import type { Keeping } from '#core/secrets.ts';

export type { Keeping };

/** A file or folder the person chose. `id` is what the engine takes; `name` is for people. */
export type Grant = { id: string; name: string; kind: 'file' | 'folder'; bytes: number | null };

/** What a dialog is opened for: it says so. */
export type FilePurpose = 'import' | 'mapping' | 'table' | 'evidence' | 'requests' | 'certificate';
export type FolderPurpose = 'pack' | 'import' | 'save' | 'watch' | 'evidence' | 'requests';

/** starting → ready; restarting after a crash; failed when it will not start (message says what to do). */
export type EngineState =
  | { state: 'starting' | 'ready' | 'restarting' }
  | { state: 'failed'; message: string };

export type Theme = 'system' | 'light' | 'dark';
/** A workspace opened lately; `folder` is for display. */
export type RecentWorkspace = { id: string; name: string; folder: string };
/** The bundled sample's, one chosen in a dialog, one opened lately or one opened from outside by its id. */
export type WorkspaceChoice = 'sample' | 'choose' | { recent: string } | { opened: string };

/** What was opened with Exhibit from outside: a workspace, and files and folders of exports. `lost` are those that are gone. */
export type Opened = { workspace: { id: string; name: string } | null; grants: Grant[]; lost: number };

export type AppInfo = {
  version: string;
  electron: string;
  platform: string;
  /** Folder of the open workspace, for display. */
  workspace: string;
};

/** The window message that brings a port to the engine: `event.data` is this, `event.ports[0]` the port. */
export type EnginePortMessage = { exhibit: 'engine-port' };

/** Exposed on `window.exhibit`. A promise that rejects does so with an Error whose message is a whole sentence. */
export type DesktopApi = {
  info(): Promise<AppInfo>;
  /**
   * Asks for a fresh MessagePort to the engine; it arrives as a window message (EnginePortMessage). Ask each time the
   * state becomes `ready`: while the engine is anything else nothing arrives.
   */
  connectEngine(): void;
  /** Calls back soon with the present state, then on each change; returns the function that stops it. */
  onEngineState(listener: (state: EngineState) => void): () => void;
  /** The system's dialog for export files, or for one file of another purpose; an empty list when it was closed. */
  chooseFiles(why?: FilePurpose): Promise<Grant[]>;
  /** Grants for dropped or chosen File objects: files and folders. What is not of this machine is left out. */
  grantFiles(files: File[]): Promise<Grant[]>;
  /** The system's dialog for a folder: one that receives a pack or a file, or one of exports; null when closed. */
  chooseFolder(why?: FolderPurpose): Promise<Grant | null>;
  /** Shows `name`, a direct child of a granted folder (its id), in the system's file manager. */
  showInFolder(folder: string, name: string): Promise<void>;
  /**
   * Keeps a secret of a source, named `source:…`, instead of an earlier one; null forgets it. It never comes back to the
   * page; the engine gets it when it needs it. `session`: this system has no store of keys to be trusted, so the secret
   * is in memory until Exhibit ends, and the screen must say so.
   */
  keepSecret(name: string, value: string | null): Promise<Keeping>;
  /**
   * Uses a secret of a source in place of the one that is kept, until it is kept itself or, by null, let go of. The password
   * of a certificate's file, `certificate:…`, is handed over in the same way, and never kept.
   */
  trySecret(name: string, value: string | null): Promise<void>;
  /** Tries the secret that is kept under one name under another one of the same host: the connection is called otherwise. */
  tryKeptSecret(from: string, to: string): Promise<void>;
  /** Keeps the secret that is tried under this name, as keepSecret does. */
  keepTriedSecret(name: string): Promise<Keeping>;
  /** Whether a secret of this name is kept, and where. */
  secretState(name: string): Promise<Keeping>;
  /**
   * Opens another workspace. False when the dialog was closed. After `true` the engine has begun to start on the other
   * folder: its state goes to starting, then ready.
   */
  openWorkspace(which: WorkspaceChoice): Promise<boolean>;
  /** Workspaces opened lately beside the open one, the last one first. */
  recentWorkspaces(): Promise<RecentWorkspace[]>;
  /** What was opened from outside since this was asked last. */
  takeOpened(): Promise<Opened>;
  /** Calls back when there is something to take; returns the function that stops it. */
  onOpened(listener: () => void): () => void;
  /** Light, dark or as the system has it: at once, and at the next start from the first moment on. */
  setTheme(theme: Theme): Promise<void>;
  /** Tells by the system's notification that something ended; nothing while the window has the focus. */
  notify(title: string, body: string): void;
  /** Calls back with the command chosen in the menu bar; returns the function that stops it. */
  onMenu(listener: (command: string) => void): () => void;
  /** Calls back when the computer has slept and woken up; returns the function that stops it. */
  onWake(listener: () => void): () => void;
};

// The system's dialogs, as questions with the product's words. Each gives paths, which stay in main.

import { type BrowserWindow, dialog } from 'electron';
import type { FilePurpose, FolderPurpose } from '#preload/desktop-api.ts';

/** Files for a purpose; empty when the dialog was closed. */
export async function askForFiles(window: BrowserWindow, why: FilePurpose): Promise<string[]> {
  if (why === 'mapping') return askForOne(window, 'Open a mapping file', ['Mapping files', 'json']);
  if (why === 'evidence') return askForOne(window, 'Open an evidence pack', ['ZIP files of packs', 'zip']);
  if (why === 'requests') return askForOne(window, 'Open a request list', ['Request lists', 'json']);
  if (why === 'certificate')
    return askForOne(window, 'Choose your certificate with its key', [
      'Certificates with keys',
      'p12',
      'pfx',
    ]);
  if (why === 'table') return askForOne(window, 'Choose a CSV file', ['CSV files', 'csv']);
  return askForExports(window);
}

async function askForExports(window: BrowserWindow): Promise<string[]> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import audit-log exports',
    buttonLabel: 'Choose',
    properties: ['openFile', 'multiSelections'],
    filters: [
      {
        name: 'Audit-log exports',
        extensions: ['csv', 'tsv', 'json', 'ndjson', 'jsonl', 'txt', 'log', 'gz', 'zip'],
      },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return filePaths;
}

async function askForOne(
  window: BrowserWindow,
  title: string,
  [name, ...extensions]: [name: string, ...extensions: string[]],
): Promise<string[]> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title,
    buttonLabel: 'Open',
    properties: ['openFile'],
    filters: [{ name, extensions }],
  });
  return filePaths;
}

const folderWords: Record<FolderPurpose, [title: string, button: string]> = {
  pack: ['Where to put the evidence pack', 'Put it here'],
  import: ['Choose a folder of exports', 'Choose'],
  watch: ['Choose a folder to watch for exports', 'Watch it'],
  evidence: ['Open the folder of an evidence pack', 'Open'],
  requests: ['Where to keep the request list', 'Keep it here'],
  save: ['Where to save the file', 'Save it here'],
};

/** A folder for a purpose; undefined when the dialog was closed. */
export async function askForFolderTo(window: BrowserWindow, why: FolderPurpose): Promise<string | undefined> {
  const [title, button] = folderWords[why];
  return askForFolder(window, title, button);
}

/** A workspace's folder, or an empty one for a new workspace; undefined when the dialog was closed. */
export async function askForWorkspace(window: BrowserWindow): Promise<string | undefined> {
  return askForFolder(window, 'Open a workspace, or an empty folder for a new one', 'Open');
}

async function askForFolder(
  window: BrowserWindow,
  title: string,
  buttonLabel: string,
): Promise<string | undefined> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title,
    // macOS shows no title on its dialogs.
    message: title,
    buttonLabel,
    properties: ['openDirectory', 'createDirectory'],
  });
  return filePaths[0];
}

// The system's dialogs, as questions with the product's words. Each gives paths, which stay in main.

import { type BrowserWindow, dialog } from 'electron';

/** Export files; empty when the dialog was closed. */
export async function askForExports(window: BrowserWindow): Promise<string[]> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import audit-log exports',
    buttonLabel: 'Import',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Audit-log exports', extensions: ['csv', 'json', 'ndjson', 'jsonl', 'txt', 'log'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return filePaths;
}

/** The folder that receives a pack; undefined when the dialog was closed. */
export async function askForPackFolder(window: BrowserWindow): Promise<string | undefined> {
  return askForFolder(window, 'Where to put the evidence pack', 'Put it here');
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

// Stands in for the application Electron carries for `electron <folder>`; an Electron taken from a finished product
// has lost it. Plain JavaScript: Electron 33 does not strip types.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (given === undefined) {
  console.error('Say which application to open: electron <folder>');
  process.exit(2);
}

const path = resolve(given);
const isFolder = statSync(path).isDirectory();
const folder = isFolder ? path : dirname(path);
const about = isFolder ? JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) : {};

process.defaultApp = true;
if (about.version) app.setVersion(about.version);
if (about.productName || about.name) app.setName(about.productName || about.name);
app.setAppPath(folder);
app.setPath(
  'userData',
  app.commandLine.getSwitchValue('user-data-dir') || join(app.getPath('appData'), app.getName()),
);

const main = isFolder ? createRequire(join(folder, 'package.json')).resolve(folder) : path;
await import(pathToFileURL(main).href);

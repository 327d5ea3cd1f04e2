// The least an Electron application can be: what starting Exhibit is measured against.
const { app, BrowserWindow } = require('electron');

app
  .whenReady()
  .then(() => new BrowserWindow({ width: 1360, height: 860 }).loadURL('data:text/html,<p>ready</p>'));

// Opens the file named last in a bare, sandboxed browser window without any of the application's code: what a person
// does who opens a page of a pack in a browser.
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1100, height: 800, webPreferences: { sandbox: true } });
  window.loadFile(process.argv.at(-1));
});
app.on('window-all-closed', () => app.quit());

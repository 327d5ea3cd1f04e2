// What a person can tell the window to do by menu, key or palette: one table, read by the menu bar, the page's keys, the
// palette and the sheet of shortcuts, so that they cannot disagree.

/** `keys` as Electron writes accelerators; `menu` is where the menu bar has it, null for nowhere. */
export type WindowCommandEntry = {
  id: string;
  name: string;
  keys: string | null;
  menu: 'file' | 'edit' | 'view' | 'go' | 'help' | null;
};

export const windowCommands = [
  { id: 'import', name: 'Import exports…', keys: 'CmdOrCtrl+O', menu: 'file' },
  { id: 'open', name: 'Open another workspace…', keys: 'CmdOrCtrl+Shift+O', menu: 'file' },
  { id: 'open-pack', name: 'Open an evidence pack…', keys: null, menu: 'file' },
  { id: 'sample', name: 'Open the sample workspace', keys: null, menu: 'file' },
  { id: 'settings', name: 'Settings', keys: 'CmdOrCtrl+,', menu: 'file' },
  { id: 'find', name: 'Find on this screen', keys: 'CmdOrCtrl+F', menu: 'edit' },
  { id: 'undo', name: 'Bring back what was taken away last', keys: 'CmdOrCtrl+Z', menu: null },
  { id: 'palette', name: 'Go to anything…', keys: 'CmdOrCtrl+K', menu: 'go' },
  { id: 'back', name: 'Back', keys: null, menu: 'go' },
  { id: 'forward', name: 'Forward', keys: null, menu: 'go' },
  { id: 'overview', name: 'Overview', keys: 'CmdOrCtrl+1', menu: 'go' },
  { id: 'events', name: 'Events', keys: 'CmdOrCtrl+2', menu: 'go' },
  { id: 'changes', name: 'Changes', keys: 'CmdOrCtrl+3', menu: 'go' },
  { id: 'access', name: 'Access', keys: 'CmdOrCtrl+4', menu: 'go' },
  { id: 'reviews', name: 'Reviews', keys: 'CmdOrCtrl+5', menu: 'go' },
  { id: 'sessions', name: 'Sessions', keys: 'CmdOrCtrl+6', menu: 'go' },
  { id: 'about', name: 'Look up', keys: 'CmdOrCtrl+7', menu: 'go' },
  { id: 'evidence', name: 'Evidence', keys: 'CmdOrCtrl+8', menu: 'go' },
  { id: 'sources', name: 'Sources', keys: 'CmdOrCtrl+9', menu: 'go' },
  { id: 'completeness', name: 'Completeness', keys: null, menu: 'go' },
  { id: 'integrity', name: 'Integrity', keys: null, menu: 'go' },
  { id: 'verify', name: 'Verify the log', keys: null, menu: null },
  { id: 'guide', name: 'Guide through the sample', keys: null, menu: 'help' },
  { id: 'glossary', name: 'Glossary', keys: 'F1', menu: 'help' },
  { id: 'shortcuts', name: 'Keyboard shortcuts', keys: 'CmdOrCtrl+/', menu: 'help' },
] as const satisfies readonly WindowCommandEntry[];

export type WindowCommand = (typeof windowCommands)[number]['id'];

export const isWindowCommand = (id: unknown): id is WindowCommand =>
  windowCommands.some((command) => command.id === id);

// Keys of the window's commands: which command a key press is, and how its keys are written for people.

import { type WindowCommand, windowCommands } from '#core/window-commands.ts';

const isMac = /Mac/.test(globalThis.navigator?.platform ?? '');

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The command of a key press; null for every other one. */
export function commandOf(press: Press, mac: boolean = isMac): WindowCommand | null {
  const held = mac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey;
  if (press.altKey) return null;
  for (const { id, keys } of windowCommands) {
    if (keys === null) continue;
    const parts = keys.split('+');
    const key = parts.at(-1) as string;
    const needs = parts.includes('CmdOrCtrl');
    // A sign such as / stands on other keys elsewhere, some of them reached with Shift.
    const shift = parts.includes('Shift') || /^[^a-z0-9]$/i.test(key) ? true : !press.shiftKey;
    if (needs === held && shift && (parts.includes('Shift') ? press.shiftKey : true) && isKey(press.key, key))
      return id;
  }
  return null;
}

const isKey = (pressed: string, key: string): boolean => pressed.toLowerCase() === key.toLowerCase();

/** `Ctrl+Shift+O`, on a Mac `⇧⌘O`. */
export function keysInWords(keys: string, mac: boolean = isMac): string {
  if (!mac) return keys.replace('CmdOrCtrl', 'Ctrl');
  return keys.replace(/^CmdOrCtrl\+Shift\+/, '⇧⌘').replace(/^CmdOrCtrl\+/, '⌘');
}

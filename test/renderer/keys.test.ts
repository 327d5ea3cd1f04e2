// Keys and the commands they give, on both kinds of keyboards; the table has each key once.
import { expect, test } from 'vitest';
import { windowCommands } from '#core/window-commands.ts';
import { commandOf, keysInWords } from '../../renderer/commands/keys.ts';

const press = (key: string, held: { ctrl?: true; meta?: true; shift?: true; alt?: true } = {}) => ({
  key,
  ctrlKey: held.ctrl ?? false,
  metaKey: held.meta ?? false,
  shiftKey: held.shift ?? false,
  altKey: held.alt ?? false,
});

test('each command has an id and keys of its own', () => {
  const ids = windowCommands.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const keys = windowCommands.flatMap(({ keys }) => keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test('keys give the command the table says, and nothing else does', () => {
  expect(commandOf(press('k', { ctrl: true }), false)).toBe('palette');
  expect(commandOf(press('K', { ctrl: true, shift: true }), false)).toBeNull();
  expect(commandOf(press('o', { ctrl: true }), false)).toBe('import');
  expect(commandOf(press('O', { ctrl: true, shift: true }), false)).toBe('open');
  expect(commandOf(press('/', { ctrl: true, shift: true }), false), 'where / is reached with Shift').toBe(
    'shortcuts',
  );
  expect(commandOf(press('F1'), false)).toBe('glossary');
  expect(commandOf(press('k'), false)).toBeNull();
  expect(commandOf(press('k', { ctrl: true, alt: true }), false), 'AltGr').toBeNull();
  expect(commandOf(press('k', { meta: true }), true)).toBe('palette');
  expect(commandOf(press('k', { ctrl: true }), true), 'kills to the end of a line on a Mac').toBeNull();
});

test('keys are written as each keyboard has them', () => {
  expect(keysInWords('CmdOrCtrl+Shift+O', false)).toBe('Ctrl+Shift+O');
  expect(keysInWords('CmdOrCtrl+Shift+O', true)).toBe('⇧⌘O');
  expect(keysInWords('F1', true)).toBe('F1');
});

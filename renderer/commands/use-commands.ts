// Listens for the window's commands: from keys, and from the menu bar.

import { useEffect } from 'react';
import { isWindowCommand } from '#core/window-commands.ts';
import { canUndo } from '../undo/undo.ts';
import { runCommand } from './commands.ts';
import { commandOf } from './keys.ts';

/** What is being typed has an undo of its own. */
const isTyping = (target: EventTarget | null): boolean =>
  (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.value !== '';

export function useCommands(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const command = commandOf(event);
      if (command === null || (command === 'undo' && (isTyping(event.target) || !canUndo()))) return;
      event.preventDefault();
      runCommand(command);
    };
    window.addEventListener('keydown', onKey);
    const stop = window.exhibit.onMenu((id) => {
      if (isWindowCommand(id)) runCommand(id);
    });
    return () => {
      window.removeEventListener('keydown', onKey);
      stop();
    };
  }, []);
}

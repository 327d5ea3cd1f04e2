// Back and forward by keyboard and by the mouse's side buttons, as in a browser: this window has no such buttons.

import { useEffect } from 'react';

const isMac = /Mac/.test(navigator.platform);

export function useHistoryKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.shiftKey || event.ctrlKey) return;
      // On a Mac, Option and an arrow move by words in a text; there the keys are ⌘[ and ⌘].
      const [held, back, forward] = isMac
        ? [event.metaKey, '[', ']']
        : [event.altKey, 'ArrowLeft', 'ArrowRight'];
      if (!held || (event.key !== back && event.key !== forward)) return;
      event.preventDefault();
      if (event.key === back) window.history.back();
      else window.history.forward();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

// Escape closes what is open beside a list, from anywhere on the screen but fields and open lists.

import { useEffect, useRef } from 'react';

export function useEscape(isOpen: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => {
      const inside = event.target instanceof Element ? event.target : null;
      if (
        event.key !== 'Escape' ||
        event.defaultPrevented ||
        inside?.closest('input, textarea, [role="dialog"]')
      )
        return;
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOpen]);
}

// One stop for Tab in a panel of many things to press: up and down, Home and End walk among those marked `data-stop`.

import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';

export function useStops<E extends HTMLElement>(): {
  ref: RefObject<E | null>;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(event: FocusEvent): void;
} {
  const ref = useRef<E>(null);
  const stops = () => [...(ref.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])];
  const settle = (on?: HTMLElement) => {
    const all = stops();
    const one = on ?? all.find(({ tabIndex }) => tabIndex === 0) ?? all[0];
    for (const stop of all) stop.tabIndex = stop === one ? 0 : -1;
  };
  const latest = useRef(settle);
  latest.current = settle;
  useEffect(() => {
    if (!ref.current) return;
    // Values come and go with the counts; whatever is there, one of them can be reached.
    const observer = new MutationObserver(() => latest.current());
    observer.observe(ref.current, { childList: true, subtree: true });
    latest.current();
    return () => observer.disconnect();
  }, []);
  return {
    ref,
    onFocus: ({ target }) => {
      if (target instanceof HTMLElement && target.hasAttribute('data-stop')) settle(target);
    },
    onKeyDown: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const isText = event.target instanceof HTMLInputElement;
      const all = stops();
      const at = all.indexOf(event.target as HTMLElement);
      const to = {
        ArrowDown: at + 1,
        ArrowUp: at - 1,
        ...(isText ? {} : { Home: 0, End: all.length - 1 }),
      }[event.key];
      if (at === -1 || to === undefined) return;
      event.preventDefault();
      all[Math.min(Math.max(to, 0), all.length - 1)]?.focus();
    },
  };
}

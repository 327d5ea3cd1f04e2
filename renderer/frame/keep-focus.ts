// Keeps the keyboard's place. What had the focus may vanish or be disabled: a form that was answered, a button that
// gave way to progress. The browser then leaves the focus nowhere, and a screen reader silent. Here the heading of
// what is left around it takes the focus, and gives it back where the element can be used again.

import { useEffect } from 'react';
import type { Screen } from '../address/address.ts';

/** What has a heading that says where one is. */
const places = 'main, section, article, aside, [role=dialog]';
/** ms for whoever has a better place to put the focus there, as a dialog that closes does. */
const pause = 100;

/** Watches the focus of the whole page; call once, before anything is shown. */
export function keepFocus(): void {
  let last: HTMLElement | null = null;
  let around: Element[] = [];
  let lent: HTMLElement | null = null;
  let isPointerDown = false;
  let timer = 0;

  const giveBack = () => {
    if (last === null || !nothingHasFocus()) return;
    if (canHaveFocus(last)) last.focus({ preventScroll: true });
    else {
      lent = headingAround(around);
      focusHeading(lent);
    }
  };

  document.addEventListener('focusin', ({ target }) => {
    if (target === lent || !(target instanceof HTMLElement)) return;
    lent = null;
    last = target;
    around = ancestorsOf(target);
  });
  // A press beside everything takes the focus away on purpose.
  document.addEventListener('pointerdown', () => {
    isPointerDown = true;
  });
  document.addEventListener('pointerup', () => {
    isPointerDown = false;
  });
  document.addEventListener('focusout', ({ relatedTarget }) => {
    if (isPointerDown && relatedTarget === null) last = null;
  });
  new MutationObserver(() => {
    if (last === null) return;
    if (lent !== null && document.activeElement === lent) {
      if (canHaveFocus(last)) last.focus({ preventScroll: true });
    } else if (nothingHasFocus() || !isThere(last)) {
      window.clearTimeout(timer);
      timer = window.setTimeout(giveBack, pause);
    }
  }).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
}

/** Who goes to another screen is there: its name takes the focus, unless the guide led there or something of the screen has it. */
export function useScreenFocus(screen: Screen): void {
  useEffect(() => {
    // The first one is where the window opens: nobody has gone anywhere yet.
    if (shown !== null && shown !== screen && !document.activeElement?.closest('main, aside, [role=dialog]'))
      focusHeading(document.querySelector('h1'));
    shown = screen;
  }, [screen]);
}
let shown: Screen | null = null;

const nothingHasFocus = (): boolean =>
  document.activeElement === null || document.activeElement === document.body;

/** Asked at each change of the page, while a list scrolls, too: nothing here may make the browser lay it out. */
const isThere = (element: HTMLElement): boolean => element.isConnected && !element.matches(':disabled');

const canHaveFocus = (element: HTMLElement): boolean => isThere(element) && element.checkVisibility();

function ancestorsOf(element: Element): Element[] {
  const all: Element[] = [];
  for (let one = element.parentElement; one !== null; one = one.parentElement) all.push(one);
  return all;
}

function headingAround(around: readonly Element[]): HTMLElement | null {
  for (const place of around.filter((one) => one.isConnected && one.matches(places))) {
    if (place.matches('main')) break;
    const heading = place.querySelector<HTMLElement>('h2, h3, h4');
    if (heading?.checkVisibility()) return heading;
    if (place.matches('[role=dialog]')) return place as HTMLElement;
  }
  return document.querySelector('h1');
}

function focusHeading(heading: HTMLElement | null): void {
  if (heading === null) return;
  if (!heading.hasAttribute('tabindex')) {
    heading.tabIndex = -1;
    heading.addEventListener('blur', () => heading.removeAttribute('tabindex'), { once: true });
  }
  heading.focus({ preventScroll: true });
}

// How the window looks, as a person chose it on this computer: attributes of the document's root element, for the
// styles. The desktop is told light and dark, too: they are the window's colours before there is a page.

import { useSyncExternalStore } from 'react';
import type { Theme } from '#preload/desktop-api.ts';
import { setRowHeight } from '../events/scroll.ts';

export const densities = ['compact', 'normal', 'comfortable'] as const;
export type Density = (typeof densities)[number];
/** px */
const rowHeights: Record<Density, number> = { compact: 24, normal: 28, comfortable: 36 };

/** `theme` contrast: more contrast in light or dark. `motion` false: none, whatever the system says. */
export type Appearance = { theme: Theme; contrast: boolean; density: Density; motion: boolean };

const key = 'appearance';
const usual: Appearance = { theme: 'system', contrast: false, density: 'normal', motion: true };
const moreContrast = window.matchMedia('(prefers-contrast: more)');
const listeners = new Set<() => void>();
let current = read();

function read(): Appearance {
  try {
    const kept = JSON.parse(window.localStorage.getItem(key) ?? '{}') as Partial<Appearance>;
    return {
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : usual.theme,
      contrast: kept.contrast === true,
      density: densities.find((one) => one === kept.density) ?? usual.density,
      motion: kept.motion !== false,
    };
  } catch {
    return usual;
  }
}

function apply(): void {
  const root = document.documentElement;
  const { theme, contrast, density, motion } = current;
  root.dataset.theme = theme;
  root.toggleAttribute('data-contrast', contrast || moreContrast.matches);
  root.toggleAttribute('data-still', !motion);
  root.dataset.density = density;
  setRowHeight(rowHeights[density]);
}

/** Call once, before anything is shown. */
export function startAppearance(): void {
  apply();
  moreContrast.addEventListener('change', apply);
}

/** Changes it at once, and for the next start. */
export function setAppearance(change: Partial<Appearance>): void {
  current = { ...current, ...change };
  window.localStorage.setItem(key, JSON.stringify(current));
  if (change.theme !== undefined) void window.exhibit.setTheme(change.theme);
  apply();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, () => current);

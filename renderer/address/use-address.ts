// The address as React state, kept in the window's own history: one place that says where the window is.

import { useSyncExternalStore } from 'react';
import { type Address, changeAddress, formatAddress, parseAddress, shownZone } from './address.ts';

let current = parseAddress(window.location.hash);
const listeners = new Set<() => void>();

function settle(address: Address): void {
  current = address;
  for (const listener of listeners) listener();
}

window.addEventListener('popstate', () => settle(parseAddress(window.location.hash)));
window.addEventListener('hashchange', () => settle(parseAddress(window.location.hash)));

/** `push` makes a step that "back" undoes; `replace` corrects the present one (typing, walking along rows). */
export function go(change: Partial<Address>, step: 'push' | 'replace' = 'push'): void {
  const next = changeAddress(current, change);
  const hash = formatAddress(next);
  if (hash === formatAddress(current)) return;
  if (step === 'push') window.history.pushState(null, '', hash);
  else window.history.replaceState(null, '', hash);
  settle(next);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls back with each address the window goes to. */
export function onAddress(listener: (address: Address) => void): void {
  listeners.add(() => listener(current));
}

export function useAddress(): Address {
  return useSyncExternalStore(subscribe, () => current);
}

/** The zone in which times are shown; dates of the period and the filter may be meant in another one. */
export const useShownZone = (): string => shownZone(useAddress());

/** The hash of the present address with `change`: for links. */
export function hrefOf(address: Address, change: Partial<Address>): string {
  return formatAddress(changeAddress(address, change));
}

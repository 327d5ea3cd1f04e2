// The working hours that exceptions and flags are measured by, kept by this computer; null while none are set.

import { useSyncExternalStore } from 'react';
import type { WorkingHours } from '#core/review-model.ts';

const kept = 'working-hours';
const listeners = new Set<() => void>();
let current: WorkingHours | null = start();

function start(): WorkingHours | null {
  try {
    return readHours(JSON.parse(window.localStorage.getItem(kept) ?? 'null'));
  } catch {
    return null;
  }
}

/** Working hours of a kept value; null where it is none. */
export function readHours(value: unknown): WorkingHours | null {
  if (typeof value !== 'object' || value === null) return null;
  const { days, from, to } = value as Partial<Record<keyof WorkingHours, unknown>>;
  const isMinute = (one: unknown, most: number): one is number =>
    Number.isInteger(one) && (one as number) >= 0 && (one as number) <= most;
  if (!Array.isArray(days) || days.length === 0 || !isMinute(from, 1439) || !isMinute(to, 1440)) return null;
  if (!days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)) return null;
  return { days: [...new Set(days as number[])].sort(), from, to };
}

export function setHours(hours: WorkingHours | null): void {
  current = hours;
  if (hours === null) window.localStorage.removeItem(kept);
  else window.localStorage.setItem(kept, JSON.stringify(hours));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useHours = (): WorkingHours | null => useSyncExternalStore(subscribe, () => current);

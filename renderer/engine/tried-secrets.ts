// Secrets that a form hands to main, which has them in memory while the form is there: however it is left, they are let go of.

import { useEffect, useRef } from 'react';

export type TriedSecrets = {
  has(name: string): boolean;
  /** Null lets go of an earlier one. */
  take(name: string, text: string | null): Promise<void>;
  takeKept(from: string, name: string): Promise<void>;
};

/** The secrets that main tries for one form. */
export function useTriedSecrets(): TriedSecrets {
  const names = useRef(new Set<string>());
  const isLeft = useRef(false);
  useEffect(() => {
    isLeft.current = false;
    const letGo = () => {
      for (const name of names.current) void window.exhibit.trySecret(name, null);
      names.current.clear();
    };
    window.addEventListener('pagehide', letGo);
    return () => {
      window.removeEventListener('pagehide', letGo);
      isLeft.current = true;
      letGo();
    };
  }, []);
  async function hold(name: string, work: () => Promise<void>): Promise<void> {
    if (isLeft.current) return;
    names.current.add(name);
    await work();
    // Reading a kept one takes a while, in which the form may have been left.
    if (isLeft.current) await window.exhibit.trySecret(name, null);
  }
  return {
    has: (name) => names.current.has(name),
    take: (name, text) => hold(name, () => window.exhibit.trySecret(name, text)),
    takeKept: (from, name) => hold(name, () => window.exhibit.tryKeptSecret(from, name)),
  };
}

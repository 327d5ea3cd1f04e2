// V8 lets what is in use grow several times over before it looks for what can be thrown away. A pack reads every event of
// its period and keeps few, so that most of its memory would be garbage: a million events took half as much again.

import { setFlagsFromString } from 'node:v8';

/** By how many percent the heap may grow between collections; 0 leaves it to V8. */
const growth = '--heap-growing-percent';

/**
 * Lets this process collect garbage sooner, until what it returns is called: a tenth more time for a third less memory.
 * Beside another pack it ends with the first of them, which costs that one memory alone.
 */
export function tightenHeap(): () => void {
  setFlagsFromString(`${growth}=40`);
  return () => setFlagsFromString(`${growth}=0`);
}

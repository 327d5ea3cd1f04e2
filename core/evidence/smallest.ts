// The n rows with the smallest scores, found in one pass in memory for n.

/** Keeps the n candidates with the smallest scores, in a heap whose top is the largest. */
export function createSmallest<T extends { score: string }>(
  n: number,
): { offer(candidate: T): void; ranked(): T[] } {
  const heap: T[] = [];
  const larger = (a: number, b: number) => (heap[a] as T).score > (heap[b] as T).score;
  const swap = (a: number, b: number) => {
    const held = heap[a] as T;
    heap[a] = heap[b] as T;
    heap[b] = held;
  };
  return {
    offer(candidate) {
      if (heap.length < n) {
        heap.push(candidate);
        for (let at = heap.length - 1; at > 0; ) {
          const parent = (at - 1) >> 1;
          if (!larger(at, parent)) break;
          swap(at, parent);
          at = parent;
        }
        return;
      }
      if (n === 0 || candidate.score >= (heap[0] as T).score) return;
      heap[0] = candidate;
      for (let at = 0; ; ) {
        const left = at * 2 + 1;
        if (left >= heap.length) break;
        const child = left + 1 < heap.length && larger(left + 1, left) ? left + 1 : left;
        if (!larger(child, at)) break;
        swap(child, at);
        at = child;
      }
    },
    ranked: () => heap.toSorted((a, b) => (a.score < b.score ? -1 : a.score > b.score ? 1 : 0)),
  };
}

// Many short sequences of events in few long columns: numbers only, so that millions of them stay small and fast. A
// sequence keeps its number for as long as the log grows, its events stand in their order.

/** The columns: one number about each event in each. */
type Columns = {
  ids: Uint32Array;
  /** Epoch milliseconds. */
  times: Float64Array;
  /** Rows of the tables `kind` and `actor`; 0 for no actor. */
  kinds: Uint32Array;
  actors: Uint32Array;
  /** Two numbers more: what they mean is up to who keeps the sequences. */
  first: Float64Array;
  second: Float64Array;
};

/**
 * The events of sequence n are those from starts[n] to before starts[n + 1]. `growth` counts how often the sequences have
 * been added to; `changedIn[n]` is when sequence n last got another event or another order.
 */
export type Sequences = Columns & {
  count: number;
  starts: Uint32Array;
  growth: number;
  changedIn: Uint32Array;
};

/** One event as it is added. */
export type Added = { [C in keyof Columns]: number };

/** Events that are to be added, in the order of their ids. */
export type Additions = {
  add(sequence: number, event: Added): void;
  /** The sequences with these events in them, `count` sequences in all. */
  mergeInto(known: Sequences, count: number, order: InstantOrder): Sequences;
};
type InstantOrder = (ids: readonly number[]) => number[];

const names = ['ids', 'times', 'kinds', 'actors', 'first', 'second'] as const;

export const noSequences: Sequences = {
  count: 0,
  starts: new Uint32Array(1),
  growth: 0,
  changedIn: new Uint32Array(0),
  ...allocate(0),
};

/** An empty list of additions. */
export function createAdditions(): Additions {
  let length = 0;
  let sequences = new Uint32Array(1024);
  let columns = allocate(1024);
  return {
    add(sequence, event) {
      if (length === sequences.length) {
        const larger = allocate(length * 2);
        for (const name of names) larger[name].set(columns[name]);
        columns = larger;
        const longer = new Uint32Array(length * 2);
        longer.set(sequences);
        sequences = longer;
      }
      sequences[length] = sequence;
      columns.ids[length] = event.ids;
      columns.times[length] = event.times;
      columns.kinds[length] = event.kinds;
      columns.actors[length] = event.actors;
      columns.first[length] = event.first;
      columns.second[length] = event.second;
      length += 1;
    },
    mergeInto(known, count, order) {
      const starts = new Uint32Array(count + 1);
      for (let n = 0; n < known.count; n++) {
        starts[n + 1] = (known.starts[n + 1] as number) - (known.starts[n] as number);
      }
      for (let at = 0; at < length; at++) (starts[(sequences[at] as number) + 1] as number)++;
      for (let n = 0; n < count; n++) (starts[n + 1] as number) += starts[n] as number;
      const growth = known.growth + 1;
      const changedIn = new Uint32Array(count);
      changedIn.set(known.changedIn);
      for (let at = 0; at < length; at++) changedIn[sequences[at] as number] = growth;
      const merged = { count, starts, growth, changedIn, ...allocate(known.ids.length + length) };
      const next = starts.slice();
      for (let n = 0; n < known.count; n++) {
        const [from, to] = [known.starts[n] as number, known.starts[n + 1] as number];
        for (const name of names) merged[name].set(known[name].subarray(from, to), starts[n]);
        next[n] = (starts[n] as number) + to - from;
      }
      // Where each addition goes, so that the columns can be filled one after another.
      const places = new Uint32Array(length);
      for (let at = 0; at < length; at++) {
        const sequence = sequences[at] as number;
        places[at] = next[sequence] as number;
        next[sequence] = (next[sequence] as number) + 1;
      }
      for (const name of names) {
        const [from, into] = [columns[name], merged[name]];
        for (let at = 0; at < length; at++) into[places[at] as number] = from[at] as number;
      }
      sortAll(merged, order);
      return merged;
    },
  };
}

/** The place in sequence n of the first event at `time` or later; its end where there is none. */
export function placeAt({ starts, times }: Sequences, n: number, time: number): number {
  let low = starts[n] as number;
  let high = starts[n + 1] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function allocate(room: number): Columns {
  return {
    ids: new Uint32Array(room),
    times: new Float64Array(room),
    kinds: new Uint32Array(room),
    actors: new Uint32Array(room),
    first: new Float64Array(room),
    second: new Float64Array(room),
  };
}

/** Most logs come in order, so that most sequences are found sorted. */
function sortAll(sequences: Sequences, order: InstantOrder): void {
  const { starts, times } = sequences;
  for (let n = 0; n < sequences.count; n++) {
    const [from, to] = [starts[n] as number, starts[n + 1] as number];
    let isSorted = true;
    let hasTies = false;
    for (let at = from + 1; at < to; at++) {
      const step = (times[at] as number) - (times[at - 1] as number);
      if (step < 0) isSorted = false;
      else if (step === 0) hasTies = true;
    }
    if (!isSorted) {
      const places = Array.from({ length: to - from }, (_, at) => from + at);
      places.sort((a, b) => (times[a] as number) - (times[b] as number));
      rearrange(sequences, from, places);
      hasTies = true;
    }
    // A file that holds no more than duplicates may still say another order.
    if (hasTies && sortInstants(sequences, from, to, order)) sequences.changedIn[n] = sequences.growth;
  }
}

/** Says whether anything moved. */
function sortInstants(sequences: Sequences, from: number, to: number, order: InstantOrder): boolean {
  const { times, ids } = sequences;
  let hasMoved = false;
  for (let start = from; start < to; ) {
    let end = start + 1;
    while (end < to && times[end] === times[start]) end += 1;
    if (end - start > 1) {
      const placeOf = new Map<number, number>();
      for (let at = start; at < end; at++) placeOf.set(ids[at] as number, at);
      const places = order([...placeOf.keys()]).map((id) => placeOf.get(id) as number);
      if (places.some((place, at) => place !== start + at)) {
        hasMoved = true;
        rearrange(sequences, start, places);
      }
    }
    start = end;
  }
  return hasMoved;
}

/** Puts what stands at `places` one after another from `start` on. They are the places from there. */
function rearrange(sequences: Sequences, start: number, places: readonly number[]): void {
  for (const name of names) {
    const column = sequences[name];
    column.set(
      places.map((place) => column[place] as number),
      start,
    );
  }
}

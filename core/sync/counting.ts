// Takes in the pages of lists: counts how often each record comes, and writes what is new to the file of the spool. Its
// state between two readings of a list is plain data, so that it can go on in a thread (intake.ts).
//
// How often a record is kept: as often as it stands in one page, since one answer is one view of the list. The same record
// in several pages is one that moved or was sent twice, unless reading the list again shows it to be in both (see pass.ts);
// the same record in several periods is one whose time is a border of both. Records that are equal have equal times, so
// they never truly stand in two periods.

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { copyBytes, viewOf } from '#core/ingest/byte-text.ts';
import { type Counts, createCounter, keyWords } from './counter.ts';
import { countOf, createDigestReader, type PageRecords, placeOf, slot } from './page-records.ts';

/** A page of a list. `isInFront` is 1 for records that are new in front of those that count; null where all count. */
export type CountedPage = { records: PageRecords; isInFront: Uint8Array<ArrayBuffer> | null };

/** What a reading of a list has shown. */
export type Seen = {
  /** Two readings with the same one were the same records in the same order. */
  digest: string;
  /** Records that came in several pages, as text. */
  repeats: string[];
};

/** The file that is written to, and what was counted and written before. */
export type CountingState = { file: number; counts?: Counts; lines: number };

export type Counting = {
  /** Takes in the next page of the reading. */
  take(page: CountedPage): void;
  /** Ends the reading; the next page begins another. */
  conclude(): Seen;
  /** What came in several pages of the reading that ended last is there as often as it came. */
  keepRepeats(): void;
  /** Writes what is left to the file. */
  flush(): void;
  /** With everything written. Nothing can be taken in here afterwards. */
  state(): CountingState;
  /** Records that were kept. */
  lines(): number;
};

/** Text is written in pieces of at most this many bytes. */
const pieceSize = 1 << 20;
const newline = 10;

type Repeat = { words: Int32Array; bytes: Buffer };

/** Goes on from a state. Throws what the system says where the file cannot be written. */
export function createCounting({ file, counts, lines: linesBefore }: CountingState): Counting {
  /** How often each record was kept. */
  const kept = createCounter(counts);
  let lines = linesBefore;
  let piece = Buffer.allocUnsafeSlow(pieceSize);
  let pieceView = viewOf(piece);
  let length = 0;
  const inPage = createCounter();
  const inReading = createCounter();
  let digest = createHash('sha256');
  let repeats = new Map<string, Repeat>();
  let isConcluded = false;
  // What is new in front of others has moved them, as it did or did not in another reading: two readings are only alike
  // where that is. What is new behind them has not.
  let inFront: Int32Array[] = [];

  function flush(): void {
    // Not writeSync: on a disk that is nearly full it may write a part and say nothing; this goes on, and then throws.
    if (length > 0) writeFileSync(file, piece.subarray(0, length));
    length = 0;
  }

  function write(bytes: DataView, from: number, to: number): void {
    lines += 1;
    const size = to - from + 1;
    if (length + size > piece.length) flush();
    if (size > piece.length) {
      piece = Buffer.allocUnsafeSlow(size);
      pieceView = viewOf(piece);
    }
    length = copyBytes(pieceView, length, bytes, from, to);
    piece[length++] = newline;
  }

  function restart(): void {
    isConcluded = false;
    inReading.clear();
    digest = createHash('sha256');
    repeats = new Map();
    inFront = [];
  }

  function noteOrder(words: Int32Array, isInFront: Uint8Array | null): void {
    const settled = isInFront ? isInFront.lastIndexOf(0) + 1 : words.length / keyWords;
    if (settled > 0) {
      for (const one of inFront) digest.update(one);
      inFront = [];
      digest.update(words.subarray(0, settled * keyWords));
    }
    if (settled * keyWords < words.length) inFront.push(words.subarray(settled * keyWords));
  }

  return {
    take({ records, isInFront }) {
      if (isConcluded) restart();
      const { bytes } = records;
      const view = viewOf(bytes);
      const words = wordsOf(records);
      inPage.clear();
      for (let index = 0, at = 0; at < words.length; index++, at += keyWords) {
        const nth = inPage.add(words, at);
        const from = placeOf(records, index, slot.from);
        const to = placeOf(records, index, slot.to);
        if (kept.raise(words, at, nth)) write(view, from, to);
        if (isInFront?.[index]) continue;
        if (inReading.add(words, at) === 1 || nth > 1) continue;
        const own = words.slice(at, at + keyWords);
        // A copy: one that is kept would keep the whole page.
        repeats.set(own.join(), { words: own, bytes: Buffer.from(bytes.subarray(from, to)) });
      }
      noteOrder(words, isInFront);
    },
    conclude() {
      if (isConcluded) restart();
      isConcluded = true;
      return {
        digest: digest.digest('hex'),
        repeats: Array.from(repeats.values(), ({ bytes }) => bytes.toString()),
      };
    },
    keepRepeats() {
      for (const { words, bytes } of repeats.values()) {
        const times = inReading.get(words, 0);
        for (let count = 1; count <= times; count++)
          if (kept.raise(words, 0, count)) write(viewOf(bytes), 0, bytes.length);
      }
    },
    flush,
    state() {
      flush();
      return { file, counts: kept.counts(), lines };
    },
    lines: () => lines,
  };
}

/** The keys of records as a counter takes them. */
function wordsOf(records: PageRecords): Int32Array {
  const count = countOf(records);
  const words = new Int32Array(count * keyWords);
  const digestOf = createDigestReader(records);
  for (let index = 0; index < count; index++) {
    const digest = digestOf(index);
    for (let word = 0; word < keyWords; word++) words[index * keyWords + word] = wordAt(digest, word * 4);
  }
  return words;
}

/** 32 bits of a digest. */
const wordAt = (digest: string, at: number): number =>
  (digest.charCodeAt(at) << 24) |
  (digest.charCodeAt(at + 1) << 16) |
  (digest.charCodeAt(at + 2) << 8) |
  digest.charCodeAt(at + 3);

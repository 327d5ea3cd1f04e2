// Hashes the leaves of a batch: leafText of integrity/identity.ts for a million events in a row. What a leaf says of a
// word is written once for each word, as bytes; a leaf is then copied together from those, and from the texts that the
// batch has as bytes already. A test holds the two to each other.

import { hash } from 'node:crypto';
import { writeUtc } from '#core/utc.ts';
import type { Batch, EventActor, EventKind, EventTarget, NewWords } from './batch.ts';
import { none, slot, stride, textSlot, textStride } from './batch.ts';
import {
  type ByteText,
  copyBytes,
  createByteText,
  makeRoom,
  putText,
  viewOf,
  writeEscaped,
  writeHex,
  writeNumber,
  written,
} from './byte-text.ts';

export type LeafHasher = {
  /** Learns the words that come for the first time: of each batch, in their order, whoever hashes its leaves. */
  learn(fresh: NewWords): void;
  /**
   * Writes the leaf hashes of the events, 32 bytes each, as if each record were the first of its kind in the log, into
   * memory that has room for them.
   */
  hash(batch: Batch, memory: ArrayBuffer): Buffer<ArrayBuffer>;
};

/** What leaves say of the words of one kind, in so many pieces a word, by code. */
type Pieces = { text: ByteText; ends: number[]; each: number };

const createPieces = (each: number): Pieces => ({ text: createByteText(1024), ends: [0], each });

function learn(pieces: Pieces, ...texts: string[]): void {
  for (const text of texts) {
    putText(pieces.text, text);
    pieces.ends.push(pieces.text.length);
  }
}

function writePiece(
  to: DataView,
  at: number,
  { text, ends, each }: Pieces,
  code: number,
  piece: number,
): number {
  const place = code * each + piece;
  return copyBytes(to, at, text.view, ends[place] as number, ends[place + 1] as number);
}

/** How long all pieces of a word are. */
const lengthOf = ({ ends, each }: Pieces, code: number): number =>
  (ends[(code + 1) * each] as number) - (ends[code * each] as number);

const json = (value: string | null) => (value === null ? 'null' : JSON.stringify(value));

const kindPieces = (begin: string, kind: EventKind): string[] => [
  `${begin}{"action":${json(kind.action)},"actor":`,
  `,"category":"${kind.category}","field":${json(kind.field)},"ip":`,
  `,"outcome":"${kind.outcome}","scope":`,
  `","timeBasis":"${kind.timeBasis}","timeText":"`,
];
const actorPiece = (actor: EventActor): string => `${json(actor.name)},"actorType":"${actor.type}"`;
const ipPiece = (ip: string | null): string => `${json(ip)},"newValue":`;
const targetPieces = (target: EventTarget): string[] => [
  `${json(target.scope)},"subject":`,
  `,"targetId":${json(target.targetId)},"targetName":${json(target.targetName)},"targetType":${json(target.targetType)},"time":"`,
];

/** Text that is the same in each leaf. */
type Fixed = { view: DataView; length: number };

function fixed(text: string): Fixed {
  const bytes = Buffer.from(text);
  return { view: viewOf(bytes), length: bytes.length };
}

const writeFixed = (to: DataView, at: number, { view, length }: Fixed): number =>
  copyBytes(to, at, view, 0, length);

const oldValue = fixed(',"oldValue":');
const recordHash = fixed('"},"recordHash":"');
const row = fixed('","row":');
const nothing = fixed('null');

/** What is as long in each leaf, and the longest that numbers become. */
const room = 512;

const quote = 34;
const dot = 46;
const brace = 125;

/** Writes uidOf of an identity. */
function writeUid(to: DataView, at: number, key: number, tail: number): number {
  // 80 bits as 30, 30 and 20, ten of them two letters.
  const high = Math.floor(key / 0x400000);
  const middle = (key % 0x400000) * 0x100 + (tail >>> 20);
  to.setUint16(at, letters[high >>> 20] as number);
  to.setUint16(at + 2, letters[(high >>> 10) & 1023] as number);
  to.setUint16(at + 4, letters[high & 1023] as number);
  to.setUint16(at + 6, letters[middle >>> 20] as number);
  to.setUint16(at + 8, letters[(middle >>> 10) & 1023] as number);
  to.setUint16(at + 10, letters[middle & 1023] as number);
  to.setUint16(at + 12, letters[(tail >>> 10) & 1023] as number);
  to.setUint16(at + 14, letters[tail & 1023] as number);
  return at + 16;
}
const alphabet = Buffer.from('abcdefghijklmnopqrstuvwxyz234567');
/** Both letters of ten bits, as the 16 bits that are written. */
const letters = Uint16Array.from(
  { length: 1024 },
  (_, bits) => ((alphabet[bits >> 5] as number) << 8) | (alphabet[bits & 31] as number),
);

/** A hasher for the batches of one import, in their order. */
export function createLeafHasher(importId: number, source: string): LeafHasher {
  const begin = `\0{"import":${importId},"normalised":`;
  const end = fixed(`,"source":${json(source)},"uid":"`);
  // Code 0 is nothing, the words' own codes begin at 1.
  const noWords = () => {
    const words = {
      kinds: createPieces(4),
      actors: createPieces(1),
      targets: createPieces(2),
      subjects: createPieces(1),
      ips: createPieces(1),
    };
    learn(words.kinds, '', '', '', '');
    learn(words.actors, 'null,"actorType":"unknown"');
    learn(
      words.targets,
      ...targetPieces({ targetType: null, targetId: null, targetName: null, scope: null }),
    );
    learn(words.subjects, 'null');
    learn(words.ips, ipPiece(null));
    return words;
  };
  let words = noWords();
  const leaf = createByteText(4096);

  function learnAll(fresh: NewWords): void {
    if (fresh.restarts) words = noWords();
    for (const kind of fresh.kinds) learn(words.kinds, ...kindPieces(begin, kind));
    for (const actor of fresh.actors) learn(words.actors, actorPiece(actor));
    for (const target of fresh.targets) learn(words.targets, ...targetPieces(target));
    for (const subject of fresh.subjects) learn(words.subjects, json(subject));
    for (const ip of fresh.ips) learn(words.ips, ipPiece(ip));
  }

  /** Writes an old or new value; `from` is where it begins in the texts of its batch. */
  function writeValue(to: DataView, at: number, texts: DataView, from: number, end: number): number {
    if (from === none) return writeFixed(to, at, nothing);
    to.setUint8(at, quote);
    const out = writeEscaped(to, at + 1, texts, from, end);
    to.setUint8(out, quote);
    return out + 1;
  }

  const lengthOfText = (texts: Uint32Array, at: number) =>
    texts[at] === none ? 0 : (texts[at + 1] as number) - (texts[at] as number);

  /** Writes a leaf from the beginning of `leaf` on. `view` is of the texts of the batch. */
  function writeLeaf({ numbers, texts, hashes }: Batch, view: DataView, event: number): void {
    const at = event * stride;
    const kind = (numbers[at + slot.kind] as number) + 1;
    const actor = (numbers[at + slot.actor] as number) + 1;
    const target = (numbers[at + slot.target] as number) + 1;
    const subject = (numbers[at + slot.subject] as number) + 1;
    const ip = (numbers[at + slot.ip] as number) + 1;
    const record = numbers[at + slot.record] as number;
    const part = numbers[at + slot.part] as number;
    const textAt = event * textStride;
    const newAt = textAt + textSlot.newValue;
    const oldAt = textAt + textSlot.oldValue;
    const timeAt = textAt + textSlot.timeText;
    const escaped = lengthOfText(texts, newAt) + lengthOfText(texts, oldAt) + lengthOfText(texts, timeAt);
    leaf.length = 0;
    makeRoom(
      leaf,
      room +
        end.length +
        escaped * 6 +
        lengthOf(words.kinds, kind) +
        lengthOf(words.actors, actor) +
        lengthOf(words.targets, target) +
        lengthOf(words.subjects, subject) +
        lengthOf(words.ips, ip),
    );
    const to = leaf.view;
    let out = writePiece(to, 0, words.kinds, kind, 0);
    out = writePiece(to, out, words.actors, actor, 0);
    out = writePiece(to, out, words.kinds, kind, 1);
    out = writePiece(to, out, words.ips, ip, 0);
    out = writeValue(to, out, view, texts[newAt] as number, texts[newAt + 1] as number);
    out = writeFixed(to, out, oldValue);
    out = writeValue(to, out, view, texts[oldAt] as number, texts[oldAt + 1] as number);
    out = writePiece(to, out, words.kinds, kind, 2);
    out = writePiece(to, out, words.targets, target, 0);
    out = writePiece(to, out, words.subjects, subject, 0);
    out = writePiece(to, out, words.targets, target, 1);
    const time = out;
    out = writeUtc(numbers[at + slot.time] as number, leaf.bytes, out);
    const timeEnd = out;
    out = writePiece(to, out, words.kinds, kind, 3);
    const text = texts[timeAt] as number;
    if (text === none) out = copyBytes(to, out, to, time, timeEnd);
    else out = writeEscaped(to, out, view, text, texts[timeAt + 1] as number);
    out = writeFixed(to, out, recordHash);
    out = writeHex(to, out, hashes, record * 32, record * 32 + 32);
    out = writeFixed(to, out, row);
    out = writeNumber(to, out, numbers[at + slot.row] as number);
    out = writeFixed(to, out, end);
    out = writeUid(to, out, numbers[at + slot.uidKey] as number, numbers[at + slot.uidTail] as number);
    if (part > 0) {
      to.setUint8(out, dot);
      out = writeNumber(to, out + 1, part);
    }
    to.setUint8(out, quote);
    to.setUint8(out + 1, brace);
    leaf.length = out + 2;
  }

  return {
    learn: learnAll,
    hash(batch, memory) {
      const leaves = Buffer.from(memory, 0, batch.events * 32);
      const view = viewOf(batch.bytes);
      for (let event = 0; event < batch.events; event++) {
        writeLeaf(batch, view, event);
        // As a binary string: the result as a Buffer would cost three times as much.
        leaves.write(hash('sha256', written(leaf), 'binary'), event * 32, 'latin1');
      }
      return leaves;
    },
  };
}

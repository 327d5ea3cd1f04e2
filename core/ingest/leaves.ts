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
  putAscii,
  putBytes,
  putEscaped,
  putHex,
  putNumber,
  putText,
  viewOf,
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

function putPiece(to: ByteText, { text, ends, each }: Pieces, code: number, piece: number): void {
  const at = code * each + piece;
  putBytes(to, text.view, ends[at] as number, ends[at + 1] as number);
}

const json = (value: string | null) => (value === null ? 'null' : JSON.stringify(value));

const kindPieces = (kind: EventKind): string[] => [
  `{"action":${json(kind.action)},"actor":`,
  `,"category":"${kind.category}","field":${json(kind.field)},"ip":`,
  `,"outcome":"${kind.outcome}","scope":`,
  `","timeBasis":"${kind.timeBasis}","timeText":"`,
];
const actorPiece = (actor: EventActor): string => `${json(actor.name)},"actorType":"${actor.type}"`;
const targetPieces = (target: EventTarget): string[] => [
  `${json(target.scope)},"subject":`,
  `,"targetId":${json(target.targetId)},"targetName":${json(target.targetName)},"targetType":${json(target.targetType)},"time":"`,
];

/** Writes uidOf of an identity. */
function putUid(to: ByteText, key: number, tail: number): void {
  makeRoom(to, 16);
  const { bytes, length } = to;
  // 80 bits as 30, 30 and 20, five of them a letter.
  const high = Math.floor(key / 0x400000);
  const middle = (key % 0x400000) * 0x100 + (tail >>> 20);
  for (let letter = 5, rest = high; letter >= 0; letter--, rest >>>= 5)
    bytes[length + letter] = letters[rest & 31] as number;
  for (let letter = 11, rest = middle; letter >= 6; letter--, rest >>>= 5)
    bytes[length + letter] = letters[rest & 31] as number;
  for (let letter = 15, rest = tail & 0xfffff; letter >= 12; letter--, rest >>>= 5)
    bytes[length + letter] = letters[rest & 31] as number;
  to.length += 16;
}
const letters = Buffer.from('abcdefghijklmnopqrstuvwxyz234567');

/** A hasher for the batches of one import, in their order. */
export function createLeafHasher(importId: number, source: string): LeafHasher {
  const begin = viewOf(Buffer.from(`\0{"import":${importId},"normalised":`));
  const end = viewOf(Buffer.from(`,"source":${json(source)},"uid":"`));
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
    learn(words.ips, 'null');
    return words;
  };
  let words = noWords();
  const leaf = createByteText(4096);

  function learnAll(fresh: NewWords): void {
    if (fresh.restarts) words = noWords();
    for (const kind of fresh.kinds) learn(words.kinds, ...kindPieces(kind));
    for (const actor of fresh.actors) learn(words.actors, actorPiece(actor));
    for (const target of fresh.targets) learn(words.targets, ...targetPieces(target));
    for (const subject of fresh.subjects) learn(words.subjects, json(subject));
    for (const ip of fresh.ips) learn(words.ips, json(ip));
  }

  function putValue({ texts }: Batch, view: DataView, at: number): void {
    const from = texts[at] as number;
    if (from === none) putAscii(leaf, 'null');
    else {
      putAscii(leaf, '"');
      putEscaped(leaf, view, from, texts[at + 1] as number);
      putAscii(leaf, '"');
    }
  }

  function putLeaf(batch: Batch, view: DataView, event: number): void {
    const { numbers, texts, hashes } = batch;
    const at = event * stride;
    const textAt = event * textStride;
    const kind = (numbers[at + slot.kind] as number) + 1;
    const target = (numbers[at + slot.target] as number) + 1;
    const time = numbers[at + slot.time] as number;
    const record = numbers[at + slot.record] as number;
    leaf.length = 0;
    putBytes(leaf, begin, 0, begin.byteLength);
    putPiece(leaf, words.kinds, kind, 0);
    putPiece(leaf, words.actors, (numbers[at + slot.actor] as number) + 1, 0);
    putPiece(leaf, words.kinds, kind, 1);
    putPiece(leaf, words.ips, (numbers[at + slot.ip] as number) + 1, 0);
    putAscii(leaf, ',"newValue":');
    putValue(batch, view, textAt + textSlot.newValue);
    putAscii(leaf, ',"oldValue":');
    putValue(batch, view, textAt + textSlot.oldValue);
    putPiece(leaf, words.kinds, kind, 2);
    putPiece(leaf, words.targets, target, 0);
    putPiece(leaf, words.subjects, (numbers[at + slot.subject] as number) + 1, 0);
    putPiece(leaf, words.targets, target, 1);
    const timeAt = leaf.length;
    makeRoom(leaf, 32);
    leaf.length = writeUtc(time, leaf.bytes, timeAt);
    const timeEnd = leaf.length;
    putPiece(leaf, words.kinds, kind, 3);
    const timeFrom = texts[textAt + textSlot.timeText] as number;
    if (timeFrom === none) {
      makeRoom(leaf, 32);
      leaf.length = copyBytes(leaf.view, leaf.length, leaf.view, timeAt, timeEnd);
    } else putEscaped(leaf, view, timeFrom, texts[textAt + textSlot.timeText + 1] as number);
    putAscii(leaf, '"},"recordHash":"');
    putHex(leaf, hashes, record * 32, record * 32 + 32);
    putAscii(leaf, '","row":');
    putNumber(leaf, numbers[at + slot.row] as number);
    putBytes(leaf, end, 0, end.byteLength);
    putUid(leaf, numbers[at + slot.uidKey] as number, numbers[at + slot.uidTail] as number);
    const part = numbers[at + slot.part] as number;
    if (part > 0) putAscii(leaf, `.${part}`);
    putAscii(leaf, '"}');
  }

  return {
    learn: learnAll,
    hash(batch, memory) {
      const leaves = Buffer.from(memory, 0, batch.events * 32);
      const view = viewOf(batch.bytes);
      for (let event = 0; event < batch.events; event++) {
        putLeaf(batch, view, event);
        // As a binary string: the result as a Buffer would cost three times as much.
        leaves.write(hash('sha256', written(leaf), 'binary'), event * 32, 'latin1');
      }
      return leaves;
    },
  };
}

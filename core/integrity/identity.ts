// Who an event is: the hash of its record, its uid, and the leaf that stands for it in the log. All of it can be
// computed again from the stored raw record, the source's name and the preset that mapped it.

import { hash } from 'node:crypto';
import type { MappedEvent } from '#core/model.ts';
import { formatUtc } from '#core/time.ts';
import { hashText } from './text-hash.ts';

/** SHA-256 over a record's canonical JSON, in lower-case hex: 64 characters. */
export function hashRecord(canonical: string): string {
  return hash('sha256', canonical, 'hex');
}

/** The identity of a record in a source, 80 bits: the first 52, which a double and an SQLite integer hold, and 28 more. */
export type RecordIdentity = { key: number; tail: number };

/** The same as 32 characters, one for each byte. */
export function digestRecord(canonical: string | Uint8Array): string {
  return hash('sha256', canonical, 'binary');
}

/**
 * Says a record's identity from its hash (hex): the first 80 bits of recordHash ⊕ SHA-256(utf8(source)), so that the
 * same record in two sources is two events. No further hash for each record: this runs for millions.
 */
export function createIdentifier(source: string): (recordHash: string) => RecordIdentity {
  const identify = createByteIdentifier(source);
  return (recordHash) => identify(Buffer.from(recordHash, 'hex'), 0);
}

/** The same from the bytes of a hash, which begin at `at`. */
export function createByteIdentifier(source: string): (hashes: Uint8Array, at: number) => RecordIdentity {
  const own = Buffer.from(hash('sha256', source, 'hex'), 'hex');
  const [a, b, c] = [own.readUInt32BE(0), own.readUInt32BE(4), own.readUInt16BE(8)];
  return (hashes, at) => {
    const byte = (index: number) => hashes[at + index] as number;
    const high = (((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) ^ a) >>> 0;
    const middle = (((byte(4) << 24) | (byte(5) << 16) | (byte(6) << 8) | byte(7)) ^ b) >>> 0;
    const low = ((byte(8) << 8) | byte(9)) ^ c;
    return { key: high * 0x100000 + (middle >>> 12), tail: (middle & 0xfff) * 0x10000 + low };
  };
}

/** The first 20 hex digits of the record's hash again, from its identity in a source: what orders equal times by hash. */
export function createHashHead(source: string): (identity: RecordIdentity) => string {
  const own = BigInt(`0x${hash('sha256', source, 'hex').slice(0, 20)}`);
  return ({ key, tail }) => (((BigInt(key) << 28n) | BigInt(tail)) ^ own).toString(16).padStart(20, '0');
}

const vendorSeeds = [0x9e3779b9, 0x85ebca6b] as const;

/** The key under which a vendor's own id is found again. Ids are compared whole afterwards. */
export function vendorKey(vendorId: string): number {
  return hashText(vendorId, vendorSeeds);
}

/** Which event of a record: 0 or its number within it, the how many-th identical record, the how many-th mapping of it. */
export type EventPlace = { part: number; occurrence: number; version: number };

/**
 * An event's uid: its record's identity in lower-case RFC 4648 base 32 (16 characters), `.n` for the n-th event of a
 * record, `-n` for the n-th identical record, `~n` for the n-th time that the record was mapped into the log.
 */
export function uidOf({ key, tail }: RecordIdentity, { part, occurrence, version }: EventPlace): string {
  const high = Math.floor(key / 0x100000);
  const middle = (key % 0x100000) * 0x1000 + (tail >>> 16);
  const low = tail & 0xffff;
  // Ten bits a pair: 32 + 32 + 16 are eight of them.
  const text =
    (pairs[high >>> 22] as string) +
    pairs[(high >>> 12) & 1023] +
    pairs[(high >>> 2) & 1023] +
    pairs[((high & 3) << 8) | (middle >>> 24)] +
    pairs[(middle >>> 14) & 1023] +
    pairs[(middle >>> 4) & 1023] +
    pairs[((middle & 15) << 6) | (low >>> 10)] +
    pairs[low & 1023];
  if (part === 0 && occurrence === 1 && version === 1) return text;
  const nth = (sign: string, number: number, least: number) => (number >= least ? sign + number : '');
  return text + nth('.', part, 1) + nth('-', occurrence, 2) + nth('~', version, 2);
}

/** The parts of a uid, or null for a text that is none. */
export function parseUid(uid: string): (RecordIdentity & EventPlace) | null {
  const match = /^([a-z2-7]{16})(?:\.(\d{1,9}))?(?:-(\d{1,9}))?(?:~(\d{1,9}))?$/.exec(uid);
  if (!match) return null;
  const identity = match[1] as string;
  let bits = 0n;
  for (const letter of identity) bits = (bits << 5n) | BigInt(alphabet.indexOf(letter));
  return {
    key: Number(bits >> 28n),
    tail: Number(bits & 0xfffffffn),
    part: Number(match[2] ?? 0),
    occurrence: Number(match[3] ?? 1),
    version: Number(match[4] ?? 1),
  };
}

/**
 * The text whose leaf hash stands for an event in the log: canonical JSON of {import, normalised, recordHash, row,
 * source, uid}. Written out member by member because it runs for each event; a test holds it to canonicalJson.
 */
export function leafText(leaf: {
  uid: string;
  source: string;
  import: number;
  row: number;
  recordHash: string;
  event: MappedEvent;
}): string {
  const e = leaf.event;
  const text = (value: string | null) => (value === null ? 'null' : JSON.stringify(value));
  return (
    `{"import":${leaf.import},"normalised":{"action":${text(e.action)},"actor":${text(e.actor)},` +
    `"actorType":"${e.actorType}","category":"${e.category}","field":${text(e.field)},"ip":${text(e.ip)},` +
    `"newValue":${text(e.newValue)},"oldValue":${text(e.oldValue)},"outcome":"${e.outcome}","scope":${text(e.scope)},` +
    `"subject":${text(e.subject)},"targetId":${text(e.targetId)},"targetName":${text(e.targetName)},` +
    `"targetType":${text(e.targetType)},"time":"${formatUtc(e.time)}","timeBasis":"${e.timeBasis}",` +
    `"timeText":${text(e.timeText)}},"recordHash":"${leaf.recordHash}",` +
    `"row":${leaf.row},"source":${text(leaf.source)},"uid":"${leaf.uid}"}`
  );
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const pairs = Array.from({ length: 1024 }, (_, bits) => `${alphabet[bits >> 5]}${alphabet[bits & 31]}`);

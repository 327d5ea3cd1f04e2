// Who an event is: the hash of its record, its uid, and the leaf that stands for it in the log. All of it can be
// computed again from the stored raw record, the source's name and the preset that mapped it.

import { hash } from 'node:crypto';
import type { MappedEvent } from '#core/model.ts';
import { formatUtc } from '#core/time.ts';

/** SHA-256 over a record's canonical JSON, 32 bytes as a latin1 string (a third of a Buffer's cost). */
export function hashRecord(canonical: string): string {
  return hash('sha256', canonical, 'binary');
}

/** The identity of a record in a source. `key` is the first 52 bits, which an SQLite integer and a double both hold. */
export type RecordIdentity = { text: string; key: number };

/**
 * Identity of a record: the first 80 bits of SHA-256(recordHash ‖ utf8(source)) in lower-case RFC 4648 base 32.
 * `recordHash` is a latin1 string of 32 characters.
 */
export function identifyRecord(recordHash: string, source: string): RecordIdentity {
  return createIdentifier(source)(recordHash);
}

/** identifyRecord for many records of one source, without allocating for each. */
export function createIdentifier(source: string): (recordHash: string) => RecordIdentity {
  const input = Buffer.concat([Buffer.alloc(32), Buffer.from(source, 'utf8')]);
  return (recordHash) => {
    input.write(recordHash, 0, 'latin1');
    const digest = hash('sha256', input, 'binary');
    return { text: base32(digest), key: firstBits(digest) };
  };
}

/** The key under which a vendor's own id is found again: 52 bits of SHA-256(utf8(source) ‖ 0x00 ‖ utf8(id)). */
export function vendorKey(source: string, vendorId: string): number {
  return firstBits(hash('sha256', `${source}\0${vendorId}`, 'binary'));
}

/** An event's uid: its record's identity, `.n` for the n-th event of a record, `-n` for the n-th identical record. */
export function uidOf(identity: string, part: number, occurrence: number): string {
  return `${identity}${part > 0 ? `.${part}` : ''}${occurrence > 1 ? `-${occurrence}` : ''}`;
}

/** The parts of a uid, or null for a text that is none. */
export function parseUid(
  uid: string,
): { key: number; identity: string; part: number; occurrence: number } | null {
  const match = /^([a-z2-7]{16})(?:\.(\d{1,9}))?(?:-(\d{1,9}))?$/.exec(uid);
  if (!match) return null;
  const identity = match[1] as string;
  let bits = 0n;
  for (const letter of identity) bits = (bits << 5n) | BigInt(alphabet.indexOf(letter));
  return {
    key: Number(bits >> 28n),
    identity,
    part: Number(match[2] ?? 0),
    occurrence: Number(match[3] ?? 1),
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
    `"timeText":${text(e.timeText)}},"recordHash":"${Buffer.from(leaf.recordHash, 'latin1').toString('hex')}",` +
    `"row":${leaf.row},"source":${text(leaf.source)},"uid":"${leaf.uid}"}`
  );
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 16 characters for the first 80 bits of a latin1 digest. */
function base32(digest: string): string {
  let text = '';
  let buffer = 0;
  let held = 0;
  for (let at = 0; at < 10; at++) {
    buffer = ((buffer << 8) | digest.charCodeAt(at)) & 0xffff;
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += alphabet[(buffer >> held) & 31];
    }
  }
  return text;
}

/** The first 52 bits of a latin1 digest as a number. */
function firstBits(digest: string): number {
  let value = 0;
  for (let at = 0; at < 6; at++) value = value * 256 + digest.charCodeAt(at);
  return value * 16 + (digest.charCodeAt(6) >> 4);
}

// Pseudonyms for people outside a pack's scope: the same name gives the same pseudonym in every file of a pack, another
// pack gives others. Who has the secret can open a single name; who has not cannot tell a guess from the truth.

import { createHmac, hash } from 'node:crypto';
import type { Event } from '#core/model.ts';

/** A redacted name. The commitment is SHA-256(salt ‖ utf8(name)); salt and commitment as hex, names in lower case. */
export type RedactedName = { name: string; pseudonym: string; salt: string; commitment: string };

export type Redactor = {
  names: readonly RedactedName[];
  /** A text without redacted names, whatever their case. */
  text(text: string): string;
  /** The same for a cell of a table of answers, whose ids of events are replaced. */
  cell(text: string, key: string): string;
  /** Ids of events follow from the record, so a guess at a name could be tested on them: they are replaced, all of them. */
  uid(uid: string): string;
  event(event: Event): Event;
  /** Every text in a value made of plain objects, arrays, maps and texts. */
  deep<T>(value: T): T;
  /** What hides the leaf of an original row: 32 bytes. */
  rowSalt(uid: string): Buffer;
};

/** Makes a redactor for these names. `secret` is 32 bytes that stay with the officer. */
export function createRedactor(secret: Uint8Array, wanted: Iterable<string>): Redactor {
  const mac = (purpose: string, text: string) =>
    createHmac('sha256', secret).update(`${purpose}\u001f${text}`, 'utf8').digest();
  const distinct = [...new Set([...wanted].map(lower))].filter((name) => name.trim() !== '');
  const marks = distinct.map((name) => ({ name, mark: mac('name', name).toString('hex').toUpperCase() }));
  const digits = enoughDigits(marks.map(({ mark }) => mark));
  const names = marks
    .map(({ name, mark }): RedactedName => {
      const salt = mac('salt', name);
      return {
        name,
        pseudonym: `Person-${mark.slice(0, digits)}`,
        salt: salt.toString('hex'),
        commitment: hash('sha256', Buffer.concat([salt, Buffer.from(name, 'utf8')])),
      };
    })
    .sort((a, b) => (a.pseudonym < b.pseudonym ? -1 : 1));
  const replace = createReplacer(new Map(names.map(({ name, pseudonym }) => [name, pseudonym])));
  const known = new Map<string, string>();
  /** Few texts are in most events: those are found once. */
  const text = (value: string): string => {
    let done = known.get(value);
    if (done === undefined) {
      done = replace(value);
      if (value.length < 200 && known.size < 100_000) known.set(value, done);
    }
    return done;
  };
  const uid = (value: string): string => {
    const [, base = value, rest = ''] = /^([a-z2-7]{16})(.*)$/s.exec(value) ?? [];
    return base32(mac('uid', base)) + rest;
  };
  const cell = (value: string, key: string) =>
    namesEvents.test(key) ? text(value).replace(uidInText, uid) : text(value);
  const deep = <T>(value: T): T => mapTexts(value, text, false) as T;
  const orNull = (value: string | null) => (value === null ? null : text(value));
  return {
    names,
    text,
    cell,
    uid,
    deep,
    rowSalt: (original) => mac('row', original),
    event: (event) => ({
      ...event,
      source: text(event.source),
      action: text(event.action),
      actor: orNull(event.actor),
      targetId: orNull(event.targetId),
      targetName: orNull(event.targetName),
      scope: orNull(event.scope),
      subject: orNull(event.subject),
      field: orNull(event.field),
      oldValue: orNull(event.oldValue),
      newValue: orNull(event.newValue),
      // Names can be keys of a record, too.
      raw: mapTexts(event.raw, text, true),
      uid: uid(event.uid),
    }),
  };
}

const uidInText = /(?<![A-Za-z0-9])[a-z2-7]{16}(?![A-Za-z0-9])/g;
/** Columns of the answers that name events. */
const namesEvents = /Event$|^(earlier|later|events|rows|reasons?)$/;

/** As many hex digits as keep all apart, four at least. */
function enoughDigits(marks: readonly string[]): number {
  for (let digits = 4; ; digits += 1) {
    if (new Set(marks.map((mark) => mark.slice(0, digits))).size === marks.length) return digits;
  }
}

function base32(bytes: Buffer): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  let bits = 0n;
  for (const byte of bytes.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let out = '';
  for (let shift = 75n; shift >= 0n; shift -= 5n) out += alphabet[Number((bits >> shift) & 31n)];
  return out;
}

/** Lower case that never changes the length, so that places in a text stay where they are. */
function lower(text: string): string {
  const all = text.toLowerCase();
  if (all.length === text.length) return all;
  return Array.from({ length: text.length }, (_, at) => {
    const one = text.charAt(at).toLowerCase();
    return one.length === 1 ? one : text.charAt(at);
  }).join('');
}

type Node = { next: Map<number, Node>; pseudonym: string | null };
const wordLike = /[\p{L}\p{N}]/u;

/** Replaces the longest name at each place where a word begins; a name inside a longer word is another word. */
function createReplacer(pseudonyms: ReadonlyMap<string, string>): (text: string) => string {
  const root: Node = { next: new Map(), pseudonym: null };
  for (const [name, pseudonym] of pseudonyms) {
    let node = root;
    for (let at = 0; at < name.length; at++) {
      const code = name.charCodeAt(at);
      let next = node.next.get(code);
      if (!next) {
        next = { next: new Map(), pseudonym: null };
        node.next.set(code, next);
      }
      node = next;
    }
    node.pseudonym = pseudonym;
  }
  const isEdge = (text: string, at: number): boolean =>
    at <= 0 || at >= text.length || !wordLike.test(text.charAt(at - 1)) || !wordLike.test(text.charAt(at));
  return (text) => {
    const small = lower(text);
    let out = '';
    let kept = 0;
    for (let at = 0; at < small.length; at++) {
      let node = root.next.get(small.charCodeAt(at));
      if (!node || !isEdge(small, at)) continue;
      let end = 0;
      let found = '';
      for (let to = at + 1; node; to++) {
        if (node.pseudonym !== null && isEdge(small, to)) {
          end = to;
          found = node.pseudonym;
        }
        node = to < small.length ? node.next.get(small.charCodeAt(to)) : undefined;
      }
      if (end === 0) continue;
      out += text.slice(kept, at) + found;
      kept = end;
      at = end - 1;
    }
    return kept === 0 ? text : out + text.slice(kept);
  };
}

function mapTexts(value: unknown, text: (value: string) => string, keys: boolean): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, text, keys));
  if (value instanceof Map)
    return new Map([...value].map(([key, one]) => [mapTexts(key, text, keys), mapTexts(one, text, keys)]));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [keys ? text(key) : key, mapTexts(one, text, keys)]),
    );
  }
  return value;
}

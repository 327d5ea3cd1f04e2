// The canonical JSON of records, which their hash is over, without parsing those that are of a known shape: their members
// are copied in canonical order, as they stand wherever that is canonical already.

import { canonicalJson, parseJson } from '#core/integrity/canonical.ts';
import type { Part } from '#core/mapping/event-parts.ts';
import {
  type ByteText,
  copyBytes,
  createByteText,
  makeRoom,
  putBytes,
  putText,
  viewOf,
  written,
} from './byte-text.ts';
import { createJsonMembers, form, type JsonMembers, type Leaf, leavesOf } from './json-members.ts';
import { createPartMemo, type MappedRow } from './part-memo.ts';

/** The canonical texts of objects and lists, which come again and again, one behind the other. */
export type CanonicalTexts = { text: ByteText; ends: number[] };

export const noCanonicalTexts = (): CanonicalTexts => ({ text: createByteText(4096), ends: [0] });

/** Whether so many are kept that all should be forgotten, by everybody who knows them. */
export const areTooMany = ({ text }: CanonicalTexts): boolean => text.length > 16 * 1024 * 1024;

export function forgetCanonicalTexts({ text, ends }: CanonicalTexts): void {
  text.length = 0;
  ends.length = 1;
}

export type CanonicalMembers = {
  /** Appends the canonical JSON of the record that was cut last. Throws SyntaxError for what is no JSON. */
  put(to: ByteText): void;
  /** The canonical JSON of the record that was cut last, valid until the next call. Throws SyntaxError for what is no JSON. */
  write(): Uint8Array;
  /** Forgets what stands in the shared texts. */
  forget(): void;
};

const nothing = {};
const mostShapes = 8;
const mostLeaves = 200;

/** Reads the JSON records of one text after another. */
export type Canonicaliser = {
  /** The records that are asked for next stand in this text, UTF-8; an empty one lets go of the one before. */
  open(bytes: Buffer<ArrayBuffer>): void;
  /** Where the record ends that begins at `from`; -1 where it is of no shape that was seen before, or may be no JSON. */
  endOf(from: number): number;
  /** Appends the canonical JSON of the record `from..to`. Throws SyntaxError for what is no JSON. */
  putCanonical(from: number, to: number, canonical: ByteText): void;
};

/** A canonicaliser for records of few shapes: what is learnt of one serves the next, in later texts too. */
export function createCanonicaliser(): Canonicaliser {
  const text = createByteText(0);
  const texts = noCanonicalTexts();
  const shapes: { members: JsonMembers; canonical: CanonicalMembers }[] = [];
  /** The shape of the record that was cut last, and where that one is. */
  let last = 0;
  let [start, end] = [-1, -1];

  function isCut(shape: number, from: number): boolean {
    end = shapes[shape]?.members.cut(text, from, text.length) ?? -1;
    if (end !== -1) last = shape;
    return end !== -1;
  }

  function endOf(from: number): number {
    start = from;
    if (isCut(last, from)) return end;
    for (let shape = 0; shape < shapes.length; shape++) if (shape !== last && isCut(shape, from)) break;
    return end;
  }

  function learn(value: unknown, from: number, to: number): void {
    if (shapes.length === mostShapes || typeof value !== 'object' || value === null || Array.isArray(value))
      return;
    const leaves = leavesOf(value);
    if (leaves.length === 0 || leaves.length > mostLeaves) return;
    const members = createJsonMembers(leaves);
    if (members.cut(text, from, to) !== to) return;
    shapes.push({ members, canonical: createCanonicalMembers(leaves, members, text, texts) });
  }

  return {
    open(bytes) {
      Object.assign(text, { bytes, view: viewOf(bytes), length: bytes.length });
      start = -1;
    },
    endOf,
    putCanonical(from, to, canonical) {
      if (areTooMany(texts)) {
        forgetCanonicalTexts(texts);
        for (const shape of shapes) shape.canonical.forget();
      }
      if (start !== from) endOf(from);
      const shape = shapes[last];
      if (shape && end === to) {
        shape.canonical.put(canonical);
        return;
      }
      const value = parseJson(text.bytes.toString('utf8', from, to));
      learn(value, from, to);
      putText(canonical, canonicalJson(value));
    },
  };
}

/** The canonical JSON of records that `members` cuts from `text`. */
export function createCanonicalMembers(
  leaves: readonly Leaf[],
  members: JsonMembers,
  text: ByteText,
  { text: known, ends }: CanonicalTexts,
): CanonicalMembers {
  const canonical = createByteText(4096);
  const row: MappedRow = { row: members, text, cells: () => nothing };
  const { order, end } = canonicalOrder(leaves);
  const suffix = viewOf(Buffer.from(end));
  const parts = order.map(({ member, prefix }) => ({
    member,
    prefix: viewOf(Buffer.from(prefix)),
    memo: createPartMemo(partOf(member), (json) => {
      putText(known, json);
      return ends.push(known.length) - 2;
    }),
  }));

  function partOf(member: number): Part<string> {
    return { columns: [member], isCell: false, read: () => canonicalOf(member) };
  }

  function canonicalOf(member: number): string {
    return canonicalJson(
      parseJson(text.bytes.toString('utf8', members.starts[member], members.ends[member])),
    );
  }

  function put(to: ByteText): void {
    for (const { member, prefix, memo } of parts) {
      const start = members.starts[member] as number;
      const end = members.ends[member] as number;
      makeRoom(to, prefix.byteLength + end - start);
      to.length = copyBytes(to.view, to.length, prefix, 0, prefix.byteLength);
      const how = members.forms[member];
      if (how === form.same) to.length = copyBytes(to.view, to.length, text.view, start, end);
      else if (how === form.scalar) putText(to, canonicalOf(member));
      else {
        const number = memo.of(row);
        putBytes(to, known.view, ends[number] as number, ends[number + 1] as number);
      }
    }
    putBytes(to, suffix, 0, suffix.byteLength);
  }

  return {
    put,
    write() {
      canonical.length = 0;
      put(canonical);
      return written(canonical);
    },
    forget() {
      for (const { memo } of parts) memo.clear();
    },
  };
}

/** The members in canonical order, each with what stands between it and the one before, and what stands at the end. */
function canonicalOrder(leaves: readonly Leaf[]): {
  order: { member: number; prefix: string }[];
  end: string;
} {
  const order: { member: number; prefix: string }[] = [];
  let between = '';
  const write = (members: readonly number[], level: number): void => {
    const byKey = new Map<string, number[]>();
    for (const member of members) {
      const key = leaves[member]?.[level] as string;
      byKey.set(key, [...(byKey.get(key) ?? []), member]);
    }
    between += '{';
    for (const [at, key] of [...byKey.keys()].sort().entries()) {
      const inside = byKey.get(key) as number[];
      between += `${at === 0 ? '' : ','}${JSON.stringify(key)}:`;
      const member = inside[0] as number;
      if (leaves[member]?.length === level + 1) {
        order.push({ member, prefix: between });
        between = '';
      } else write(inside, level + 1);
    }
    between += '}';
  };
  write([...leaves.keys()], 0);
  return { order, end: between };
}

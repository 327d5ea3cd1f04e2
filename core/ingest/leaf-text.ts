// The text of an event's leaf, put together from pieces that are written once for each word: leafText of
// integrity/identity.ts for a million events in a row. A test holds the two to each other.

import type { EventActor, EventKind, EventTarget } from './batch.ts';

/** What a leaf says of one word: up to four pieces, in the order in which they stand in the text. */
export type LeafPieces = readonly [string, string, string, string];

const text = (value: string | null) => (value === null ? 'null' : JSON.stringify(value));
const piece = (one: string): LeafPieces => [one, '', '', ''];

/** The pieces of each kind of word. */
export const leafPieces = {
  kinds: (kind: EventKind): LeafPieces => [
    `{"action":${text(kind.action)},"actor":`,
    `,"category":"${kind.category}","field":${text(kind.field)},"ip":`,
    `,"outcome":"${kind.outcome}","scope":`,
    `","timeBasis":"${kind.timeBasis}","timeText":`,
  ],
  actors: (actor: EventActor): LeafPieces => piece(`${text(actor.name)},"actorType":"${actor.type}"`),
  targets: (target: EventTarget): LeafPieces => [
    `${text(target.scope)},"subject":`,
    `,"targetId":${text(target.targetId)},"targetName":${text(target.targetName)},"targetType":${text(target.targetType)},"time":"`,
    '',
    '',
  ],
  subjects: (subject: string): LeafPieces => piece(text(subject)),
  ips: (ip: string): LeafPieces => piece(text(ip)),
};

const nobody = leafPieces.actors({ name: '', type: 'unknown' })[0].replace('""', 'null');
const nothing = leafPieces.targets({ targetType: null, targetId: null, targetName: null, scope: null });

/** A writer of leaf texts for the events of one import. */
export function createLeafWriter(importId: number, source: string) {
  const begin = `{"import":${importId},"normalised":`;
  const end = `,"source":${text(source)},"uid":"`;
  /** `time` is ISO 8601; absent words are undefined. */
  return (event: {
    kind: LeafPieces;
    actor: LeafPieces | undefined;
    target: LeafPieces | undefined;
    subject: LeafPieces | undefined;
    ip: LeafPieces | undefined;
    oldValue: string | null;
    newValue: string | null;
    time: string;
    timeText: string | null;
    recordHash: string;
    row: number;
    uid: string;
  }): string => {
    const { kind, target = nothing } = event;
    return (
      begin +
      kind[0] +
      (event.actor === undefined ? nobody : event.actor[0]) +
      kind[1] +
      (event.ip === undefined ? 'null' : event.ip[0]) +
      ',"newValue":' +
      text(event.newValue) +
      ',"oldValue":' +
      text(event.oldValue) +
      kind[2] +
      target[0] +
      (event.subject === undefined ? 'null' : event.subject[0]) +
      target[1] +
      event.time +
      kind[3] +
      (event.timeText === null ? `"${event.time}"` : text(event.timeText)) +
      '},"recordHash":"' +
      event.recordHash +
      '","row":' +
      event.row +
      end +
      event.uid +
      '"}'
    );
  };
}

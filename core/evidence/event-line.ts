// The record of one event in a frozen population: canonical JSON (RFC 8785) of the whole event, which is also what
// its Merkle leaf is made of. Written member by member because it runs for each row; a test holds it to canonicalJson.

import type { Event } from '#core/model.ts';

/** One line of an NDJSON population, without its line feed. `raw` is the canonical JSON of the event's raw record. */
export function eventLine(e: Omit<Event, 'raw'>, raw: string): string {
  return (
    `{"action":${JSON.stringify(e.action)},"actor":${text(e.actor)},"actorType":"${e.actorType}",` +
    `"category":"${e.category}","field":${text(e.field)},"import":${e.import},"ip":${text(e.ip)},` +
    `"newValue":${text(e.newValue)},"oldValue":${text(e.oldValue)},"outcome":"${e.outcome}",` +
    `"raw":${raw},"row":${e.row},"scope":${text(e.scope)},"source":${JSON.stringify(e.source)},` +
    `"subject":${text(e.subject)},"targetId":${text(e.targetId)},"targetName":${text(e.targetName)},` +
    `"targetType":${text(e.targetType)},"time":"${e.time}","timeBasis":"${e.timeBasis}",` +
    `"timeText":${JSON.stringify(e.timeText)},"uid":"${e.uid}"}`
  );
}

function text(value: string | null): string {
  return value === null ? 'null' : JSON.stringify(value);
}

/**
 * The category of a line, found without parsing it. `,"category":"` cannot occur inside a JSON string (its quotes
 * would be escaped), and the members before it are texts or null, so the first hit is the event's own.
 */
export function categoryOfLine(line: string): string {
  const start = line.indexOf(',"category":"') + 13;
  return line.slice(start, line.indexOf('"', start));
}

/**
 * A line as an event and its raw record's text. The raw record is cut out, not parsed: by the same argument the first
 * `,"raw":` and the last `,"row":` are the event's own members.
 */
export function readEventLine(line: string): { event: Omit<Event, 'raw'>; raw: string } {
  const start = line.indexOf(',"raw":');
  const end = line.lastIndexOf(',"row":');
  return { event: JSON.parse(line.slice(0, start) + line.slice(end)), raw: line.slice(start + 7, end) };
}

/** The uid of a line. It closes it, `,"uid":"…"}`, and needs no escapes. */
export function uidOfLine(line: string): string {
  return line.slice(line.lastIndexOf(',"uid":"') + 8, -2);
}

// The record of one event in a frozen population: canonical JSON (RFC 8785) of the whole event, which is also what
// its Merkle leaf is made of. Written member by member because it runs for each row; a test holds it to canonicalJson.

import { canonicalJson } from '#core/integrity/canonical.ts';
import type { Event } from '#core/model.ts';

/** One line of an NDJSON population, without its line feed. */
export function eventLine(e: Event): string {
  return (
    `{"action":${JSON.stringify(e.action)},"actor":${text(e.actor)},"actorType":"${e.actorType}",` +
    `"category":"${e.category}","field":${text(e.field)},"import":${e.import},"ip":${text(e.ip)},` +
    `"newValue":${text(e.newValue)},"oldValue":${text(e.oldValue)},"outcome":"${e.outcome}",` +
    `"raw":${canonicalJson(e.raw)},"row":${e.row},"scope":${text(e.scope)},"source":${JSON.stringify(e.source)},` +
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

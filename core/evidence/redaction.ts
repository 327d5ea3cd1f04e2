// What a redacted pack says of its redaction, who is redacted, and the key that stays outside: with it single names can
// be opened, and the same pack made again.

import { hash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AppError } from '#core/errors.ts';
import { canonicalJson } from '#core/integrity/canonical.ts';
import { createMerkleTree, leafHash } from '#core/integrity/merkle.ts';
import type { Event, PackRequest } from '#core/model.ts';
import { compileQuery } from '#core/query/compile.ts';
import type { RedactionRequest } from '#core/redaction-model.ts';
import { selectEvents } from '#core/store/events.ts';
import type { Store } from '#core/store/open.ts';
import { eventLine } from './event-line.ts';
import type { Payload, TextFile } from './payload.ts';
import { populationFolder } from './populations.ts';
import { queryOf } from './recipe.ts';
import { createRedactor, type RedactedName, type Redactor } from './redactor.ts';
import type { ReviewReader } from './reviews.ts';

/** What the recipe says of it: who stays named, and the hash over all commitments, which fixes who does not. */
export type FrozenRedaction = RedactionRequest & { redacted: number; commitmentsSha256: string };

export const redactionJson = 'data/30_query/redaction.json';
const originalLeaves = `${populationFolder}/00_original-leaves.txt`;

/** Reads the secret of a redaction key, or makes a new one. Throws AppError('input') for a file that is none. */
export function readSecret(path: string | null): Uint8Array {
  if (path === null) return randomBytes(32);
  try {
    const { form, secret } = JSON.parse(readFileSync(path, 'utf8')) as { form?: string; secret?: string };
    if (form === keyForm && /^[0-9a-f]{64}$/.test(secret ?? '')) return Buffer.from(secret as string, 'hex');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT')
      throw new AppError('input', `There is no file ${path}. Name the redaction key of an earlier pack.`);
  }
  throw new AppError(
    'input',
    `${path} is no redaction key. Name the file that was written beside an earlier pack.`,
  );
}

const keyForm = 'exhibit-redaction-key';

/** The key as a file: the secret, and for each pseudonym what opens it. */
export function redactionKey(packId: string, secret: Uint8Array, names: readonly RedactedName[]): string {
  const note =
    'Keep this file apart from the pack: who has it knows every name. To open one name, give its name and salt: SHA-256(salt || utf8(name)) is its commitment in the pack.';
  return `${JSON.stringify({ form: keyForm, note, packId, secret: Buffer.from(secret).toString('hex'), names }, null, 2)}\n`;
}

/** The redactor of a pack: everybody the log and the given lists name, but for those who stay named. */
export function redactorOf(
  store: Store,
  request: PackRequest,
  redaction: RedactionRequest,
  secret: Uint8Array,
  { leavers, campaigns }: Pick<ReviewReader, 'leavers' | 'campaigns'>,
): Redactor {
  const same = (name: string) => name.toLowerCase();
  const kept = new Set([...redaction.people, request.preparedBy].map(same));
  if (redaction.categories.length > 0) {
    const { where, params } = compileQuery(store, queryOf(request));
    const rows = store.db
      .prepare(
        `SELECT DISTINCT actor, subject FROM (${selectEvents} WHERE ${where}
         AND kind.category IN (${redaction.categories.map(() => '?').join(', ')}))`,
      )
      .all(...params, ...redaction.categories) as { actor: string | null; subject: string | null }[];
    for (const { actor, subject } of rows)
      for (const name of [actor, subject]) if (name !== null) kept.add(same(name));
  }
  const people = [
    ...namesInLog(store),
    ...(leavers ? [...leavers.people.keys(), ...leavers.moved.keys()] : []),
    ...campaigns.flatMap(({ entries }) =>
      entries.flatMap(({ subject, reviewer }) => [subject, reviewer ?? '']),
    ),
  ].filter((name) => !kept.has(same(name)));
  return createRedactor(secret, [...people, ...redaction.also]);
}

/** Everybody who acts or whose rights change, and owners; not what is a service or the system itself. */
function namesInLog({ db }: Store): string[] {
  const names = db
    .prepare(
      `SELECT name FROM actor WHERE type IN ('human', 'unknown')
       UNION SELECT text FROM term WHERE kind = 'subject' AND text NOT IN (SELECT name FROM actor WHERE type IN ('service', 'system'))
       UNION SELECT old_value FROM record r JOIN event e ON e.id = r.event_id JOIN kind k ON k.id = e.kind_id
         WHERE k.category = 'access.owner'
       UNION SELECT new_value FROM record r JOIN event e ON e.id = r.event_id JOIN kind k ON k.id = e.kind_id
         WHERE k.category = 'access.owner'`,
    )
    .pluck()
    .all() as (string | null)[];
  return names.filter((name): name is string => name !== null && name.length <= 500);
}

/** What of the redaction is frozen. */
export function freezeRedaction(redaction: RedactionRequest, { names }: Redactor): FrozenRedaction {
  return {
    people: redaction.people,
    categories: redaction.categories,
    // Names that nobody may read are not repeated.
    also: [],
    redacted: names.length,
    commitmentsSha256: hash('sha256', canonicalJson(commitmentsOf(names))),
  };
}

const commitmentsOf = (names: readonly RedactedName[]) =>
  names.map(({ pseudonym, commitment }) => ({ pseudonym, commitment }));

/** The request as a reader of the pack may see it. */
export function redactRequest(request: PackRequest, redactor: Redactor): PackRequest {
  const { samples, redaction } = request;
  const named = (list: readonly { uid: string; reason: string }[]) =>
    list.map(({ uid, reason }) => ({ uid: redactor.uid(uid), reason: redactor.text(reason) }));
  return {
    ...request,
    filter: redactor.text(request.filter),
    conclusions: redactor.deep(request.conclusions),
    samples: samples.map((sampling) => ({
      ...sampling,
      chosen: named(sampling.chosen),
      replacements: named(sampling.replacements),
    })),
    redaction: redaction && { ...redaction, also: [] },
  };
}

/** Redacts events on their way into the populations and commits to each as it was: a salted leaf a line. */
export function openOriginals(payload: Payload, redactor: Redactor) {
  const file: TextFile = payload.open(originalLeaves);
  const tree = createMerkleTree();
  return {
    *redact(events: Iterable<Event>): Generator<Event> {
      for (const event of events) {
        const line = eventLine(event, canonicalJson(event.raw));
        const leaf = leafHash(Buffer.concat([redactor.rowSalt(event.uid), Buffer.from(line, 'utf8')]));
        tree.append(leaf);
        file.write(`${leaf.toString('hex')}\n`);
        yield redactor.event(event);
      }
    },
    /** Closes the file and writes what the pack says of its redaction. */
    close(redaction: RedactionRequest): void {
      file.close();
      const commitments = commitmentsOf(redactor.names);
      payload.write(
        redactionJson,
        `${JSON.stringify(
          {
            scope: { namedPeople: redaction.people, everybodyInCategories: redaction.categories },
            pseudonyms:
              'Person- and the first hex digits of an HMAC-SHA-256 over the name in lower case, with a secret of this pack alone',
            eventIds:
              'the first 80 bits of an HMAC-SHA-256 over the id in the log: an id follows from the record, so a guess at a name could be tested on it',
            commitment:
              'SHA-256(salt || utf8(name in lower case)); salt is 32 bytes, in the redaction key, which is not part of the pack',
            original: {
              file: originalLeaves,
              leaf: 'SHA-256(0x00 || rowSalt || utf8(original line)), one for each line of the population, in its order; rowSalt is 32 bytes',
              rows: tree.size(),
              root: tree.root().toString('hex'),
            },
            provable: [
              'without the key: the number of rows, every root and every sample of this redacted twin',
              'with a name and its salt: that this name stands behind one pseudonym, and nothing about the others',
              'with an original row and its salt: that it is the row that was redacted at this place',
            ],
            limits: [
              'The roots of imports and of the log, and the SHA-256 of imported files, stand for the records as they are in the log. Who knows all else of a file could test a guess at a name on them.',
              'Redacted are the names under which people act or hold rights, and names that were listed in addition. Other names in a raw record, such as display names, addresses and devices, are as recorded.',
            ],
            commitments,
          },
          null,
          2,
        )}\n`,
      );
    },
  };
}

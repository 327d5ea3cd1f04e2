// Records as search and log systems, buses and queues hand them on: inside an object of their own.

import { describe, expect, it } from 'vitest';
import { verifyLog } from '#core/integrity/verify-log.ts';
import { eachEvent } from '#core/query/events.ts';
import type { Store } from '#core/store/open.ts';
import { importInto, openTemporaryStore, query, temporaryFile } from '../../support/workspace.ts';

const { signal } = new AbortController();

describe('records that something else wrapped', () => {
  const record = {
    '@timestamp': 1770099129003,
    action: 'repo.create',
    actor: 'ann',
    org: 'acme',
    _document_id: 'd',
  };
  const refusal = (name: string, lines: string[]) =>
    importInto(openTemporaryStore(), temporaryFile(name, `${lines.join('\n')}\n`)).catch(
      (error: Error) => error.message,
    );
  const eventsOf = (store: Store) =>
    [...eachEvent(store, query(), 'oldest')].map(({ uid, import: _, row, raw, ...event }) => event);
  const plainly = async (one: object) => {
    const store = openTemporaryStore();
    await importInto(store, temporaryFile('plain.ndjson', `${JSON.stringify(one)}\n`));
    return eventsOf(store);
  };

  it('are read as what they are, wherever they lie, and kept whole', async () => {
    const hit = { _index: 'audit', _id: '1', _source: record };
    const forms = {
      'lines of a dump': `${JSON.stringify(hit)}\n`,
      'the hits of a search': JSON.stringify({ took: 1, hits: { total: {}, hits: [hit] } }),
      'the edges of a graph': JSON.stringify({ data: { log: { edges: [{ node: record, cursor: 'x' }] } } }),
      'an event of a bus': JSON.stringify({ version: '0', 'detail-type': 'x', detail: record }),
    };
    const expected = await plainly(record);
    for (const [form, text] of Object.entries(forms)) {
      const store = openTemporaryStore();
      const report = await importInto(store, temporaryFile('wrapped.json', text));
      expect([form, report.preset, report.imported, report.rejected]).toEqual([form, 'github', 1, 0]);
      expect(eventsOf(store)).toEqual(expected);
      const { failures } = await verifyLog(store, null, { signal, progress: () => {} });
      expect(failures).toEqual([]);
    }
    const store = openTemporaryStore();
    await importInto(store, temporaryFile('dump.ndjson', forms['lines of a dump']));
    expect([...eachEvent(store, query(), 'oldest')].map(({ raw }) => raw)).toEqual([hit]);
    // The same event without the wrapping, known by its id.
    const again = await importInto(store, temporaryFile('plain.json', JSON.stringify([record])));
    expect([again.imported, again.duplicates, again.conflicts]).toEqual([0, 1, 0]);
  });

  it('are several events where a record wraps several parts', async () => {
    const activity = {
      kind: 'admin#reports#activity',
      id: { time: '2026-01-05T10:00:00Z', uniqueQualifier: '7', applicationName: 'admin', customerId: 'C' },
      actor: { email: 'ann@acme.example' },
      events: ['SUSPEND_USER', 'CREATE_USER'].map((name) => ({
        type: 'USER_SETTINGS',
        name,
        parameters: [],
      })),
    };
    const store = openTemporaryStore();
    await importInto(store, temporaryFile('bus.ndjson', `${JSON.stringify({ id: 1, detail: activity })}\n`));
    expect(eventsOf(store)).toEqual(await plainly(activity));
  });

  it('are not read in half: an object of several records is refused', async () => {
    expect(await refusal('keyed.json', [JSON.stringify({ first: record, second: record })])).toContain(
      'is not recognised',
    );
  });

  it('are no columns where a time stands before each', async () => {
    const line = `2026-02-03T06:12:09.000Z ${JSON.stringify(record)}`;
    expect(await refusal('cloudwatch.log', [line, line])).toContain(
      'JSON behind a time or other text on each line',
    );
  });
});

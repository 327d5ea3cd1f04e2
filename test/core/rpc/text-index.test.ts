// The engine makes the index of texts by itself, beside a log that is large enough, and answers the same with it.

import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { segmentEvents, segmentsOf, textIndexName } from '#core/browse/text-index.ts';
import { openReview, openStore } from '#core/store/open.ts';
import { addEvents } from '../../support/filled-log.ts';
import { connect, makeFolder, startHost } from './connect.ts';

const worker = new URL('../../../core/rpc/worker.ts', import.meta.url);

test('a search means the same before and after its index is made', async () => {
  const workspace = makeFolder();
  const store = openStore(workspace, { mode: 'write' });
  openReview(workspace, { mode: 'write' }).close();
  const texts = Array.from(
    { length: segmentEvents + 500 },
    (_, at) => `badge ${(at * 7919) % 9973}${at === 77 ? ' Größe' : ''}`,
  );
  addEvents(
    store,
    texts.map((text, at) => ({
      time: at * 1000,
      source: 'Plant',
      action: 'Login',
      category: 'other',
      actor: null,
      actorType: 'human',
      targetType: null,
      targetId: null,
      targetName: null,
      subject: null,
      field: null,
      ip: null,
      outcome: 'success',
      text,
    })),
  );
  store.close();

  const ask = async () => {
    const { client } = connect(startHost({ workspace, worker }));
    const answers = [];
    for (const filter of ['"badge 997"', 'badge', 'GRÖSSE', '"größe"', 'nowhere']) {
      const query = { filter, from: null, to: null, zone: 'UTC' };
      answers.push([
        await client.query('events.window', { ...query, first: 0, limit: 20 }),
        await client.query('events.total', query),
      ]);
    }
    return answers;
  };
  const before = await ask();
  expect(before.map(([, counted]) => counted)).toEqual([
    { total: texts.filter((text) => text.includes('badge 997')).length },
    { total: texts.length },
    { total: 0 },
    { total: 1 },
    { total: 0 },
  ]);
  const reader = openStore(workspace, { mode: 'read' });
  const isMade = () => {
    const input = openSync(join(workspace, textIndexName), 'r');
    expect(segmentsOf(reader, input)).toHaveLength(1);
    closeSync(input);
  };
  await vi.waitFor(isMade, 20_000);
  reader.close();
  expect(await ask()).toEqual(before);
});

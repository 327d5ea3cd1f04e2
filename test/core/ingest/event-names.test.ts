// The event names of an export before it is imported: all of them, with their counts.

import { expect, it } from 'vitest';
import { plainFile } from '#core/ingest/containers.ts';
import { countEventNames } from '#core/ingest/event-names.ts';
import { fileToOpen } from '#core/ingest/open-with.ts';
import { eventNamesOfPath } from '#core/ingest/probe.ts';
import { emptyDraft, finishDraft, nameDraft, setField } from '#core/mapping/draft-preset.ts';
import { loadPresets } from '#core/mapping/preset.ts';
import { fixture, temporaryFile } from '../../support/workspace.ts';

const toOpen = (path: string) => fileToOpen(plainFile(path));
const { signal } = new AbortController();
const names = ['when', 'what', 'old'];
const draft = (['action:what', 'oldValue:old'] as const).reduce(
  (preset, pair) => {
    const [field, name] = pair.split(':') as ['action', string];
    return setField(preset, field, name, []);
  },
  emptyDraft('csv', names),
);
const preset = finishDraft(nameDraft(draft, 'Gates'), names);

it('counts each event name, spellings as one, without needing times', async () => {
  const rows = ['x,Gate opened,', 'x,gate_opened,', 'x,login,', 'x,,', 'x,Gate opened,7', 'broken'];
  const file = toOpen(temporaryFile('gates.csv', `when,what,old\n${rows.join('\n')}\n`));
  expect(await countEventNames(file, preset, signal)).toEqual({
    names: [
      { name: 'Gate opened', count: 3, hasValues: true, hasTarget: false, categories: [] },
      { name: 'login', count: 1, hasValues: false, hasTarget: false, categories: [] },
    ],
    left: 0,
    read: 6,
    isWhole: true,
  });
});

it('says what the preset makes of them', async () => {
  const flowtriq = loadPresets().find(({ id }) => id === 'flowtriq');
  if (!flowtriq) throw new Error('no preset');
  const found = await countEventNames(toOpen(fixture('flowtriq-export.csv')), flowtriq, signal);
  expect(found.read).toBe(900);
  expect(found.names.reduce((sum, { count }) => sum + count, 0)).toBe(900);
  expect(found.names.every(({ categories }) => categories.length > 0)).toBe(true);
});

it('lists the most frequent of very many names, and says how much of a long file was read', async () => {
  const rows = Array.from(
    { length: 101_000 },
    (_, at) => `x,${at % 3 === 0 ? 'often' : `name ${at % 700}`},`,
  );
  const path = temporaryFile('gates.csv', `when,what,old\n${rows.join('\n')}\n`);
  const found = await eventNamesOfPath(path, null, preset, signal);
  expect(found).toMatchObject({ left: 201, read: 100_000, isWhole: false });
  expect(found.names.length).toBe(500);
  expect(found.names[0]).toMatchObject({ name: 'often', count: 33_334 });
});

it('does not take a file that the preset is not for', async () => {
  const file = toOpen(temporaryFile('other.csv', 'a,b\n1,2\n'));
  await expect(countEventNames(file, preset, signal)).rejects.toThrow(
    'other.csv lacks what this mapping asks for',
  );
});

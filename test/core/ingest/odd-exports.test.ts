// Exports that are allowed and odd: what stands in them is in the log as it was written, or rejected with its place.

import { describe, expect, it } from 'vitest';
import { eachEvent } from '#core/query/events.ts';
import { verifyFailures } from '../../support/log-content.ts';
import { importInto, openTemporaryStore, query, temporaryFile } from '../../support/workspace.ts';

const time = '2026-01-05T10:00:00Z';

/** Imports a text into a log of its own. */
async function importText(name: string, content: string | Uint8Array) {
  const store = openTemporaryStore();
  const report = await importInto(store, temporaryFile(name, content));
  expect(report.read).toBe(report.imported + report.duplicates + report.rejected);
  expect(await verifyFailures(store)).toEqual([]);
  const events = [...eachEvent(store, query(), 'oldest')];
  const raws = store.db.prepare('SELECT raw FROM record ORDER BY event_id').pluck().all() as string[];
  return { report, events, raws };
}

describe('a CSV export', () => {
  it('keeps columns of one name, of none, and of names that mean something to JavaScript', async () => {
    const header = 'timestamp,event,note,note,,__proto__,constructor,toString';
    const { events } = await importText('odd.csv', `${header}\n${time},valve.open,1,2,3,4,5,6\n`);
    expect(Object.entries(events[0]?.raw as object)).toEqual([
      ['timestamp', time],
      ['event', 'valve.open'],
      ['note', '1'],
      ['note (2)', '2'],
      ['column 5', '3'],
      ['__proto__', '4'],
      ['constructor', '5'],
      ['toString', '6'],
    ]);
  });

  it('may mix line ends, hold NUL and a cell of a megabyte, and names the line of each ragged row', async () => {
    const long = 'x'.repeat(1 << 20);
    const lines = [
      'timestamp,event,note\r\n',
      `${time},a,nul\0inside\n`,
      `${time},b\r\n`,
      `${time},c,"two\r\nlines"\n`,
      `${time},d,x,y\n`,
      `${time},e,${long}\r\n`,
      `${time},f,end`,
    ];
    const { report, events } = await importText('mixed.csv', lines.join(''));
    expect(events.map(({ row, raw }) => [row, (raw as { note: string }).note])).toEqual([
      [2, 'nul\0inside'],
      [4, 'two\r\nlines'],
      [7, long],
      [8, 'end'],
    ]);
    expect(report.rejections.map(({ row, reason }) => [row, reason])).toEqual([
      [3, 'it has 2 cells where the header has 3'],
      [6, 'it has 4 cells where the header has 3'],
    ]);
  });

  it('with a cell beyond all measure is refused with its line', async () => {
    const text = `timestamp,event,note\n${time},a,b\n${time},c,"${'x'.repeat(17 << 20)}"\n`;
    const store = openTemporaryStore();
    const failed = importInto(store, temporaryFile('huge.csv', text));
    await expect(failed).rejects.toThrow(/line 3 .*longer than 16 MB.*Export it again/);
    expect([...eachEvent(store, query(), 'oldest')]).toEqual([]);
  });
});

describe('a JSON export', () => {
  it('keeps numbers, escapes and lone surrogates of a record as they were written', async () => {
    const record = `{"timestamp":"${time}","event":"a","big":9007199254740993,"huge":123456789012345678901234567890,"exact":1.50,"lone":"\\ud800","nul":"\\u0000","__proto__":{"x":1}}`;
    for (const [name, text] of [
      ['a.ndjson', `${record}\n`],
      ['a.json', `[${record}]`],
    ] as const) {
      const { report, raws, events } = await importText(name, text);
      expect([report.imported, raws]).toEqual([1, [record]]);
      expect(Object.keys(events[0]?.raw as object)).toContain('__proto__');
      const again = openTemporaryStore();
      await importInto(again, temporaryFile(name, text));
      // One digit beyond what a double can hold makes another record.
      const other = await importInto(again, temporaryFile(name, text.replace('740993', '740992')));
      expect([other.imported, other.duplicates]).toEqual([1, 0]);
    }
  });

  it('rejects a record that nests without end, and reads the others', async () => {
    const good = (event: string) => `{"timestamp":"${time}","event":"${event}"}`;
    const deep = `{"timestamp":"${time}","event":"x","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    for (const text of [
      [good('a'), deep, good('b')].join('\n'),
      `[${[good('a'), deep, good('b')].join(',')}]`,
    ]) {
      const { report, events } = await importText('deep.json', text);
      expect(events.map(({ action }) => action)).toEqual(['a', 'b']);
      expect(report.rejections).toEqual([{ row: 2, reason: 'it nests deeper than 100 levels' }]);
    }
  });
});

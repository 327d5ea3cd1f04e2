// Dates that can mean two days: read as the file proves or the person says, and not at all where nobody does.

import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { eachExportFile } from '#core/ingest/containers.ts';
import { verifyLog } from '#core/integrity/verify-log.ts';
import { emptyDraft, finishDraft, nameDraft, setField } from '#core/mapping/draft-preset.ts';
import { forgetFileOrders } from '#core/mapping/own-presets.ts';
import { parsePreset } from '#core/mapping/preset.ts';
import type { ImportReport } from '#core/model.ts';
import { eachEvent } from '#core/query/events.ts';
import { listMappings } from '#core/store/imports.ts';
import type { Store } from '#core/store/open.ts';
import { importInto, openTemporaryStore, query, temporaryFile } from '../../support/workspace.ts';

const names = ['when', 'what'];
const draft = setField(setField(emptyDraft('csv', names), 'time', 'when', []), 'action', 'what', []);
const preset = JSON.stringify(finishDraft(nameDraft({ ...draft, zone: 'UTC' }, 'Gates'), names));

const gates = (...dates: string[]) =>
  temporaryFile(
    'gates.csv',
    `when,what\n${dates.map((date, at) => `${date} 10:00,open ${at}`).join('\n')}\n`,
  );
const timesOf = (store: Store) =>
  [...eachEvent(store, query(), 'oldest')].map(({ time }) => time.slice(0, 10));
const said = (report: ImportReport) =>
  report.warnings.flatMap(({ code, message }) => (code === 'date-order' ? [message] : []));

describe('the order of dates in a file', () => {
  it('is proven by one date for all, wherever in the file it stands', async () => {
    const store = openTemporaryStore();
    const many = Array.from({ length: 20_000 }, () => '03/04/2026');
    const report = await importInto(store, gates(...many, '25/04/2026'), { preset });
    expect([report.imported, report.rejected]).toEqual([20_001, 0]);
    expect(said(report)).toEqual([
      'The dates of gates.csv have the day first: “25/04/2026 10:00” in line 20002 proves it. Dates like “03/04/2026 10:00” were read that way.',
    ]);
    expect(new Set(timesOf(store))).toEqual(new Set(['2026-04-03', '2026-04-25']));
    const options = { signal: new AbortController().signal, progress: () => {} };
    expect(await verifyLog(store, null, options), 'the log says how it was read').toMatchObject({ ok: true });
  });

  it('is proven with the month first just as well, and in archives and JSON', async () => {
    const store = openTemporaryStore();
    const csv = await importInto(store, gates('03.04.2026', '04.25.2026'), { preset });
    expect(said(csv)[0]).toContain('have the month first: “04.25.2026 10:00” in line 3 proves it');
    expect(timesOf(store)).toEqual(['2026-03-04', '2026-04-25']);

    const json = setField(setField(emptyDraft('json', names), 'time', 'when', []), 'action', 'what', []);
    const own = JSON.stringify(finishDraft(nameDraft({ ...json, zone: 'UTC' }, 'Doors'), names));
    const record = (when: string) => `{"when":"${when}","what":"open"}`;
    const text = `[${record('03\\/04\\/2026')},${record('25\\/04\\/2026')}]`;
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(text), 'doors.json');
    zip.end();
    const path = temporaryFile('doors.zip', await buffer(zip.outputStream));
    for await (const file of eachExportFile(path)) {
      const report = await importInto(openTemporaryStore(), file, { preset: own });
      expect([report.imported, report.rejected]).toEqual([2, 0]);
    }
  });

  it('is told by the person where the file leaves it open, and the report says so', async () => {
    const store = openTemporaryStore();
    const file = gates('03/04/2026', '05/05/2026');
    const asked = await importInto(store, file, { preset });
    expect([asked.imported, asked.rejected]).toEqual([1, 1]);
    expect(said(asked)).toEqual([
      'Nothing in gates.csv proves which number of dates like “03/04/2026 10:00” in line 2 is the day, so records with them are rejected. Import it again with --dates day-first or --dates month-first, or answer the question on the mapping screen.',
    ]);
    const told = await importInto(store, file, { preset, dates: 'month-first' });
    expect([told.imported, told.duplicates, told.rejected]).toEqual([1, 1, 0]);
    expect(said(told)[0]).toContain('because the person who imported it says so');
    expect(timesOf(store)).toEqual(['2026-03-04', '2026-05-05']);
  });

  it('holds for that file alone', async () => {
    const store = openTemporaryStore();
    await importInto(store, gates('03/04/2026', '25/04/2026'), { preset });
    const kept = parsePreset(listMappings(store)[0]?.json ?? '', 'kept');
    expect(kept.variants[0]?.fields.time).toEqual({
      from: 'when',
      dates: 'day-first',
      datesBy: '“25/04/2026 10:00” in line 3',
    });
    expect(forgetFileOrders(kept)).toEqual(JSON.parse(preset));
  });

  it('that a file contradicts is not guessed', async () => {
    const store = openTemporaryStore();
    const file = gates('03/04/2026', '25/04/2026', '04/26/2026');
    const report = await importInto(store, file, { preset });
    expect([report.imported, report.rejected]).toEqual([2, 1]);
    expect(said(report)[0]).toContain(
      'contradict each other: “25/04/2026 10:00” in line 3 has the day first, “04/26/2026 10:00” in line 4 the month',
    );
    await expect(importInto(store, file, { preset, dates: 'day-first' })).rejects.toThrow(
      '--dates day-first cannot be right: “04/26/2026 10:00” in line 4 has the month first. Leave --dates out.',
    );
  });

  it('said by a person must fit what the file and the preset say', async () => {
    const store = openTemporaryStore();
    await expect(importInto(store, gates('25/04/2026'), { preset, dates: 'month-first' })).rejects.toThrow(
      'cannot be right: “25/04/2026 10:00” in line 2 has the day first',
    );
    const fixed = JSON.parse(preset);
    fixed.variants[0].fields.time = { from: 'when', dates: 'day-first' };
    const options = { preset: JSON.stringify(fixed), dates: 'month-first' as const };
    await expect(importInto(store, gates('03/04/2026'), options)).rejects.toThrow(
      'The preset “own-gates” says that its dates have the day first, so --dates month-first does not fit.',
    );
  });

  it('needs no second look where dates say it themselves', async () => {
    const report = await importInto(openTemporaryStore(), gates('2026-04-03', '2026-04-25'), { preset });
    expect([report.imported, said(report)]).toEqual([2, []]);
  });
});

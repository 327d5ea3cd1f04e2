// Looking at exports and mapping them through the real engine: what is found out, what is shown before, and that an
// import then stores exactly that.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContext } from '#core/context.ts';
import { finishDraft, nameDraft, setDates, setField } from '#core/mapping/draft-preset.ts';
import type { EngineClient } from '#core/rpc/client.ts';
import type { Host } from '#core/rpc/host.ts';
import { fixture } from '../../support/workspace.ts';
import { connect, makeFolder, startHost } from './connect.ts';

const worker = new URL('../../../core/rpc/worker.ts', import.meta.url);
type Engine = { host: Host; client: EngineClient; folder: string; put(name: string, text: string): string };

function engine(): Engine {
  const workspace = makeFolder();
  const { signal } = new AbortController();
  const context = createContext({ workspace, grants: new Map(), signal, progress: () => {}, creates: true });
  context.reader();
  context.close();
  const host = startHost({ workspace, worker });
  const folder = makeFolder();
  return {
    host,
    client: connect(host).client,
    folder,
    put(name, text) {
      writeFileSync(join(folder, name), text);
      host.grant(name, { path: join(folder, name), kind: 'file' });
      return name;
    },
  };
}

const doors = [
  'Moment,What,Who,Gate,Address',
  '05/01/2026 10:00,opened,alice,gate-1,10.0.0.1',
  '06/01/2026 11:30,closed,bob,gate-2,10.0.0.2',
  '07/01/2026 12:00,opened,,gate-1,10.0.0.3',
  '',
].join('\n');

/** The door log, mapped as a person would. */
async function mapDoors({ client, put }: Engine) {
  const probe = await client.query('imports.probe', { grant: put('doors.csv', doors) });
  const [shape] = probe.shapes;
  if (!shape) throw new Error('no shape');
  let preset = nameDraft(shape.proposal.preset, 'Door system');
  for (const [field, name] of [
    ['time', 'Moment'],
    ['action', 'What'],
    ['actor', 'Who'],
    ['targetName', 'Gate'],
  ] as const)
    preset = setField(preset, field, name, shape.proposal.outcomes);
  preset = setDates({ ...preset, zone: 'Europe/Berlin' }, 'day-first');
  return { probe, shape, text: JSON.stringify(finishDraft(preset, shape.names)) };
}

const everything = { filter: '', from: null, to: null, zone: 'UTC', limit: 1000, after: null };

describe('looking at an export', () => {
  it('names the preset and the source of one that is known, and asks nothing', async () => {
    const { host, client } = engine();
    host.grant('g', { path: fixture('flowtriq-export.csv'), kind: 'file' });
    const { found, looked, shapes, failed } = await client.query('imports.probe', { grant: 'g' });
    expect({ found, looked, failed }).toEqual({ found: 1, looked: 1, failed: [] });
    expect(shapes).toMatchObject([
      { recognised: { id: 'flowtriq', text: null }, source: 'Flowtriq', zoneless: null, format: 'csv' },
    ]);
    expect(await client.query('imports.list', {})).toEqual([]);
  });

  it('of one that is not known proposes a mapping, and leaves the order of its dates and its zone open', async () => {
    const { shape } = await mapDoors(engine());
    expect(shape).toMatchObject({
      recognised: null,
      source: 'doors',
      names: ['Moment', 'What', 'Who', 'Gate', 'Address'],
    });
    expect(shape.samples[0]).toMatchObject({ Moment: '05/01/2026 10:00', Who: 'alice' });
    expect(shape.proposal.times.Moment).toMatchObject({ order: 'open', withoutZone: 3 });
  });

  it('counts the files of a folder by what they are, and says which cannot be read', async () => {
    const { host, client } = engine();
    const folder = makeFolder();
    mkdirSync(join(folder, 'deep'));
    for (const name of ['a.csv', 'b.csv', 'deep/c.csv']) writeFileSync(join(folder, name), doors);
    writeFileSync(join(folder, 'empty.csv'), '');
    writeFileSync(join(folder, 'f.csv'), readFileSync(fixture('flowtriq-export.csv')));
    host.grant('folder', { path: folder, kind: 'folder' });
    const { found, shapes, failed } = await client.query('imports.probe', { grant: 'folder' });
    expect(found).toBe(5);
    expect(shapes.map(({ files, recognised }) => [files, recognised?.id ?? null])).toEqual([
      [3, null],
      [1, 'flowtriq'],
    ]);
    expect(failed).toMatchObject([{ file: 'empty.csv' }]);
  });

  it('asks for the zone of a known export whose times carry none and whose preset says none', async () => {
    const { client, put } = engine();
    const header =
      'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value';
    const csv = `${header}\n2026-01-05 10:00:00,alice,device,1,press,plant,Name,,a,b\n`;
    const { shapes } = await client.query('imports.probe', { grant: put('i.csv', csv) });
    expect(shapes[0]).toMatchObject({ recognised: { id: 'ironflock' }, zoneless: '2026-01-05 10:00:00' });
  });
});

describe('a mapping', () => {
  it('shows before the import what the import stores, and stores it in a source of its own', async () => {
    const all = engine();
    const { client } = all;
    const { text } = await mapDoors(all);
    const preview = await client.query('imports.preview', {
      grant: 'doors.csv',
      file: null,
      preset: text,
      zone: null,
    });
    expect(preview).toMatchObject({ read: 3, rejected: 0 });
    expect(preview.events[0]).toMatchObject({
      time: '2026-01-05T09:00:00.000Z',
      timeBasis: 'declared',
      action: 'opened',
    });
    expect(await client.query('imports.list', {})).toEqual([]);

    const input = { grants: ['doors.csv'], source: 'Doors, plant 1', preset: text, zone: null };
    const [outcome] = await client.run('imports.run', input);
    expect(outcome).toMatchObject({
      ok: true,
      report: { imported: 3, source: 'Doors, plant 1', preset: 'own-door-system' },
    });
    expect(await client.run('verify.run', {})).toMatchObject({ ok: true });

    all.put('february.csv', doors.replaceAll('/01/', '/02/'));
    const again = await client.query('imports.probe', { grant: 'february.csv' });
    expect(again.shapes[0], 'the next export is recognised by it').toMatchObject({
      recognised: { id: 'own-door-system', text: expect.any(String) },
      source: 'Doors, plant 1',
      zoneless: null,
    });

    const mixed = makeFolder();
    writeFileSync(join(mixed, 'march.csv'), doors.replaceAll('/01/', '/03/'));
    writeFileSync(join(mixed, 'f.csv'), readFileSync(fixture('flowtriq-export.csv')));
    all.host.grant('mixed', { path: mixed, kind: 'folder' });
    const outcomes = await client.run('imports.run', {
      grants: ['mixed'],
      source: null,
      preset: null,
      zone: null,
    });
    expect(outcomes, 'also among other files of a folder').toMatchObject([
      { ok: true, report: { preset: 'flowtriq', source: 'Flowtriq' } },
      { ok: true, report: { preset: 'own-door-system', source: 'Doors, plant 1', imported: 3, rejected: 0 } },
    ]);
  });

  it('is saved, opened and used again, and never written over another file', async () => {
    const all = engine();
    const { client, host } = all;
    const { text } = await mapDoors(all);
    const into = makeFolder();
    host.grant('into', { path: into, kind: 'folder' });
    expect(await client.command('presets.save', { preset: text, into: 'into' })).toEqual({
      file: 'Door system mapping.json',
    });
    expect(await client.command('presets.save', { preset: text, into: 'into' })).toEqual({
      file: 'Door system mapping (2).json',
    });
    host.grant('saved', { path: join(into, 'Door system mapping.json'), kind: 'file' });
    const opened = await client.query('presets.open', { grant: 'saved' });
    expect(JSON.parse(opened.text)).toEqual(JSON.parse(text));
  });

  it('is refused when it passes for a bundled preset, names a path, or asks for other columns', async () => {
    const all = engine();
    const { client } = all;
    const { text } = await mapDoors(all);
    const look = (preset: string) =>
      client.query('imports.preview', { grant: 'doors.csv', file: null, preset, zone: null });
    await expect(look(JSON.stringify({ ...JSON.parse(text), id: 'ironflock' }))).rejects.toThrow(
      'calls itself “ironflock”',
    );
    const file = all.put('own.json', text);
    await expect(look(join(all.folder, file))).rejects.toThrow('There is no preset');
    await expect(
      client.run('imports.run', {
        grants: ['doors.csv'],
        source: null,
        preset: join(all.folder, file),
        zone: null,
      }),
    ).rejects.toThrow('There is no preset');
    await expect(look('flowtriq')).rejects.toThrow('lacks what this mapping asks for');
  });

  it('shows of any small file exactly the events and rejections an import of it has', async () => {
    const all = engine();
    const { client } = all;
    const { text } = await mapDoors(all);
    const cell = fc.oneof(
      fc.constantFrom(
        '05/01/2026 10:00',
        '31/12/2025',
        '2026-01-01T00:00:00Z',
        '13/13/2026',
        '',
        'alice',
        'ö"x',
        '29/03/2026 02:30',
      ),
      fc.string({ maxLength: 6 }),
    );
    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { minLength: 3, maxLength: 8 }),
        async (rows) => {
          n += 1;
          const lines = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','));
          const name = all.put(
            `r${n}.csv`,
            ['Moment,What,Who,Gate,Address', ...lines, 'short,row'].join('\n'),
          );
          const shown = await client.query('imports.preview', {
            grant: name,
            file: null,
            preset: text,
            zone: null,
          });
          const source = `source ${n}`;
          const [outcome] = await client.run('imports.run', {
            grants: [name],
            source,
            preset: text,
            zone: null,
          });
          if (!outcome?.ok) throw new Error(JSON.stringify(outcome));
          const { report } = outcome;
          expect([shown.read, shown.rejected]).toEqual([report.read, report.rejected]);
          expect(shown.rejections).toEqual(report.rejections);
          const page = await client.query('events.page', { ...everything, filter: `source:"${source}"` });
          const key = (event: { row: number; time: string; action: string; actor: string | null }) =>
            JSON.stringify([event.row, event.time, event.action, event.actor]);
          expect(page.events.map(key).sort()).toEqual(shown.events.map(key).sort());
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('after an import', () => {
  it('what was there already is counted by the import that holds it', async () => {
    const all = engine();
    const { client } = all;
    const { text } = await mapDoors(all);
    const input = (grant: string) => ({ grants: [grant], source: null, preset: text, zone: null });
    await client.run('imports.run', input('doors.csv'));
    await client.run(
      'imports.run',
      input(all.put('more.csv', `${doors}08/01/2026 09:00,opened,carol,gate-3,\n`)),
    );
    await client.run(
      'imports.run',
      input(all.put('again.csv', `${doors}08/01/2026 09:00,opened,carol,gate-3,\n`)),
    );
    expect(await client.query('imports.duplicates', { import: 3 })).toEqual([
      { import: 2, file: 'more.csv', events: 1 },
      { import: 1, file: 'doors.csv', events: 3 },
    ]);
    expect(await client.query('imports.duplicates', { import: 1 })).toEqual([]);
  });

  it('its rejected rows are saved as CSV as they stood there, beside what is in the folder', async () => {
    const all = engine();
    const { client, host } = all;
    const { text } = await mapDoors(all);
    const bad = all.put('bad.csv', `${doors}soon,"=1+1",x,"a ""b""",\nshort,row\n`);
    await client.run('imports.run', { grants: [bad], source: null, preset: text, zone: null });
    const into = makeFolder();
    host.grant('into', { path: into, kind: 'folder' });
    const { file } = await client.command('imports.saveRejections', { import: 1, into: 'into' });
    await client.command('imports.saveRejections', { import: 1, into: 'into' });
    expect(readdirSync(into).sort()).toEqual(['bad.csv rejected rows (2).csv', file].sort());
    const [header, first, second] = readFileSync(join(into, file), 'utf8').split('\r\n');
    expect(header).toBe('row,reason,raw');
    expect(first).toBe(
      '5,"its time “soon” is not a date and time that can be read","[""soon"",""=1+1"",""x"",""a \\""b\\"""",""""]"',
    );
    expect(second).toContain('6,"it has 2 cells where the header has 5"');
    await expect(client.command('imports.saveRejections', { import: 9, into: 'into' })).rejects.toThrow(
      'has no rejected rows',
    );
  });
});

describe('mappings of persons', () => {
  it('are listed beside the presets that come with Exhibit, as they were last used', async () => {
    const { client, ...rest } = engine();
    const { text } = await mapDoors({ client, ...rest });
    const run = { preset: text, zone: null };
    await client.run('imports.run', { grants: ['doors.csv'], source: 'North', ...run });
    await client.run('imports.run', { grants: ['doors.csv'], source: 'South', ...run });
    const presets = await client.query('presets.list', {});
    expect(presets.filter(({ own }) => own !== null)).toMatchObject([
      {
        id: 'own-door-system',
        name: 'Door system, own mapping',
        own: { sources: ['South', 'North'], zone: 'Europe/Berlin' },
      },
    ]);
    expect(JSON.parse(presets.at(-1)?.own?.text ?? '')).toEqual(JSON.parse(text));
  });
});

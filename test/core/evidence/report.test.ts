import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PackReport } from '#core/model.ts';
import { ironflockCsv, temporaryFile } from '../../support/workspace.ts';
import { create, openSeeds, openWorkspace, readPackText } from './create.ts';
import { hostileTexts } from './hostile.ts';
import { readPdf } from './pdf-text.ts';

const reportOf = ({ folder }: PackReport) =>
  readPdf(readFileSync(join(folder, 'data/01_Evidence_Report.pdf')));
/** Text without line breaks and double blanks, so that a wrapped sentence can be found. */
const flat = (pages: readonly string[]) => pages.join('\n').replace(/\s+/g, ' ');

describe('the report', () => {
  it('says on the cover whose pack it is, for what and when, cut from which log', async () => {
    const pack = await create(await openSeeds(), { zone: 'Europe/Berlin' });
    const cover = flat(reportOf(pack).pages.slice(0, 1));
    const recipe = JSON.parse(readPackText(pack.folder, 'data/30_query/recipe.json'));
    for (const text of [
      'Acme GmbH',
      'ISO/IEC 27001:2022',
      'Audit period 2026-01-01 to 2026-03-31, Europe/Berlin',
      '[2026-01-01 00:00:00.000 +01:00, 2026-04-01 00:00:00.000 +02:00)',
      '[2025-12-31T23:00:00.000Z, 2026-03-31T22:00:00.000Z)',
      'Nadia Öztürk',
      '2026-04-02T08:15:30.250Z',
      recipe.log.root,
      'skipped: this pack is not signed',
    ]) {
      expect(cover).toContain(text);
    }
  });

  it('carries the pack id and the page of the pages on every page', async () => {
    const pack = await create(await openSeeds());
    const { pages } = reportOf(pack);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(pack.packId);
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    }
  });

  it('has bookmarks, a language, tags for tables, and every font inside', async () => {
    const { catalog, fonts, outlineTitles, structureTypes, missingGlyphs } = reportOf(
      await create(await openSeeds()),
    );
    expect(catalog).toContain('/Lang (en)');
    expect(catalog).toMatch(/\/MarkInfo/);
    expect(catalog).toMatch(/\/Outlines/);
    expect(fonts.sort()).toEqual([
      'DejaVuSans',
      'DejaVuSans-Bold',
      'DejaVuSansCondensed',
      'DejaVuSansCondensed-Bold',
      'DejaVuSansMono',
    ]);
    expect(outlineTitles).toBeGreaterThan(20);
    expect(structureTypes.get('TH')).toBeGreaterThan(50);
    expect(structureTypes.get('TD')).toBeGreaterThan(1000);
    expect(missingGlyphs).toBe(0);
  });

  it('draws events over time, categories and rights as vectors, each told to a screen reader', async () => {
    const pack = await create(await openSeeds());
    const { structureTypes, pages } = reportOf(pack);
    expect(structureTypes.get('Figure')).toBe(3);
    const text = flat(pages);
    for (const title of [
      'Events over time, one column a day',
      'Events by category',
      'Rights held in the period, by right',
    ])
      expect(text).toContain(title);
    const pdf = readFileSync(join(pack.folder, 'data/01_Evidence_Report.pdf'), 'latin1');
    expect(pdf).not.toContain('/Subtype /Image');
    expect(pdf).toMatch(/\/Alt \(/);
  });

  it('says in sentences the figures of the tables and data files', async () => {
    const pack = await create(await openSeeds(), { filter: 'source:Flowtriq', framework: 'iec62443' });
    const text = flat(reportOf(pack).pages);
    const populations = JSON.parse(readPackText(pack.folder, 'data/30_query/populations.json'));
    expect(text).toContain('900 events of 2 sources lie in the period and match the filter');
    expect(text).toContain('events where source is “Flowtriq”');
    for (const { id, rows, root } of populations) {
      expect(text).toContain(root);
      if (id !== 'P-00' && rows > 100) expect(text).toContain(`Rows 1–100 of ${rows}, in order of time`);
    }
  });

  it('claims no conclusion, and no more than what the logs hold', async () => {
    const text = flat(reportOf(await create(await openSeeds())).pages);
    expect(text).toContain('For the officer');
    expect(text).toContain('no event observed in the imported logs');
    expect(text).toContain('Controls with no evidence in this pack');
    expect(text).toContain('Creating and deleting projects, devices and apps.');
    expect(text).toMatch(/Coverage of the period by the exports passed imports span each of 180 days/);
    expect(text).not.toMatch(/\bcompliant\b|did not happen|fully complete/i);
  });

  it('says of what a filter left out that it was left out, not that the logs hold none', async () => {
    const pack = await create(await openSeeds(), { filter: 'category:access' });
    const text = flat(reportOf(pack).pages);
    const left = 2400 - pack.events;
    expect(text).toContain(
      `The filter leaves out ${left.toLocaleString('en-US')} of the 2,400 events in the period.`,
    );
    expect(text).not.toMatch(
      /no event observed in the imported logs(?! (in this period )?(that match|for))/i,
    );
    expect(text).toContain(
      'No event observed in the imported logs in this period that matches the filter, of the categories',
    );
    expect(pack.warnings[0]).toMatch(/^The filter leaves out/);
  });

  it('prints every value or its code points, none wrong and none lost', async () => {
    const rows = hostileTexts
      .filter((text) => text.isWellFormed())
      .map(
        (text, index) =>
          `2026-02-01T10:00:${String(index).padStart(2, '0')}Z,user,device,4007,press,plant,Name,,,"${text.replaceAll('"', '""')}"`,
      );
    const pack = await create(await openWorkspace(temporaryFile('hostile.csv', ironflockCsv(rows))), {
      organisation: 'Acme 日本 \u202eevil',
    });
    const { pages, missingGlyphs } = reportOf(pack);
    const text = pages.join('\n').replace(/\n/g, '');
    expect(missingGlyphs).toBe(0);
    for (const shown of [
      'Acme ⟨U+65E5⟩⟨U+672C⟩ ⟨U+202E⟩evil',
      '⟨U+0009⟩=1+1',
      'bell⟨U+0007⟩ escape⟨U+001B⟩[31m nul⟨U+0000⟩ del⟨U+007F⟩',
      '⟨U+27E8⟩U+0041⟩ look-alike',
      '⟨U+65E5⟩⟨U+672C⟩⟨U+8A9E⟩ ⟨U+D55C⟩⟨U+AD6D⟩⟨U+C5B4⟩',
      '⟨U+05E9⟩⟨U+05DC⟩⟨U+05D5⟩⟨U+05DD⟩',
      'Ωμέγα Ñandú Жук',
    ]) {
      expect(text.replace(/\s/g, '')).toContain(shown.replace(/\s/g, ''));
    }
    expect(pack.warnings).toContainEqual(
      expect.stringMatching(/characters are shown as code points in the report/),
    );
  });

  it('cuts a long value visibly, and counts it', async () => {
    const file = temporaryFile(
      'long.csv',
      ironflockCsv([`2026-01-05T10:00:00Z,a,device,1,press,p,Name,,x,${'long '.repeat(2000)}`]),
    );
    const pack = await create(await openWorkspace(file));
    expect(flat(reportOf(pack).pages)).toContain('2 values in the tables are cut, marked with “…”');
    expect(pack.warnings).toContain('2 long values were shortened in the report’s tables.');
  });
});

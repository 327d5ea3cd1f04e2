import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { eachExportFile } from '#core/ingest/containers.ts';
import { verifyLog } from '#core/integrity/verify-log.ts';
import { countEvents, eachEvent } from '#core/query/events.ts';
import type { Store } from '#core/store/open.ts';
import {
  fixture,
  importInto,
  ironflockCsv,
  openTemporaryStore,
  query,
  temporaryFile,
  temporaryFolder,
} from '../../support/workspace.ts';

const row = (key: string, value = 'b') =>
  `2026-01-05T10:00:00.000Z,alice@acme,device,${key},press,plant,Name,,a,${value}`;

async function importAll(store: Store, path: string) {
  const reports = [];
  for await (const file of eachExportFile(path)) reports.push(await importInto(store, file));
  return reports;
}

async function writeZip(entries: Record<string, Uint8Array | string>): Promise<string> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const path = join(temporaryFolder(), 'exports.zip');
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

describe('a gzip file', () => {
  it('is read like the file inside, and known by its own hash', async () => {
    const store = openTemporaryStore();
    const packed = gzipSync(readFileSync(fixture('ironflock-export.json')));
    const report = await importInto(store, temporaryFile('export.json.gz', packed));
    expect([report.read, report.imported, report.bytes]).toEqual([1500, 1500, packed.length]);
    expect(report.sha256).toBe(createHash('sha256').update(packed).digest('hex'));
    expect((await importInto(store, fixture('ironflock-export.json'))).duplicates).toBe(1500);
  });

  it('of several members is read whole', async () => {
    const store = openTemporaryStore();
    const members = Buffer.concat([gzipSync(ironflockCsv([row('1')])), gzipSync(`${row('2')}\n`)]);
    expect((await importInto(store, temporaryFile('two.csv.gz', members))).imported).toBe(2);
  });

  it('that is cut off gives what came before the cut, and says so', async () => {
    const store = openTemporaryStore();
    const packed = gzipSync(readFileSync(fixture('flowtriq-export.ndjson')));
    const report = await importInto(
      store,
      temporaryFile('cut.ndjson.gz', packed.subarray(0, packed.length * 0.6)),
    );
    expect(report.warnings.map((warning) => warning.code)).toContain('cut-off');
    expect(report.imported).toBeGreaterThan(300);
    expect(report.imported).toBeLessThan(900);
    expect(report.read).toBe(report.imported + report.duplicates + report.rejected);
  });

  it('that unpacks to far more than any log is refused', async () => {
    const store = openTemporaryStore();
    const bomb = gzipSync(
      Buffer.concat([
        Buffer.from(ironflockCsv([row('1')])),
        Buffer.alloc(80_000_000, `${' '.repeat(9999)}\n`),
      ]),
    );
    await expect(importInto(store, temporaryFile('bomb.csv.gz', bomb))).rejects.toThrow('as no log does');
    expect(countEvents(store, query())).toBe(0);
  });
});

describe('a ZIP archive', () => {
  it('gives each export inside an import of its own, packed or not, in any folder', async () => {
    const store = openTemporaryStore();
    const path = await writeZip({
      'a.csv': ironflockCsv([row('1'), row('2')]),
      'deep/b.csv.gz': gzipSync(ironflockCsv([row('3')])),
      'readme.md': 'not an export',
      '.hidden.csv': 'no',
    });
    const reports = await importAll(store, path);
    expect(reports.map(({ file, imported }) => [file, imported])).toEqual([
      ['exports.zip › a.csv', 2],
      ['exports.zip › deep/b.csv.gz', 1],
    ]);
  });

  it('that is damaged or holds no export says so', async () => {
    const whole = readFileSync(await writeZip({ 'a.csv': ironflockCsv([row('1')]) }));
    await expect(
      importAll(openTemporaryStore(), temporaryFile('cut.zip', whole.subarray(0, 60))),
    ).rejects.toThrow('cut.zip is damaged');
    await expect(importAll(openTemporaryStore(), await writeZip({ 'a.md': 'x' }))).rejects.toThrow(
      'holds no export files',
    );
  });
});

describe('a folder', () => {
  it('gives every export below it, in the order of their names', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '2026', '01'), { recursive: true });
    writeFileSync(join(folder, '2026', '01', 'b.csv'), ironflockCsv([row('2')]));
    writeFileSync(join(folder, '2026', 'a.ndjson'), readFileSync(fixture('flowtriq-export.ndjson')));
    writeFileSync(join(folder, 'notes.pdf'), 'no');
    const store = openTemporaryStore();
    const reports = await importAll(store, folder);
    expect(reports.map(({ file }) => file)).toEqual([join('2026', '01', 'b.csv'), join('2026', 'a.ndjson')]);
    expect(countEvents(store, query())).toBe(901);
  });

  it('without any says so', async () => {
    await expect(importAll(openTemporaryStore(), temporaryFolder())).rejects.toThrow('holds no export files');
  });
});

describe('one file after another', () => {
  it('sees what the files before stored, and nothing of a file that failed', async () => {
    const store = openTemporaryStore();
    const bad = `${ironflockCsv([row('new-device', 'new-value')])}"2026,`;
    await importInto(store, temporaryFile('a.csv', ironflockCsv([row('1')])));
    await expect(importInto(store, temporaryFile('b.csv', bad))).rejects.toThrow('never closed');
    const after = await importInto(
      store,
      temporaryFile('c.csv', ironflockCsv([row('1'), row('other'), row('new-device', 'new-value')])),
    );
    expect([after.imported, after.duplicates]).toEqual([2, 1]);
    const events = [...eachEvent(store, query(), 'oldest')];
    expect(events.map((event) => event.targetId)).toEqual(['1', 'other', 'new-device']);
    expect(
      (await verifyLog(store, null, { signal: new AbortController().signal, progress: () => {} })).failures,
    ).toEqual([]);
  });

  it('sees what another program stored in between', async () => {
    const folder = temporaryFolder();
    const one = openTemporaryStore(folder);
    const two = openTemporaryStore(folder);
    await importInto(one, temporaryFile('a.csv', ironflockCsv([row('1')])));
    await importInto(two, temporaryFile('b.csv', ironflockCsv([row('2'), row('3')])));
    const again = await importInto(one, temporaryFile('c.csv', ironflockCsv([row('1'), row('2'), row('4')])));
    expect([again.imported, again.duplicates]).toEqual([1, 2]);
    expect(
      (await verifyLog(two, null, { signal: new AbortController().signal, progress: () => {} })).failures,
    ).toEqual([]);
  });

  it('leaves the log as it was when the disk is full', async () => {
    const store = openTemporaryStore();
    await importInto(store, temporaryFile('a.csv', ironflockCsv([row('1')])));
    const pages = store.db.pragma('page_count', { simple: true }) as number;
    store.db.pragma(`max_page_count = ${pages + 20}`);
    const many = ironflockCsv(Array.from({ length: 5000 }, (_, key) => row(String(key), `value ${key}`)));
    await expect(importInto(store, temporaryFile('b.csv', many))).rejects.toMatchObject({
      code: 'SQLITE_FULL',
    });
    expect(countEvents(store, query())).toBe(1);
    expect(
      (await verifyLog(store, null, { signal: new AbortController().signal, progress: () => {} })).failures,
    ).toEqual([]);
    store.db.pragma('max_page_count = 1000000');
    expect((await importInto(store, temporaryFile('b.csv', many))).imported).toBe(5000);
  });
});

describe('the form of a text', () => {
  const records = [1, 2, 3].map((key) => ({
    timestamp: '2026-01-05T10:00:00Z',
    user: { username: 'a' },
    asset: { type: 'device', key },
    aspect: 'Name',
    old: 'a',
    new: 'b',
  }));

  it.each(['Records', 'records', 'entries', 'data', 'value', 'events', 'logs', 'items', 'result'])(
    'may be one object with the list under %s',
    async (name) => {
      for (const space of [undefined, 2]) {
        const store = openTemporaryStore();
        const text = JSON.stringify(
          { kind: 'page', next: { data: 'x' }, [name]: records, total: 3 },
          null,
          space,
        );
        const report = await importInto(store, temporaryFile('page.json', text));
        expect([report.imported, report.rejected, report.format]).toEqual([3, 0, 'json']);
        expect(report.warnings).toEqual([]);
        const cut = await importInto(
          openTemporaryStore(),
          temporaryFile('page.json', text.slice(0, text.lastIndexOf(']') - 1)),
        );
        expect(cut.warnings.map((warning) => warning.code)).toContain('cut-off');
      }
    },
  );

  it('may be pages one after the other, none of which is lost', async () => {
    const [first, second, third] = records;
    const pages = [[first, second], [third]];
    const page = (list: unknown) => ({ data: list, next: null });
    const forms = {
      'objects on lines': pages.map((list) => JSON.stringify(page(list))).join('\n'),
      'objects over lines': pages.map((list) => JSON.stringify(page(list), null, 2)).join(''),
      arrays: pages.map((list) => JSON.stringify(list)).join(''),
      'arrays in an array': JSON.stringify(pages),
      'objects in an array': JSON.stringify(pages.map(page), null, 1),
      'records with commas between them': records.map((record) => JSON.stringify(record)).join(',\n'),
      'records over lines': records.map((record) => JSON.stringify(record, null, 2)).join('\n'),
    };
    for (const [form, text] of Object.entries(forms)) {
      const report = await importInto(openTemporaryStore(), temporaryFile('pages.json', text));
      expect([form, report.imported, report.rejected, report.warnings]).toEqual([form, 3, 0, []]);
    }
  });

  it('may be one object with the list under any name, where nothing else can be meant', async () => {
    for (const space of [undefined, 2]) {
      const text = JSON.stringify({ errors: [], auditTrail: records, ok: true }, null, space);
      const report = await importInto(openTemporaryStore(), temporaryFile('trail.json', text));
      expect([report.imported, report.rejected, report.warnings]).toEqual([3, 0, []]);
    }
  });

  it('may be one object with the list in an object inside, such as a search answers', async () => {
    const wrapped = [
      { ok: true, data: { entries: records, total: 3 } },
      { meta: { trail: { list: records } }, tags: [] },
    ];
    for (const [value, space] of wrapped.flatMap((one) => [[one, undefined] as const, [one, 2] as const])) {
      const path = temporaryFile('answer.json', JSON.stringify(value, null, space));
      const report = await importInto(openTemporaryStore(), path);
      expect([report.imported, report.rejected, report.preset]).toEqual([3, 0, 'ironflock']);
    }
  });

  it('may have its list, or the end of its first record, behind anything a record may be as long as', async () => {
    const long = 'x'.repeat(3 << 20);
    const facets = Array.from({ length: 300_000 }, (_, at) => ({ at }));
    const [first, ...others] = records;
    const forms = {
      'a long text': { cursor: long, entries: records },
      'a long list that is none of records': { facets, entries: records },
      'a list deeper inside, by another name': { cursor: long, answer: { trail: records } },
      'a long first record in a list': { entries: [{ ...first, note: long }, ...others] },
      'a long first record in an array': [{ ...first, note: long }, ...others],
    };
    for (const [form, value] of Object.entries(forms)) {
      const path = temporaryFile('long.json', JSON.stringify(value));
      const report = await importInto(openTemporaryStore(), path);
      expect([form, report.imported, report.rejected, report.preset]).toEqual([form, 3, 0, 'ironflock']);
    }
    const lines = [{ ...first, note: long }, ...others].map((record) => JSON.stringify(record)).join('\n');
    expect((await importInto(openTemporaryStore(), temporaryFile('long.ndjson', lines))).imported).toBe(3);
  });

  it('is read by the list whose records a preset knows, where another stands before it', async () => {
    const value = { data: [], items: [{ name: 'a saved search' }], trail: records };
    const path = temporaryFile('lists.json', JSON.stringify(value));
    expect((await importInto(openTemporaryStore(), path)).imported).toBe(3);
  });

  it('is refused in clear words where it holds no record', async () => {
    for (const text of ['[]', '{}', '{"Records":[]}'])
      await expect(importInto(openTemporaryStore(), temporaryFile('none.json', text))).rejects.toThrow(
        'holds no record',
      );
  });

  it('may be one record alone', async () => {
    for (const space of [undefined, 2]) {
      const report = await importInto(
        openTemporaryStore(),
        temporaryFile('one.json', JSON.stringify(records[0], null, space)),
      );
      expect([report.imported, report.rejected, report.warnings]).toEqual([1, 0, []]);
    }
  });

  it('may be CSV with semicolons, tabs or pipes, a sep= line, and titles above the header', async () => {
    const lines = ironflockCsv([row('1'), row('2')]);
    for (const [text, line] of [
      [lines.replaceAll(',', ';'), 2],
      [lines.replaceAll(',', '\t'), 2],
      [lines.replaceAll(',', '|'), 2],
      [`sep=;\n${lines.replaceAll(',', ';')}`, 3],
      [`Audit log of Acme\nexported, today\n\n${lines}`, 5],
    ] as const) {
      const store = openTemporaryStore();
      const report = await importInto(store, temporaryFile('export.csv', text));
      expect([report.imported, report.rejected]).toEqual([2, 0]);
      expect([...eachEvent(store, query(), 'oldest')][0]?.row).toBe(line);
    }
  });
});

describe('the encoding of a text', () => {
  it('is windows-1252 where it is neither UTF-8 nor anything but ASCII before, and the report says so', async () => {
    const text = ironflockCsv([
      ...Array.from({ length: 9000 }, (_, key) => row(String(key))),
      row('x', 'Grüße €'),
    ]);
    const bytes = Buffer.from(text.replace('€', '\x80'), 'latin1');
    const store = openTemporaryStore();
    const report = await importInto(store, temporaryFile('old.csv', bytes));
    expect([report.imported, report.warnings.map((warning) => warning.code)]).toEqual([9001, ['encoding']]);
    const [event] = eachEvent(store, query({ filter: 'target:x' }), 'oldest');
    expect(event?.newValue).toBe('Grüße €');
  });

  it('is UTF-16 by its byte order mark or by its NUL bytes', async () => {
    const text = ironflockCsv([row('1', '日本')]);
    const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
    for (const bytes of [
      Buffer.from(text, 'utf16le'),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      swapped(Buffer.from(text, 'utf16le')),
      swapped(Buffer.from(`\ufeff${text}`, 'utf16le')),
    ]) {
      const store = openTemporaryStore();
      const report = await importInto(store, temporaryFile('wide.csv', bytes));
      expect([report.imported, report.warnings]).toEqual([1, []]);
      expect([...eachEvent(store, query(), 'oldest')][0]?.newValue).toBe('日本');
    }
  });

  it('survives characters that lie across the pieces it is read in', async () => {
    const filler = Array.from({ length: 40_000 }, (_, key) => row(String(key), '日本語€🙂'.slice(key % 5)));
    const store = openTemporaryStore();
    const report = await importInto(store, temporaryFile('long.csv', ironflockCsv(filler)));
    expect([report.imported, report.rejected, report.warnings]).toEqual([40_000, 0, []]);
    expect(countEvents(store, query({ filter: '\ufffd' }))).toBe(0);
  });
});

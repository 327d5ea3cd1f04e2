// How long a pack takes and how much memory it needs, beside plain writers of the same rows: exceljs with one streamed sheet
// and pdfkit with lines of text. Each is a process of its own, so that its peak memory is its own.
//
//   node bench/pack.ts [--rows 100000]        a pack of so many events, and the baselines, as ratios
//   node bench/pack.ts --rows 1000000 --only pack

import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import ExcelJS from 'exceljs';
import PDFDocument from 'pdfkit';
import { createReviewReader } from '#core/engine/pack-reviews.ts';
import { createPack } from '#core/evidence/create-pack.ts';
import type { Event, PackRequest } from '#core/model.ts';
import { eachEvent } from '#core/query/events.ts';
import { usualSettings } from '#core/review-model.ts';
import { openStore } from '#core/store/open.ts';
import { makeLargeWorkspace } from './large-workspace.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    only: { type: 'string' },
    part: { type: 'string' },
    in: { type: 'string' },
  },
});
const kinds = ['pack', 'exceljs', 'pdfkit'] as const;
type Kind = (typeof kinds)[number];
type Measured = { seconds: number; cpu: number; megabytes: number; size: number };

/** Columns of the plain writers: what a person would put into a sheet. */
const columns = [
  ...['time', 'source', 'category', 'action', 'actor', 'targetType', 'targetId', 'targetName', 'scope'],
  ...['subject', 'field', 'oldValue', 'newValue', 'ip', 'outcome', 'uid'],
] as (keyof Event)[];

if (values.part && values.in) await runPart(values.part as Kind, values.in);
else compare(Number(values.rows ?? 100_000), values.only);

function compare(rows: number, only: string | undefined): void {
  const folder = mkdtempSync(join(tmpdir(), 'exhibit-bench-pack-'));
  try {
    makeLargeWorkspace(join(folder, 'log'), rows);
    const found = new Map<Kind, Measured>();
    for (const kind of kinds) {
      if (only !== undefined && only !== kind) continue;
      const args = [...process.execArgv, import.meta.filename, '--part', kind, '--in', folder];
      const run = spawnSync(process.execPath, args, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (run.status !== 0) throw new Error(`${kind} failed`);
      const one = JSON.parse(run.stdout) as Measured;
      found.set(kind, one);
      const { seconds, cpu, megabytes, size } = one;
      console.log(
        `${kind.padEnd(8)} ${rows} events: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of the processor, ${megabytes} MB at most, ${(size / 1e6).toFixed(1)} MB written`,
      );
    }
    const [pack, sheet, paper] = kinds.map((kind) => found.get(kind));
    if (pack && sheet)
      console.log(`pack / exceljs alone: ${(pack.cpu / sheet.cpu).toFixed(2)} of the processor`);
    if (pack && paper)
      console.log(`pack / pdfkit alone: ${(pack.cpu / paper.cpu).toFixed(2)} of the processor`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runPart(kind: Kind, folder: string): Promise<void> {
  const store = openStore(join(folder, 'log'), { mode: 'read' });
  const events = () =>
    eachEvent(store, { filter: '', from: '2026-01-01', to: '2030-12-31', zone: 'UTC' }, 'oldest');
  const started = performance.now();
  const path = join(folder, kind);
  let size = 0;
  if (kind === 'pack') {
    mkdirSync(path);
    const request: PackRequest = {
      ...{ framework: 'iso27001', from: '2026-01-01', to: '2030-12-31', zone: 'UTC', filter: '' },
      ...{ organisation: 'Bench', preparedBy: 'bench', controls: [], conclusions: [], redaction: null },
      leftOut: [],
      samples: [],
    };
    const reviews = createReviewReader(request, {
      ...{ settings: usualSettings, explanations: [], campaigns: [], exceptions: [], leavers: null },
    });
    const { signal } = new AbortController();
    size = (await createPack(store, request, { into: path, signal, progress: () => {}, reviews })).bytes;
  } else {
    const file = createWriteStream(path);
    if (kind === 'exceljs') {
      const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
        stream: file,
        useStyles: false,
        useSharedStrings: false,
      });
      const sheet = workbook.addWorksheet('Events');
      sheet.addRow(columns).commit();
      for (const event of events()) sheet.addRow(columns.map((key) => event[key])).commit();
      sheet.commit();
      await workbook.commit();
    } else {
      const doc = new PDFDocument({ size: 'A4', layout: 'landscape' });
      doc.pipe(file);
      doc.fontSize(6);
      let rows = 0;
      for (const event of events()) {
        if (rows++ >= 20_000) break;
        doc.text(columns.map((key) => event[key] ?? '').join('  '));
      }
      doc.end();
    }
    await finished(file);
    size = file.bytesWritten;
  }
  const { user, system } = process.cpuUsage();
  const measured: Measured = {
    seconds: (performance.now() - started) / 1000,
    cpu: (user + system) / 1e6,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    size,
  };
  store.close();
  console.log(JSON.stringify(measured));
}

// Writes an IronFlock export of any size and 12 columns, always the same for the same size: 2,000 people, 20,000
// devices, values that follow on from each other, one row in ten with text beyond ASCII.

import { closeSync, openSync, writeSync } from 'node:fs';

const aspects = [
  'Name',
  'Description',
  'App state',
  'Release changes',
  'Tunnel changes',
  'Remote access',
  'Privilege changes',
];

type Row = {
  timestamp: string;
  user: string;
  device: number;
  project: string;
  aspect: string;
  subject: string;
  old: string;
  next: string;
  ip: string;
  session: string;
};

function* eachRow(rows: number): Generator<Row> {
  let state = 1;
  // A linear congruential generator is plenty for shaping a load.
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
  let time = Date.UTC(2026, 0, 1);
  for (let row = 0; row < rows; row++) {
    time += random(2000);
    const device = random(20_000);
    const aspect = aspects[random(aspects.length)] as string;
    const isAccess = aspect === 'Privilege changes';
    const subject = isAccess ? `user${random(2000)}@acme.example` : '';
    const value = (step: number) =>
      random(10) === 0 ? `Wert ${row + step} – Prüfstand Süd` : `value ${row + step}`;
    yield {
      timestamp: new Date(time).toISOString(),
      user: `user${random(2000)}@acme.example`,
      device,
      project: `plant-${device % 20}`,
      aspect,
      subject,
      old: isAccess ? '["READ"]' : value(0),
      next: isAccess ? '["READ","MAINTAIN"]' : value(1),
      ip: `10.0.${random(8)}.${random(256)}`,
      session: `s-${Math.floor(row / 7)}`,
    };
  }
}

const quoted = (cell: string) => (cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Writes `rows` events as CSV to `file`. */
export function writeIronflockExport(file: string, rows: number): void {
  const header =
    'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value,ip,session\n';
  writePieces(
    file,
    header,
    '',
    rows,
    (row) =>
      `${row.timestamp},${row.user},device,${row.device},press-${row.device},${row.project},${row.aspect},${row.subject},${quoted(row.old)},${quoted(row.next)},${row.ip},${row.session}\n`,
  );
}

/** The same events as JSON: one a line, or all of them in one array. */
export function writeIronflockJson(file: string, rows: number, form: 'lines' | 'array'): void {
  let isFirst = true;
  writePieces(file, form === 'array' ? '[' : '', form === 'array' ? ']\n' : '', rows, (row) => {
    const { timestamp, user, device, project, aspect, subject, old, next, ip, session } = row;
    const isAccess = subject !== '';
    const record = JSON.stringify({
      timestamp,
      user: { username: user },
      asset: { type: 'device', key: device, name: `press-${device}`, project },
      aspect,
      subject: isAccess ? { username: subject } : null,
      old: isAccess ? JSON.parse(old) : old,
      new: isAccess ? JSON.parse(next) : next,
      ip,
      session,
    });
    if (form === 'lines') return `${record}\n`;
    const text = isFirst ? record : `,\n${record}`;
    isFirst = false;
    return text;
  });
}

function writePieces(
  file: string,
  begin: string,
  end: string,
  rows: number,
  write: (row: Row) => string,
): void {
  const output = openSync(file, 'w');
  let text = begin;
  for (const row of eachRow(rows)) {
    text += write(row);
    if (text.length > 1 << 20) {
      writeSync(output, text);
      text = '';
    }
  }
  writeSync(output, text + end);
  closeSync(output);
}

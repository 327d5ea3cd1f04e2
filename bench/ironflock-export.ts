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

/** Writes `rows` events as CSV to `file`. */
export function writeIronflockExport(file: string, rows: number): void {
  const output = openSync(file, 'w');
  let state = 1;
  // A linear congruential generator is plenty for shaping a load.
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
  let time = Date.UTC(2026, 0, 1);
  let text =
    'timestamp,user,asset_type,asset_key,asset_name,project,aspect,subject,old_value,new_value,ip,session\n';
  for (let row = 0; row < rows; row++) {
    time += random(2000);
    const device = random(20_000);
    const aspect = aspects[random(aspects.length)] as string;
    const isAccess = aspect === 'Privilege changes';
    const subject = isAccess ? `user${random(2000)}@acme.example` : '';
    const value = (step: number) =>
      random(10) === 0 ? `Wert ${row + step} – Prüfstand Süd` : `value ${row + step}`;
    const old = isAccess ? '"[""READ""]"' : value(0);
    const next = isAccess ? '"[""READ"",""MAINTAIN""]"' : value(1);
    text += `${new Date(time).toISOString()},user${random(2000)}@acme.example,device,${device},press-${device},plant-${device % 20},${aspect},${subject},${old},${next},10.0.${random(8)}.${random(256)},s-${Math.floor(row / 7)}\n`;
    if (text.length > 1 << 20) {
      writeSync(output, text);
      text = '';
    }
  }
  writeSync(output, text);
  closeSync(output);
}

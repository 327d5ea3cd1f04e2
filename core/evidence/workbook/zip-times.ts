// Gives every entry of a ZIP file one fixed time, in place. exceljs stamps its entries with the clock and offers no
// way to say otherwise; without this, two workbooks of one recipe would differ in nothing but that.

import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/** 1980-01-01 00:00, the earliest a ZIP can say: time 0, date 33 (APPNOTE.TXT 4.4.6). */
const fixedTime = Buffer.from([0, 0, 33, 0]);

/** Rewrites time and date in all headers. Archives in Zip64 form (over 4 GB) are left as they are. */
export function setZipTimes(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    const { size } = fstatSync(fd);
    const tail = Buffer.alloc(Math.min(size, 65_557));
    readSync(fd, tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    if (end === -1) throw new Error('The workbook is not a ZIP file.');
    const entries = tail.readUInt16LE(end + 10);
    const length = tail.readUInt32LE(end + 12);
    const offset = tail.readUInt32LE(end + 16);
    if (offset === 0xffffffff || entries === 0xffff) return;
    const directory = Buffer.alloc(length);
    readSync(fd, directory, 0, length, offset);
    for (let at = 0; at < length; ) {
      fixedTime.copy(directory, at + 12);
      writeSync(fd, fixedTime, 0, 4, directory.readUInt32LE(at + 42) + 10);
      at +=
        46 +
        directory.readUInt16LE(at + 28) +
        directory.readUInt16LE(at + 30) +
        directory.readUInt16LE(at + 32);
    }
    writeSync(fd, directory, 0, length, offset);
  } finally {
    closeSync(fd);
  }
}

// Makes room for a signature in a PDF by an incremental update (ISO 32000-1, 7.5.6): the file's bytes stay as they are, and
// behind them come a signature field that nobody sees (12.7.4.5), the signature dictionary (12.8.1), and the catalog and the
// first page again with a reference to the field. Nothing that is drawn is touched. The same input gives the same bytes,
// so that verification can write the update again and see that it is nothing else.

import { hash } from 'node:crypto';

/** What the update is written from, beside the PDF. */
export type PdfSigning = {
  /** When the signer says that it was signed: an RFC 3339 instant in UTC, of whole seconds. */
  at: string;
  /** How many bytes there is room for. */
  room: number;
};

/** A PDF with room for its signature: zeros in hex from `gap.start`, where `<` is, up to `gap.end`, behind `>`. */
export type Prepared = { bytes: Buffer; gap: { start: number; end: number } };

/** Signatures are CMS with the attributes that PAdES wants (ETSI EN 319 142-1, 6.3). */
const subFilter = 'ETSI.CAdES.detached';
const byteRangeWidth = 10;

/**
 * Adds the update to a PDF as pdfkit writes them: one classic cross-reference table, every dictionary that is needed
 * in an object of its own. Throws an Error that says what is not so in another PDF.
 */
export function prepareSignature(pdf: Buffer, { at, room }: PdfSigning): Prepared {
  const { trailer, xref, objectAt } = readPdf(pdf);
  const size = Number(need(trailer, /\/Size (\d+)/, 'its size')[1]);
  const root = Number(need(trailer, /\/Root (\d+) 0 R/, 'its catalog')[1]);
  const info = /\/Info \d+ 0 R/.exec(trailer)?.[0] ?? '';
  const id = need(trailer, /\/ID \[<([0-9a-f]+)> ?</i, 'its id')[1] as string;
  const page = firstPage(objectAt, root);
  const [signature, field] = [size, size + 1];

  const catalog = objectAt(root);
  if (/\/AcroForm\b/.test(catalog)) throw new Error('it has a form, or a signature, already');
  const objects = new Map<number, string>([
    // SigFlags (12.7.2): there is a signature, and who writes to the file should only append.
    [root, withEntry(catalog, `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>`)],
    [page.number, withAnnotation(page.text, `${field} 0 R`)],
    [signature, signatureDictionary(at, room)],
    [
      field,
      // A field and its widget in one (12.5.6.19): no area, so not visible; printed (4) and locked (128), which an archive format wants.
      `<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T (Signature)\n/TU (Digital signature of this report)\n/Rect [0 0 0 0]\n/F 132\n/P ${page.number} 0 R\n/V ${signature} 0 R\n>>`,
    ],
  ]);

  let tail = pdf.at(-1) === 0x0a ? '' : '\n';
  const offsets = new Map<number, number>();
  for (const [number, text] of [...objects].sort(([a], [b]) => a - b)) {
    offsets.set(number, pdf.length + tail.length);
    tail += `${number} 0 obj\n${text}\nendobj\n`;
  }
  const start = pdf.length + tail.length;
  // The first half of the id stays, the second is another one for each version of the file (14.4).
  const version = hash('sha256', `${id} ${at}`).slice(0, 32);
  tail += `xref\n${sections(offsets)}trailer\n<<\n/Size ${size + 2}\n/Root ${root} 0 R\n${info}\n/ID [<${id}> <${version}>]\n/Prev ${xref}\n>>\nstartxref\n${start}\n%%EOF\n`;
  return withByteRange(pdf, tail, room);
}

/** The parts of a signed file that are signed: all but what is in the gap. */
export const signedBytes = ({ bytes, gap }: Prepared): Buffer =>
  Buffer.concat([bytes.subarray(0, gap.start), bytes.subarray(gap.end)]);

/** What an update behind `length` bytes was written from, as its own signature dictionary says; null for none of ours. */
export function readSigning(bytes: Buffer, length: number): PdfSigning | null {
  const tail = bytes.subarray(length).toString('latin1');
  const [, digits] = /\n\/M \(D:(\d{14})Z\)\n/.exec(tail) ?? [];
  const [, contents] = /\n\/Contents <([0-9a-f]*)>\n/.exec(tail) ?? [];
  if (digits === undefined || contents === undefined) return null;
  const at = digits.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z');
  return { at, room: contents.length / 2 };
}

/** The CMS that is in the gap, and the zeros behind it. */
export const readGap = ({ bytes, gap }: Prepared): Buffer =>
  Buffer.from(bytes.toString('latin1', gap.start + 1, gap.end - 1), 'hex');

function signatureDictionary(at: string, room: number): string {
  const time = at.replace(/\D/g, '').slice(0, 14);
  const range = ' '.repeat(byteRangeWidth * 3 + 2);
  return `<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /${subFilter}\n/M (D:${time}Z)\n/ByteRange [0 ${range}]\n/Contents <${'0'.repeat(room * 2)}>\n>>`;
}

/** Fills in which bytes are signed (12.8.1): from the beginning to the gap, and from behind it to the end. */
function withByteRange(pdf: Buffer, tail: string, room: number): Prepared {
  const bytes = Buffer.concat([pdf, Buffer.from(tail, 'latin1')]);
  const start = bytes.indexOf('/Contents <', pdf.length) + '/Contents '.length;
  const end = start + room * 2 + 2;
  const numbers = [start, end, bytes.length - end].map((number) => String(number).padEnd(byteRangeWidth));
  bytes.write(
    numbers.join(' '),
    bytes.indexOf('/ByteRange [0 ', pdf.length) + '/ByteRange [0 '.length,
    'latin1',
  );
  return { bytes, gap: { start, end } };
}

/** Sections of the cross-reference table (7.5.4): entries of 20 bytes, runs of numbers together. */
function sections(offsets: ReadonlyMap<number, number>): string {
  const runs: number[][] = [];
  for (const number of offsets.keys()) {
    const last = runs.at(-1);
    if (last?.at(-1) === number - 1) last.push(number);
    else runs.push([number]);
  }
  const entry = (number: number) => `${String(offsets.get(number)).padStart(10, '0')} 00000 n \n`;
  return runs.map((run) => `${run[0]} ${run.length}\n${run.map(entry).join('')}`).join('');
}

function firstPage(objectAt: (number: number) => string, root: number): { number: number; text: string } {
  let number = Number(need(objectAt(root), /\/Pages (\d+) 0 R/, 'its pages')[1]);
  // Trees of pages are a few levels deep; one that leads back to itself ends here, too.
  for (let depth = 0; depth < 20; depth++) {
    const text = objectAt(number);
    if (/\/Type \/Page\n/.test(text)) return { number, text };
    number = Number(need(text, /\/Kids \[(\d+) 0 R/, 'its first page')[1]);
  }
  throw new Error('it has no first page');
}

function withAnnotation(page: string, reference: string): string {
  if (!/\/Annots\b/.test(page)) return withEntry(page, `/Annots [${reference}]`);
  need(page, /\/Annots \[[^\]]*\]/, 'the annotations of its first page');
  return page.replace(/\/Annots \[[^\]]*/, `$& ${reference}`);
}

/** A dictionary with one entry more, as its last. */
const withEntry = (dictionary: string, entry: string): string =>
  dictionary.replace(/\n?>>$/, `\n${entry}\n>>`);

/** Where things are in a PDF: its trailer, its cross-reference table (7.5.4, 7.5.5), and dictionaries by their number. */
function readPdf(pdf: Buffer): { trailer: string; xref: number; objectAt(number: number): string } {
  const end = pdf.toString('latin1', Math.max(0, pdf.length - 2048));
  const xref = Number(need(end, /startxref\n(\d+)\n%%EOF\n?$/, 'its end')[1]);
  const table = pdf.toString('latin1', xref);
  const [head, count] = need(table, /^xref\n0 (\d+)\n/, 'its table of objects');
  const trailer = need(table, /trailer\n(<<[\s\S]*>>)\nstartxref\n/, 'its trailer')[1] as string;
  if (/\/(Prev|Encrypt|XRefStm)\b/.test(trailer)) throw new Error('it was changed after it was written');
  return {
    trailer,
    xref,
    objectAt(number) {
      const line = table.slice(
        (head as string).length + 20 * number,
        (head as string).length + 20 * number + 20,
      );
      const offset = Number(need(line, /^(\d{10}) 00000 n/, `object ${number}`)[1]);
      if (number >= Number(count)) throw new Error(`it has no object ${number}`);
      const text = pdf.toString('latin1', offset, Math.max(offset, pdf.indexOf('\nendobj', offset)));
      return need(text, new RegExp(`^${number} 0 obj\\n(<<[\\s\\S]*>>)$`), `object ${number}`)[1] as string;
    },
  };
}

function need(text: string, pattern: RegExp, what: string): RegExpExecArray {
  const found = pattern.exec(text);
  if (!found) throw new Error(`${what} cannot be read`);
  return found;
}

// Judges the signed report of a pack: that it is the report in data/ with a signature behind it and nothing else, and that the
// signature holds. Whether the certificate is really the person's that it names, a reader's list of authorities says.

import type { X509Certificate } from 'node:crypto';
import type { Additions, Holder } from '#core/addition-model.ts';
import type { PackFiles } from './pack-files.ts';
import { type Prepared, prepareSignature, readGap, readSigning, signedBytes } from './pdf-update.ts';
import { reportPath, signedReportPath } from './report-files.ts';
import { readBytes, type Verdicts } from './verify-bag.ts';
import { verifyToken } from './verify-signature-token.ts';

/** Reads a certificate for people. */
export function holderOf({ subject, issuer, validFrom, validTo }: X509Certificate): Holder {
  const name = (lines: string) => lines.split('\n').filter(Boolean).join(', ') || 'nobody named';
  const day = (text: string) => new Date(text).toISOString().slice(0, 10);
  return { subject: name(subject), issuer: name(issuer), from: day(validFrom), to: day(validTo) };
}

/** Who signed the report of a pack, and when as they say, or what is wrong with that; null where nobody did. */
export async function readSignedReport(files: PackFiles): Promise<Additions['report']> {
  if (!files.sizes.has(signedReportPath)) return null;
  const [report, signed] = [await readBytes(files, reportPath), await readBytes(files, signedReportPath)];
  try {
    const { at, holder } = check(report, signed);
    return { ...holder, at, fault: null };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

/** Says nothing of a pack whose report nobody signed. */
export async function judgePdfSignature(verdicts: Verdicts, files: PackFiles): Promise<void> {
  const found = await readSignedReport(files);
  if (!found) return;
  const faults = found.fault === null ? [] : [{ where: signedReportPath, detail: found.fault }];
  const passed = found.fault === null ? passedWords(found) : '';
  verdicts.judge('PDF signature', faults, passed);
  verdicts.checks.push({
    name: 'Certificate of the PDF signature',
    status: 'skipped',
    detail:
      'who signed is not checked here: open the file in a PDF reader that knows whom you trust, or use pdfsig',
  });
}

const passedWords = ({ at, subject, issuer, from, to }: Holder & { at: string }): string =>
  `${signedReportPath} is the report and a signature over all of it, of ${at} as its signer says, with the certificate of ${subject}, from ${issuer}, valid from ${from} to ${to}`;

function check(report: Buffer | null, signed: Buffer | null): { at: string; holder: Holder } {
  if (!report || !signed) throw new Error('cannot be read');
  if (!signed.subarray(0, report.length).equals(report)) throw new Error(`does not begin with ${reportPath}`);
  const signing = readSigning(signed, report.length);
  if (!signing) throw new Error('what follows the report is not a signature as Exhibit adds it');
  // The update written again: a byte that differs outside the signature is one that was added or changed.
  const expected = prepareSignature(report, signing);
  const found: Prepared = { bytes: signed, gap: expected.gap };
  if (!signedBytes(expected).equals(signedBytes(found)))
    throw new Error('holds more than the report and its signature, or was changed');
  const certificate = verifyToken(readGap(found), signedBytes(found));
  return { at: signing.at, holder: holderOf(certificate) };
}

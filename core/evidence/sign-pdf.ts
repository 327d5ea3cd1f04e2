// Signs the report of a finished pack with a person's certificate (PAdES baseline B-B, ETSI EN 319 142-1): the report in data/
// stays, its signed copy is a tag file beside data/.

import type { CertificateFound, PdfSignature } from '#core/addition-model.ts';
import { AppError } from '#core/errors.ts';
import { formatUtc } from '#core/time.ts';
import type { Identity } from './certificate-file.ts';
import { type Prepared, prepareSignature, signedBytes } from './pdf-update.ts';
import { reportPath, signedReportPath } from './report-files.ts';
import { roomFor, signToken } from './signature-token.ts';
import { type AddOptions, addTagFiles, type OpenPack, withFinishedPack } from './tag-files.ts';
import { readBytes } from './verify-bag.ts';
import { holderOf } from './verify-pdf-signature.ts';
import { readTimeStamps } from './verify-time-stamps.ts';

/**
 * Adds report-signed.pdf to the pack in the folder `path`, in place of an earlier one, and writes the ZIP file beside it anew
 * where there is one. `now` is in ms. Throws AppError('input') for a certificate that is not valid now or has a key of
 * another kind, for a signed report that a time stamp speaks of, and as `withFinishedPack` does; then nothing is changed.
 */
export async function signPdf(
  path: string,
  identity: Identity,
  options: AddOptions & { now: number },
): Promise<PdfSignature> {
  const problem = whyUnusable(identity, options.now);
  if (problem !== null) throw new AppError('input', problem);
  const words = {
    nobody: 'nobody should sign its report',
    needs: 'signing its report',
    here: 'Sign its report there.',
  };
  return withFinishedPack(path, words, options, async (pack) => {
    const replaced = pack.files.sizes.has(signedReportPath);
    if (replaced) await requireUnstamped(pack);
    const report = await readBytes(pack.files, reportPath);
    const at = `${formatUtc(options.now).slice(0, 19)}Z`;
    const prepared = prepare(report, at, roomFor(identity));
    const token = signToken(signedBytes(prepared), identity);
    prepared.bytes.write(token.toString('hex'), prepared.gap.start + 1, 'latin1');
    await addTagFiles(pack, new Map([[signedReportPath, prepared.bytes]]), options);
    return { pack: pack.packId, file: signedReportPath, at, replaced, ...holderOf(identity.certificate) };
  });
}

/** What a person is shown of a certificate before they sign with it. `now` is in ms. */
export const describeIdentity = (identity: Identity, now: number): CertificateFound => ({
  ...holderOf(identity.certificate),
  problem: whyUnusable(identity, now),
});

/** Why nothing can be signed with a certificate at `now`, in ms, and what to do; null where it can. */
function whyUnusable({ key, certificate }: Identity, now: number): string | null {
  const { subject } = holderOf(certificate);
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  const remedy = 'Sign with a certificate that is valid now.';
  const words = (at: number) => `${formatUtc(at).slice(0, 16).replace('T', ' ')} UTC`;
  if (now < from) return `The certificate of ${subject} is not valid before ${words(from)}. ${remedy}`;
  if (now > to) return `The certificate of ${subject} was valid until ${words(to)}. ${remedy}`;
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec' || (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048))
    return null;
  return 'PDF readers would not take a signature of this certificate’s key. Use a certificate with an RSA key of 2048 bits or more, or an EC key.';
}

/** A stamp names the files that were there; one of them taken away would make it fail. */
async function requireUnstamped({ files }: OpenPack): Promise<void> {
  const stamps = await readTimeStamps(files);
  const isIn = (text: Buffer | null) => text?.toString('utf8').includes(`  ${signedReportPath}\n`);
  const stamp = stamps.find(({ text }) => isIn(text));
  if (!stamp) return;
  throw new AppError(
    'input',
    `The signed report of this pack is under time stamp ${stamp.number}, which would not hold with another one in its place. Make the pack again and sign its report.`,
  );
}

function prepare(report: Buffer | null, at: string, room: number): Prepared {
  try {
    if (!report) throw new Error('it is missing or too large');
    return prepareSignature(report, { at, room });
  } catch (cause) {
    throw new AppError(
      'input',
      `${reportPath} cannot be signed: ${(cause as Error).message}. Make the pack again with this version of Exhibit.`,
      { cause },
    );
  }
}

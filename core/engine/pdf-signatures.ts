// A person's signature on the report of a finished pack: their certificate's file and its passphrase, and the activity that
// notes it.

import { readFileSync } from 'node:fs';
import type { CallContext } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import type { PdfSignature } from '#core/evidence/sign-pdf.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import { recordActivity } from '#core/store/activity.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import { closing } from '#core/store/open.ts';
import { openSigner } from './signing.ts';

/** The name of the secret that opens a certificate's file. */
export const passphraseSecret = 'certificate:passphrase';

/**
 * Signs the report of the pack at `path` with the certificate in `file` and notes it. Throws AppError as
 * `readCertificateFile` and `signPdf` do, `input` for a file that cannot be read.
 */
export async function signPackPdf(path: string, file: string, context: CallContext): Promise<PdfSignature> {
  const { readCertificateFile } = await import('#core/evidence/certificate-file.ts');
  const { signPdf } = await import('#core/evidence/sign-pdf.ts');
  const passphrase = await context.secrets.get(passphraseSecret);
  const identity = await readCertificateFile(readCertificate(file), passphrase ?? '');
  const done = await signPdf(path, identity, {
    origin: logOrigin(readWorkspaceId(context.reader())),
    signer: await openSigner(context),
    signal: context.signal,
    progress: context.progress,
    now: Date.now(),
  });
  closing(context.review(), (review) => recordActivity(review, 'sign-pdf', done));
  return done;
}

function readCertificate(file: string): Uint8Array<ArrayBuffer> {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new AppError(
      'input',
      `The certificate ${file} cannot be read. Name a .p12 or .pfx file that you may read.`,
      { cause },
    );
  }
}

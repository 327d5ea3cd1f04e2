// A person's signature on the report of a finished pack: their certificate's file and its passphrase, and the activity that
// notes it.

import { readFileSync } from 'node:fs';
import type { CertificateFound, PdfSignature } from '#core/addition-model.ts';
import type { CallContext } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import type { Identity } from '#core/evidence/certificate-file.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import { recordActivity } from '#core/store/activity.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import { closing } from '#core/store/open.ts';
import { openSigner } from './signing.ts';

/** A certificate's file: its path, the name of the secret that opens it, and where that is given, as a sentence. */
export type CertificateFile = { path: string; secret: string; remedy: string };

/**
 * What the certificate in a file says, before anything is signed with it. Throws AppError as `readCertificateFile` does,
 * `input` for a file that cannot be read.
 */
export async function describeCertificate(
  file: CertificateFile,
  context: CallContext,
): Promise<CertificateFound> {
  const { describeIdentity } = await import('#core/evidence/sign-pdf.ts');
  return describeIdentity(await open(file, context), Date.now());
}

/**
 * Signs the report of the pack at `path` with the certificate in `file` and notes it. Throws AppError as
 * `describeCertificate` and `signPdf` do.
 */
export async function signPackPdf(
  path: string,
  file: CertificateFile,
  context: CallContext,
): Promise<PdfSignature> {
  const { signPdf } = await import('#core/evidence/sign-pdf.ts');
  const identity = await open(file, context);
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

async function open({ path, secret, remedy }: CertificateFile, { secrets }: CallContext): Promise<Identity> {
  const { readCertificateFile } = await import('#core/evidence/certificate-file.ts');
  const password = (await secrets.get(secret)) ?? '';
  return readCertificateFile(readBytes(path), { password, remedy });
}

function readBytes(file: string): Uint8Array<ArrayBuffer> {
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

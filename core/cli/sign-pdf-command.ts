// `exhibit sign-pdf`: puts a person's signature on the report of a pack.

import { resolve } from 'node:path';
import { signPackPdf } from '#core/engine/pdf-signatures.ts';
import { AppError } from '#core/errors.ts';
import { requireKey } from './key-commands.ts';
import { readOptions, requiredOption, wantsJson } from './options.ts';
import { printJson, write } from './output.ts';
import { withContext } from './with-context.ts';

const secret = 'certificate:passphrase';
const remedy =
  'Give the one that was set when it was exported, in EXHIBIT_SECRET_CERTIFICATE_PASSPHRASE or with --secret-fd.';

/** Signs the report of one pack with the certificate that --certificate names. */
export async function runSignPdf(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, { certificate: { type: 'string' }, key: { type: 'string' } });
  const [pack, ...more] = options.files;
  if (pack === undefined || more.length > 0) throw new AppError('usage', 'Name one pack: its folder.');
  const file = requiredOption(
    options,
    'certificate',
    'name the .p12 or .pfx file of the person who signs the report',
  );
  return withContext(options, signal, async (context) => {
    await requireKey(options, context);
    const signed = await signPackPdf(resolve(pack), { path: resolve(file), secret, remedy }, context);
    if (wantsJson(options)) await printJson(signed);
    else
      await write(
        `${signed.file} in the pack is the report signed by ${signed.subject}, with a certificate from ${signed.issuer}, valid from ${signed.from} to ${signed.to}.${signed.replaced ? ' It took the place of an earlier signed report.' : ''} Everything in data/ is as it was.\n`,
      );
    return 0;
  });
}

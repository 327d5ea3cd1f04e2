// People's certificates as openssl makes them, for the tests of this folder.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Passphrase of every file that is made here. */
export const passphrase = 'geheim-ü 7';

export type MadeCertificate = {
  /** PKCS#12 with key and certificate. */
  file: string;
  /** The certificate alone, PEM. */
  pem: string;
  key: string;
};

/** Makes a certificate that its own key signs, in a folder. `days` may be negative: then it is over; `more` goes to `openssl pkcs12`. */
export function makeCertificate(
  folder: string,
  name: string,
  {
    kind = 'ec',
    days = 30,
    more = [],
  }: { kind?: 'ec' | 'rsa' | 'ed25519' | 'weak'; days?: number; more?: string[] } = {},
): MadeCertificate {
  const [file, pem, key] = ['p12', 'pem', 'key'].map((end) => join(folder, `${name}.${end}`)) as [
    string,
    string,
    string,
  ];
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const algorithms = {
    ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
    rsa: ['-newkey', 'rsa:2048'],
    ed25519: ['-newkey', 'ed25519'],
    weak: ['-newkey', 'rsa:1024'],
  };
  const subject = ['-utf8', '-subj', `/O=Acme/CN=${name}`, '-days', String(days)];
  openssl('req', '-x509', ...algorithms[kind], '-nodes', '-keyout', key, '-out', pem, ...subject);
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    key,
    '-in',
    pem,
    '-out',
    file,
    '-passout',
    `pass:${passphrase}`,
    ...more,
  );
  return { file, pem, key };
}

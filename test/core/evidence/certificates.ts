// People's certificates as openssl makes them, for the tests of this folder.

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Passphrase of every file that is made here. */
export const passphrase = 'geheim-ü 7';

/** For `openssl pkcs12`: the old ciphers are in a provider of their own. */
export const legacy = ['-provider', 'legacy', '-provider', 'default'];
export const hasLegacy = spawnSync('openssl', ['list', '-providers', ...legacy]).status === 0;

export type MadeCertificate = {
  /** PKCS#12 with key and certificate. */
  file: string;
  /** The certificate alone, PEM. */
  pem: string;
  key: string;
};

/** Makes a certificate that its own key signs, in a folder, valid for 30 days, or over since 2021; `more` goes to `openssl pkcs12`. */
export function makeCertificate(
  folder: string,
  name: string,
  {
    kind = 'ec',
    isOver = false,
    more = [],
  }: { kind?: 'ec' | 'rsa' | 'ed25519' | 'weak'; isOver?: boolean; more?: string[] } = {},
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
  const subject = ['-utf8', '-subj', `/O=Acme/CN=${name}`, '-days', '30'];
  openssl('req', '-x509', ...algorithms[kind], '-nodes', '-keyout', key, '-out', pem, ...subject);
  if (isOver) writeFileSync(pem, over(readFileSync(pem, 'utf8')));
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

/** A certificate with other days in it: openssl makes none that is over, and nobody looks at its own signature here. */
function over(pem: string): string {
  const der = Buffer.from(pem.replace(/-----[^-]*-----/g, ''), 'base64');
  const days = [...der.toString('latin1').matchAll(/\d{12}Z/g)].slice(0, 2);
  for (const [at, year] of ['20', '21'].entries()) der.write(year, days[at]?.index as number, 'latin1');
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

// A real time-stamping authority on this computer: `openssl ts -reply`, with a certificate authority of its own. Window tests
// use it, too.

import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Whether openssl is there to be an authority. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** An authority: the file of its root certificate, and how it answers a request. */
export type Authority = { root: string; answer(request: Buffer): Promise<Buffer> };

/** Makes one, with its keys in an empty folder. */
export function makeAuthority(folder: string): Authority {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(
    join(folder, 'ts.cnf'),
    `[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:true
[stamps]
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = own
[own]
serial = ${join(folder, 'serial')}
signer_cert = ${join(folder, 'tsa.pem')}
signer_key = ${join(folder, 'tsa.key')}
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
`,
  );
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-config', 'ts.cnf'];
  openssl(
    'req',
    '-x509',
    ...ec,
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-subj',
    '/CN=Root',
    '-extensions',
    'root',
  );
  openssl('req', ...ec, '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/CN=Clock');
  openssl(
    ...['x509', '-req', '-in', 'tsa.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial'],
    ...['-out', 'tsa.pem', '-extfile', 'ts.cnf', '-extensions', 'stamps'],
  );
  let number = 0;
  return {
    root: join(folder, 'root.pem'),
    async answer(request) {
      const own = join(folder, `${++number}`);
      writeFileSync(`${own}.tsq`, request);
      const args = ['ts', '-reply', '-config', join(folder, 'ts.cnf'), '-queryfile', `${own}.tsq`];
      const run = promisify(execFile)('openssl', args, { encoding: 'buffer', cwd: folder });
      return (await run).stdout;
    },
  };
}

// verify.ps1 of a pack. It is run where there is a PowerShell (Windows, or pwsh elsewhere); without one only its form is
// looked at, and the runs are counted as skipped.

import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCertificateFile } from '#core/evidence/certificate-file.ts';
import { signPdf } from '#core/evidence/sign-pdf.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { makeCertificate, passphrase } from './certificates.ts';
import { copyOf, create, openSmall, python, reseal, signerFor } from './create.ts';
import { hasOpenssl } from './time-authority.ts';

const script = 'data/40_integrity/verify.ps1';
const shell = ['pwsh', 'powershell'].find((name) => spawnSync(name, ['-Version']).error === undefined);

function powershell(folder: string): { status: number | null; stdout: string } {
  const args = ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', join(folder, script)];
  return spawnSync(shell as string, args, { encoding: 'utf8' });
}

describe('verify.ps1', () => {
  it('is plain ASCII, which Windows PowerShell reads the same in every country, and listed in the manifest', async () => {
    const { folder } = await create(await openSmall());
    expect(readFileSync(join(folder, script), 'utf8')).toMatch(/^[\n\x20-\x7e]+$/);
    expect(readFileSync(join(folder, 'manifest-sha256.txt'), 'utf8')).toContain(script);
    expect(readFileSync(join(folder, 'data/00_README.txt'), 'utf8')).toContain('verify.ps1');
  });

  describe.skipIf(!shell)('where PowerShell is', () => {
    it('accepts a pack as it was made, signed or not, and names what it does not check', async () => {
      const store = await openSmall();
      for (const options of [{}, { signer: signerFor(store) }]) {
        const { folder } = await create(store, {}, options);
        const { status, stdout } = powershell(folder);
        expect(stdout).not.toMatch(/^failed/m);
        expect(stdout).toMatch(/^skipped {2}Signatures/m);
        expect(stdout.match(/^passed/gm)).toHaveLength(8);
        expect(status).toBe(0);
      }
    });

    const population = 'data/10_populations/00_all-events.ndjson';
    const harms: [string, (folder: string) => void, string][] = [
      ['a byte more', (folder) => appendFileSync(join(folder, population), ' '), `${population} was changed`],
      [
        'two rows swapped',
        (folder) => {
          const [first, second, ...rest] = readFileSync(join(folder, population), 'utf8').split('\n');
          writeFileSync(join(folder, population), [second, first, ...rest].join('\n'));
        },
        `${population} was changed`,
      ],
      ['a file lost', (folder) => rmSync(join(folder, population)), `${population} is missing`],
      ['a file added', (folder) => writeFileSync(join(folder, 'data/x.txt'), 'x'), 'not listed: data/x.txt'],
      [
        'a name in other letters',
        (folder) =>
          renameSync(join(folder, population), join(folder, 'data/10_populations/00_ALL-events.ndjson')),
        'not listed: data/10_populations/00_ALL-events.ndjson',
      ],
      [
        'another manifest',
        (folder) => appendFileSync(join(folder, 'manifest-sha256.txt'), '\n'),
        'manifest-sha256.txt was changed',
      ],
    ];
    it.each(harms)('fails for %s, and names it', async (_, harm, said) => {
      const folder = copyOf(await create(await openSmall()));
      harm(folder);
      const { status, stdout } = powershell(folder);
      expect(stdout).toMatch(/^failed/m);
      expect(stdout).toContain(said);
      expect(status).toBe(1);
    });

    it('finds a pack that is named with a quotation mark too many, and refuses what is no folder', async () => {
      const { folder } = await create(await openSmall());
      const args = ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', join(folder, script)];
      expect(spawnSync(shell as string, [...args, `${folder}"`]).status).toBe(0);
      expect(spawnSync(shell as string, [...args, `${folder}.zip`]).status).toBe(2);
    });

    it.skipIf(!hasOpenssl)(
      'says of a signed report what verify.py says (skipped without openssl)',
      async () => {
        const store = await openSmall();
        const pack = await create(store);
        const { file } = makeCertificate(temporaryFolder(), 'Nadia');
        const quiet = { signal: new AbortController().signal, progress: () => {} };
        const origin = logOrigin(readWorkspaceId(store));
        const identity = await readCertificateFile(readFileSync(file), { password: passphrase, remedy: '' });
        await signPdf(pack.folder, identity, { origin, signer: null, now: Date.now(), ...quiet });
        const report = readFileSync(join(pack.folder, 'data/01_Evidence_Report.pdf')).length;
        const text = readFileSync(join(pack.folder, 'report-signed.pdf'), 'latin1');
        const about = (words: string) =>
          words.split(/\r?\n/).filter((line) => /(PDF|Certificate of the PDF) signature/.test(line));
        const places = [
          1000,
          report + 10,
          text.lastIndexOf('/ByteRange [0 ') + 14,
          text.lastIndexOf('%%EOF'),
        ];
        for (const at of [null, ...places]) {
          const folder = copyOf(pack);
          const bytes = Buffer.from(text, 'latin1');
          if (at !== null) bytes[at] = (bytes[at] as number) ^ 1;
          writeFileSync(join(folder, 'report-signed.pdf'), bytes);
          reseal(folder);
          const { status, stdout } = powershell(folder);
          expect(about(stdout)).toEqual(about(python(folder).stdout));
          expect(status).toBe(at === null ? 0 : 1);
        }
      },
    );
  });
});

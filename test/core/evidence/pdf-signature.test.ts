import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCertificateFile } from '#core/evidence/certificate-file.ts';
import { prepareSignature, readGap, readSigning, signedBytes } from '#core/evidence/pdf-update.ts';
import { signOff } from '#core/evidence/sign-off.ts';
import { signPdf } from '#core/evidence/sign-pdf.ts';
import { signToken } from '#core/evidence/signature-token.ts';
import { timeStamp } from '#core/evidence/time-stamp.ts';
import { verifyPack } from '#core/evidence/verify-pack.ts';
import { verifyToken } from '#core/evidence/verify-signature-token.ts';
import { logOrigin } from '#core/integrity/checkpoint.ts';
import { usualStatement } from '#core/signoff-model.ts';
import { readWorkspaceId } from '#core/store/inventory.ts';
import type { Store } from '#core/store/open.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { hasLegacy, legacy, type MadeCertificate, makeCertificate, passphrase } from './certificates.ts';
import { copyOf, create, openSmall, readAll, reseal, signerFor } from './create.ts';
import { hasOpenssl, makeAuthority } from './time-authority.ts';
import { pageSays } from './verifier-page.ts';
import { python } from './verifiers.ts';
import { readZip } from './zip-entries.ts';

const has = (program: string) => !spawnSync(program, ['--version']).error;
const quiet = { signal: new AbortController().signal, progress: () => {} };
const report = 'data/01_Evidence_Report.pdf';
const remedy = 'Say it again.';
const open = async ({ file }: MadeCertificate) =>
  readCertificateFile(readFileSync(file), { password: passphrase, remedy });
const optionsOf = (store: Store, signer = null as ReturnType<typeof signerFor> | null) => ({
  origin: logOrigin(readWorkspaceId(store)),
  signer,
  now: Date.now(),
  ...quiet,
});
async function sign(store: Store, folder: string, made: MadeCertificate) {
  return signPdf(folder, await open(made), optionsOf(store));
}
/** What verification says of the signature. */
async function said(folder: string): Promise<string> {
  const { checks } = await verifyPack(folder, quiet);
  return checks
    .filter(({ name }) => name === 'PDF signature')
    .map(({ status, detail }) => `${status} ${detail}`)
    .join();
}
/** What verify.py and verify.html say of the signature, which has to be the same. */
async function verifiersSay(folder: string): Promise<string> {
  const page = await pageSays(folder, 'judgePdfSignature');
  const lines = python(folder)
    .stdout.split('\n')
    .filter((line) => /^\w+ +(PDF|Certificate of the PDF) signature:/.test(line));
  expect(lines.map((line) => line.replace(/ +/, ' '))).toEqual(page);
  return page[0] ?? '';
}
/** The page as it is drawn, and its text. */
const drawn = (pdf: string) => [
  execFileSync('pdftoppm', ['-r', '40', '-f', '1', '-l', '3', '-png', pdf]).toString('base64'),
  execFileSync('pdftotext', ['-layout', pdf, '-']).toString(),
];

describe.skipIf(!hasOpenssl)('a signed report (skipped without openssl)', () => {
  it.each(['rsa', 'ec'] as const)(
    'is the report and a signature that other programs take, with a key of kind %s',
    async (kind) => {
      const store = await openSmall();
      const signer = signerFor(store);
      const pack = await create(store, {}, { signer });
      const before = readAll(pack.folder);
      expect(await said(pack.folder)).toBe('');
      const made = makeCertificate(temporaryFolder(), 'Nadia Öztürk', { kind });
      const signed = await signPdf(pack.folder, await open(made), optionsOf(store, signer));

      expect(signed).toMatchObject({ pack: pack.packId, file: 'report-signed.pdf', replaced: false });
      expect(signed.subject).toBe('O=Acme, CN=Nadia Öztürk');
      const after = readAll(pack.folder);
      const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
      expect(changed).toEqual(['report-signed.pdf', 'tagmanifest-sha256.txt', 'tagmanifest-sha256.txt.sig']);
      expect(after.get('report-signed.pdf')?.startsWith(before.get(report) as string)).toBe(true);
      expect((await readZip(pack.zip)).size).toBe(after.size);

      for (const path of [pack.folder, pack.zip]) {
        const { ok, checks } = await verifyPack(path, { ...quiet, known: signer.key });
        expect(ok).toBe(true);
        const own = checks.filter(({ name }) => /PDF signature/.test(name));
        expect(own.map(({ status }) => status)).toEqual(['passed', 'skipped']);
        expect(own[0]?.detail).toContain(
          `of ${signed.at} as its signer says, with the certificate of O=Acme, CN=Nadia Öztürk, from O=Acme, CN=Nadia Öztürk, valid from ${signed.from} to ${signed.to}`,
        );
      }
      expect(python(pack.folder).status).toBe(0);
      expect(await verifiersSay(pack.folder)).toMatch(/^passed .* has the hash that its signature names$/);

      const path = join(pack.folder, 'report-signed.pdf');
      if (has('pdfsig')) {
        const words = execFileSync('pdfsig', [path], { encoding: 'utf8' });
        expect(words).toContain('Signature Type: ETSI.CAdES.detached');
        expect(words).toContain('Signature Validation: Signature is Valid.');
        expect(words).toContain('Total document signed');
      }
      if (has('qpdf'))
        expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain('No syntax');
      if (has('pdftoppm')) expect(drawn(path)).toEqual(drawn(join(pack.folder, report)));
      // OpenSSL's own reading of CAdES: the attributes of a baseline signature, the certificate's hash among them.
      const bytes = readFileSync(path);
      const prepared = prepareSignature(
        readFileSync(join(pack.folder, report)),
        readSigning(bytes, before.get(report)?.length ?? 0) as never,
      );
      const gap = { bytes, gap: prepared.gap };
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'token'), readGap(gap));
      writeFileSync(join(folder, 'bytes'), signedBytes(gap));
      const cms = [
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'token',
        '-content',
        'bytes',
        '-CAfile',
        made.pem,
      ];
      const run = spawnSync('openssl', [...cms, '-purpose', 'any', '-out', 'same'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(run.stderr).toContain('CAdES Verification successful');
    },
  );

  it('stays whole after a sign-off, and another one takes its place', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const folder = temporaryFolder();
    const nadia = makeCertificate(folder, 'Nadia');
    await sign(store, pack.folder, nadia);
    await signOff(
      pack.folder,
      { role: 'reviewer', name: 'Bo', title: '', statement: usualStatement, override: null },
      { ...optionsOf(store), isSamePerson: (a, b) => a === b, account: 'machine' },
    );
    expect(await said(pack.folder)).toContain('CN=Nadia');
    // A file often holds the certificates of authorities, too.
    const bo = makeCertificate(folder, 'Bo', { more: ['-certfile', nadia.pem] });
    expect((await open(bo)).others.length).toBe(1);
    const second = await sign(store, pack.folder, bo);
    expect(second.replaced).toBe(true);
    expect(await said(pack.folder)).toMatch(/^passed .* certificate of O=Acme, CN=Bo,/);
    const { ok, checks } = await verifyPack(pack.zip, quiet);
    expect([ok, checks.find(({ name }) => name === 'Sign-offs')?.status]).toEqual([true, 'passed']);
    const tags = readFileSync(join(pack.folder, 'tagmanifest-sha256.txt'), 'utf8');
    expect(tags.match(/report-signed/g)?.length).toBe(1);
  });

  it('is not replaced where a time stamp speaks of it, which would not hold any more', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const made = makeCertificate(temporaryFolder(), 'Nadia');
    const authority = makeAuthority(temporaryFolder());
    const stamp = () =>
      timeStamp(pack.folder, { ...optionsOf(store), ask: (asked) => authority.answer(Buffer.from(asked)) });
    await stamp();
    await sign(store, pack.folder, made);
    expect((await sign(store, pack.folder, made)).replaced).toBe(true);
    await stamp();
    const before = readAll(pack.folder);
    await expect(sign(store, pack.folder, made)).rejects.toThrow('is under time stamp 2');
    expect(readAll(pack.folder)).toEqual(before);
    expect((await verifyPack(pack.folder, quiet)).ok).toBe(true);
  });

  it('that was changed anywhere fails, also when the manifests were made to fit', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const certificates = temporaryFolder();
    const made = makeCertificate(certificates, 'Nadia');
    await sign(store, pack.folder, made);
    const length = readFileSync(join(pack.folder, report)).length;
    const harm = async (
      change: (bytes: Buffer) => Buffer | undefined,
      file = 'report-signed.pdf',
      others = 'failed',
    ) => {
      const folder = copyOf(pack);
      const bytes = readFileSync(join(folder, file));
      writeFileSync(join(folder, file), change(bytes) ?? bytes);
      reseal(folder);
      const { ok, failures } = await verifyPack(folder, quiet);
      const own = failures.find(({ check }) => check === 'PDF signature');
      expect([ok, own?.where]).toEqual([false, 'report-signed.pdf']);
      expect((await verifiersSay(folder)).slice(0, 6)).toBe(others);
      return own?.detail;
    };
    const flip = (at: number) => (bytes: Buffer) => {
      bytes[at] = (bytes[at] as number) ^ 1;
      return bytes;
    };
    const otherReport = 'does not begin with data/01_Evidence_Report.pdf';
    expect(await harm(flip(1000))).toBe(otherReport);
    expect(await harm(flip(1000), report)).toBe(otherReport);
    expect(await harm((bytes) => bytes.subarray(0, length))).toMatch(/not a signature as Exhibit adds it/);
    const more = 'holds more than the report and its signature, or was changed';
    expect(await harm((bytes) => Buffer.concat([bytes, Buffer.from('\n% more')]))).toBe(more);
    expect(await harm(flip(length + 10))).toBe(more);
    const text = readFileSync(join(pack.folder, 'report-signed.pdf'), 'latin1');
    for (const part of ['/SigFlags 3', '/Rect [0', '/ByteRange [0 3', '/Prev ', '%%EOF\n', '/M (D:2'])
      expect(await harm(flip(text.lastIndexOf(part) + part.length - 1)), part).toBeTruthy();
    // A claimed time is written twice, so that a changed one shows in the update, too; the signature covers it all the same.
    expect(
      await harm((bytes) =>
        Buffer.from(bytes.toString('latin1').replace(/\/M \(D:\d{4}/, '/M (D:2019'), 'latin1'),
      ),
    ).toBeTruthy();

    const gap = text.lastIndexOf('/Contents <') + '/Contents <'.length;
    const [zeros = ''] = /0+>/.exec(text.slice(gap)) ?? [];
    expect(zeros.length).toBeGreaterThan(100);
    const [before, after] = [text.slice(0, gap), text.slice(text.indexOf('>', gap))];
    const room = text.length - before.length - after.length;
    const put = (token: Buffer) =>
      Buffer.from(`${before}${token.toString('hex').padEnd(room, '0')}${after}`, 'latin1');
    const signed = Buffer.concat([
      Buffer.from(before.slice(0, -1), 'latin1'),
      Buffer.from(after.slice(1), 'latin1'),
    ]);
    const own = signToken(signed, await open(made));
    const other = await open(makeCertificate(certificates, 'Other'));
    // A field with an area, in which anything could be drawn, signed as it should be: the update is not one of Exhibit's.
    const wide = (bytes: Buffer) =>
      Buffer.from(bytes.toString('latin1').replace('/Rect [0 0 0 0]', '/Rect [0 0 9 9]'), 'latin1');
    const drawnOver = signToken(wide(signed), other);
    expect(await harm(() => wide(put(drawnOver)), 'report-signed.pdf', 'passed')).toBe(more);
    expect(await harm(() => put(signToken(Buffer.from('other'), other)))).toMatch(
      /changed after it was signed/,
    );
    // Another person’s certificate in the place of the signer’s, of the same length.
    const { raw } = (await open(made)).certificate;
    const stranger = Buffer.from(own);
    stranger.set(other.certificate.raw.subarray(0, raw.length), own.indexOf(raw));
    expect(await harm(() => put(stranger), 'report-signed.pdf', 'passed')).toMatch(
      /not the one that signed|not DER|another way/,
    );
    const wrong = Buffer.from(own);
    wrong[own.length - 1] = (own.at(-1) as number) ^ 1;
    expect(await harm(() => put(wrong), 'report-signed.pdf', 'passed')).toBe(
      'the signature is not one of the certificate’s key',
    );
    expect(await harm(() => put(Buffer.concat([own, Buffer.from('hidden')])))).toBe('something follows it');
    expect(await harm(() => put(Buffer.alloc(0)))).toBeTruthy();
  });

  it('is read from any damaged token without harm', async () => {
    const identity = await open(makeCertificate(temporaryFolder(), 'Nadia'));
    const bytes = Buffer.from('what is signed');
    const token = signToken(bytes, identity);
    expect(verifyToken(Buffer.concat([token, Buffer.alloc(9)]), bytes).raw).toEqual(identity.certificate.raw);
    for (let at = 0; at < token.length; at++) {
      for (const value of [0x00, 0x30, 0x80, 0x84, 0xff]) {
        if (token[at] === value) continue;
        const damaged = Buffer.from(token);
        damaged[at] = value;
        try {
          // What is not signed, such as the signer's name in short, may differ; whose certificate it is may not.
          expect(verifyToken(damaged, bytes).raw).toEqual(identity.certificate.raw);
        } catch (error) {
          expect((error as Error).message).not.toBe('');
        }
      }
    }
  });

  it('is refused with a certificate that is not valid now, or has a key that readers do not take', async () => {
    const store = await openSmall();
    const pack = await create(store);
    const before = readAll(pack.folder);
    const folder = temporaryFolder();
    const day = 86_400_000;
    const identity = await open(makeCertificate(folder, 'Nadia'));
    const at = (when: number) => signPdf(pack.folder, identity, { ...optionsOf(store), now: when });
    await expect(at(Date.now() - 2 * day)).rejects.toThrow(
      /CN=Nadia is not valid before \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Sign with/,
    );
    await expect(at(Date.now() + 40 * day)).rejects.toThrow(
      /CN=Nadia was valid until \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Sign with/,
    );
    for (const kind of ['ed25519', 'weak'] as const)
      await expect(sign(store, pack.folder, makeCertificate(folder, kind, { kind }))).rejects.toThrow(
        'Use a certificate with an RSA key of 2048 bits',
      );
    expect(readAll(pack.folder)).toEqual(before);
  });

  it('needs a file with key and certificate, and its password', async () => {
    const folder = temporaryFolder();
    const { file, pem } = makeCertificate(folder, 'Nadia');
    const read = (path: string, word = passphrase) =>
      readCertificateFile(readFileSync(path), { password: word, remedy });
    await expect(read(file, 'wrong')).rejects.toThrow(
      'The password does not open the certificate’s file. Say it again.',
    );
    await expect(read(file, '')).rejects.toThrow('has a password, and none was given. Say it again.');
    await expect(read(pem)).rejects.toThrow('it is not PKCS#12');
    const noKey = makeCertificate(folder, 'bare', { more: ['-nokeys'] });
    await expect(read(noKey.file)).rejects.toThrow('holds no private key');
    const noCertificate = makeCertificate(folder, 'alone', { more: ['-nocerts'] });
    await expect(read(noCertificate.file)).rejects.toThrow('but not its certificate');
    const open = makeCertificate(folder, 'open', { more: ['-keypbe', 'NONE', '-certpbe', 'NONE'] });
    expect((await read(open.file, '')).certificate.subject).toContain('CN=open');
    // Of those that nobody writes any more.
    const ancient = makeCertificate(folder, 'ancient', { more: ['-keypbe', 'PBE-SHA1-2DES'] });
    await expect(read(ancient.file)).rejects.toThrow('openssl pkcs12 -legacy');
    rmSync(folder, { recursive: true });
  });

  it.skipIf(!hasLegacy).each([
    ['PBE-SHA1-3DES', 'PBE-SHA1-RC2-40', 'ec'],
    ['PBE-SHA1-3DES', 'PBE-SHA1-3DES', 'rsa'],
    ['PBE-SHA1-RC2-128', 'PBE-SHA1-RC2-128', 'ec'],
  ] as const)(
    'reads files as older systems write them: the key in %s, the certificates in %s',
    async (own, others, kind) => {
      const folder = temporaryFolder();
      const more = [...legacy, '-keypbe', own, '-certpbe', others];
      const { file, pem } = makeCertificate(folder, 'Nadia', { kind, more });
      const read = (password: string) => readCertificateFile(readFileSync(file), { password, remedy });
      const { key, certificate } = await read(passphrase);
      expect(certificate.raw).toEqual(new X509Certificate(readFileSync(pem)).raw);
      const signed = verifyToken(
        signToken(Buffer.from('x'), { key, certificate, others: [] }),
        Buffer.from('x'),
      );
      expect(signed.raw).toEqual(certificate.raw);
      await expect(read('wrong')).rejects.toThrow('The password does not open the certificate’s file');
      await expect(read('')).rejects.toThrow('has a password, and none was given');
    },
  );
});

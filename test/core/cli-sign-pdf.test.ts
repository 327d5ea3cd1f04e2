import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listActivity } from '#core/store/activity.ts';
import { closing, openReview } from '#core/store/open.ts';
import { exhibit, runExhibit } from '../support/command-line.ts';
import { temporaryFolder } from '../support/workspace.ts';
import { makeCertificate, passphrase } from './evidence/certificates.ts';
import { create, openSmall, readAll } from './evidence/create.ts';
import { hasOpenssl } from './evidence/time-authority.ts';

describe.skipIf(!hasOpenssl)('exhibit sign-pdf (skipped without openssl)', () => {
  it('signs the report, with the passphrase from a variable or a descriptor, and notes it', async () => {
    const store = await openSmall();
    // The file for what people add comes with the first import by a person.
    openReview(store.folder, { mode: 'write' }).close();
    const { folder } = await create(store);
    const { file } = makeCertificate(temporaryFolder(), 'Nadia');
    const args = ['sign-pdf', folder, '-w', store.folder, '--certificate', file];
    const before = readAll(folder);

    expect(exhibit(args.slice(0, 4))).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--certificate is missing'),
    });
    const none = exhibit(args);
    expect([none.exit, none.err]).toEqual([
      3,
      expect.stringContaining('The certificate’s file has a password'),
    ]);
    const wrong = await runExhibit(args, { EXHIBIT_SECRET_CERTIFICATE_PASSPHRASE: 'wrong' });
    expect([wrong.exit, wrong.err]).toEqual([3, expect.stringContaining('The password does not open')]);
    const missing = exhibit([...args.slice(0, 4), '--certificate', `${file}x`]);
    expect([missing.exit, missing.err]).toEqual([3, expect.stringContaining('cannot be read')]);
    expect(readAll(folder)).toEqual(before);

    const first = await runExhibit(args, { EXHIBIT_SECRET_CERTIFICATE_PASSPHRASE: passphrase });
    expect([first.exit, first.err]).toEqual([0, '']);
    expect(JSON.parse(first.out)).toMatchObject({
      file: 'report-signed.pdf',
      subject: 'O=Acme, CN=Nadia',
      replaced: false,
    });
    const secrets = join(temporaryFolder(), 'secrets');
    writeFileSync(secrets, `certificate:passphrase=${passphrase}\n`);
    const line = `exec "$0" "$@" --secret-fd 3 3<'${secrets}'`;
    const again = exhibit(args, ['bash', '-c', line]);
    expect([again.err, JSON.parse(again.out).replaced]).toEqual(['', true]);

    const verified = exhibit(['verify', folder]);
    expect([verified.exit, verified.out]).toEqual([
      0,
      expect.stringContaining('report-signed.pdf is the report'),
    ]);
    expect(exhibit(['verify', '-w', store.folder]).exit).toBe(0);
    const noted = closing(openReview(store.folder, { mode: 'read' }), listActivity);
    expect(noted.filter(({ action }) => action === 'sign-pdf').length).toBe(2);
    // The passphrase is in nothing that was written.
    for (const text of [
      ...readAll(folder).values(),
      ...readAll(store.folder).values(),
      ...readAll(dirname(folder)).values(),
    ])
      expect(text.includes(Buffer.from(passphrase).toString('latin1'))).toBe(false);
  });
});

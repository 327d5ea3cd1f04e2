// Signing and stamping a pack as the window asks for it: the certificate and the pack by grant, the password by its name.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { passwordOf } from '#core/addition-model.ts';
import { createContext } from '#core/context.ts';
import { handlers } from '#core/engine.ts';
import { noSecrets } from '#core/secrets.ts';
import { listActivity } from '#core/store/activity.ts';
import { forbidNetwork } from '#core/store/connections.ts';
import { closing } from '#core/store/open.ts';
import { nodeFetch } from '#core/sync/client.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { makeCertificate, passphrase } from './certificates.ts';
import { create, openSmall, readAll } from './create.ts';
import { hasOpenssl, makeAuthority } from './time-authority.ts';

/** A pack and a certificate as the engine has them from a person, and every secret that it asked for. */
async function given(certificate: string, password: string) {
  const store = await openSmall();
  const { folder, packId } = await create(store);
  const asked: string[] = [];
  const context = createContext({
    workspace: store.folder,
    grants: new Map([
      ['packs', { path: dirname(folder), kind: 'folder' }],
      ['mine', { path: certificate, kind: 'file' }],
    ]),
    creates: false,
    fetch: nodeFetch,
    secrets: {
      ...noSecrets,
      async get(name) {
        asked.push(name);
        return name === passwordOf('mine') ? password : null;
      },
    },
    signal: new AbortController().signal,
    progress: () => {},
  });
  onTestFinished(() => context.close());
  context.review().close();
  return { context, folder, asked, pack: { into: 'packs', folder: basename(folder), packId } };
}

describe.skipIf(!hasOpenssl)('what is added to a pack in the window (skipped without openssl)', () => {
  it('is a signature whose certificate was read before, and a stamp, and a verification speaks of both', async () => {
    const { file } = makeCertificate(temporaryFolder(), 'Nadia');
    const { context, folder, asked, pack } = await given(file, passphrase);
    expect(await handlers['additions.list'](pack, context)).toEqual({ report: null, stamps: [] });
    const certificate = { certificate: 'mine' };
    const found = await handlers['additions.readCertificate'](certificate, context);
    expect(found).toMatchObject({ subject: 'O=Acme, CN=Nadia', issuer: 'O=Acme, CN=Nadia', problem: null });
    expect(Object.keys(found).sort()).toEqual(['from', 'issuer', 'problem', 'subject', 'to']);
    await handlers['additions.signReport']({ ...pack, ...certificate }, context);
    expect(asked.slice(0, 2)).toEqual(['certificate:mine', 'certificate:mine']);

    const authority = makeAuthority(temporaryFolder());
    const server = createServer(async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      response.end(await authority.answer(Buffer.concat(pieces)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa?customer=7`;
    const stamp = await handlers['additions.stamp']({ ...pack, authority: address }, context);

    expect(await handlers['additions.list']({ ...pack, folder: null }, context)).toMatchObject({
      report: { subject: 'O=Acme, CN=Nadia', fault: null },
      stamps: [{ number: 1, time: stamp.time, fault: null }],
    });
    for (const place of [pack, { ...pack, folder: null }]) {
      const { failures, checks } = await handlers['pack.verify'](place, context);
      // This pack was made without the activity that notes its freeze.
      expect(failures.filter(({ check }) => check !== 'Freeze')).toEqual([]);
      const own = checks.filter(({ name }) => ['PDF signature', 'Time stamps'].includes(name));
      expect(own.map(({ status }) => status)).toEqual(['passed', 'passed']);
    }
    // What is noted names the authority without what only a customer knows, and the password is nowhere.
    const noted = JSON.stringify(closing(context.reviewReader(), listActivity));
    expect(noted).toContain('/tsa"');
    for (const text of [noted, ...readAll(dirname(folder)).values(), ...readAll(context.workspace).values()])
      expect(text.includes(passphrase) || text.includes('customer=7')).toBe(false);
  });

  it('is nothing with a certificate that is over, a wrong password, or where the network is forbidden', async () => {
    const { file } = makeCertificate(temporaryFolder(), 'Late', { isOver: true });
    const late = await given(file, passphrase);
    const before = readAll(late.folder);
    const certificate = { certificate: 'mine' };
    const { problem } = await handlers['additions.readCertificate'](certificate, late.context);
    expect(problem).toMatch(
      /^The certificate of O=Acme, CN=Late was valid until 2021-.* Sign with a certificate/,
    );
    const sign = () => handlers['additions.signReport']({ ...late.pack, ...certificate }, late.context);
    await expect(sign()).rejects.toThrow(problem as string);
    closing(late.context.review(), (review) => forbidNetwork(review, true));
    const stamp = { ...late.pack, authority: 'https://stamps.example/' };
    await expect(async () => handlers['additions.stamp'](stamp, late.context)).rejects.toThrow(
      'The network is forbidden in this workspace. Nothing was sent.',
    );
    expect(readAll(late.folder)).toEqual(before);

    const wrong = await given(file, 'wrong');
    await expect(async () =>
      handlers['additions.readCertificate'](certificate, wrong.context),
    ).rejects.toThrow(
      'The password does not open the certificate’s file. Type the one that was set when it was exported.',
    );
    const gone = await given(join(dirname(file), 'gone.p12'), passphrase);
    await expect(async () =>
      handlers['additions.readCertificate'](certificate, gone.context),
    ).rejects.toThrow('cannot be read');
  });
});

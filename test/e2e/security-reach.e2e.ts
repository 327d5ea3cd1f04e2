// The boundary, tried from the inside: what a page that was taken over could not reach: the network, files, and
// main's calls beyond their terms.

import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { type LaunchedExhibit, launchExhibit } from './support/launch.ts';

let exhibit: LaunchedExhibit;

test.beforeAll(async () => {
  exhibit = await launchExhibit();
});
test.afterAll(async () => {
  await exhibit.close();
});

test.describe('out of reach are', () => {
  // Listens on this machine, so that what stays away was held back and not merely lost on the way.
  let server: Server;
  let origin: string;
  let requests: string[];

  test.beforeAll(async () => {
    server = createServer(({ method, url }, response) => {
      requests.push(`${method} ${url}`);
      response
        .writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' })
        .end('1');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  test.beforeEach(() => {
    requests = [];
  });
  test.afterAll(() => server.close());

  for (const address of ['file:///etc/passwd', 'https://example.com/', 'data:text/plain,x', 'blob:null/x']) {
    test(`${address} for fetch`, async () => {
      const fetched = await exhibit.page.evaluate((address) => {
        return fetch(address, { mode: 'no-cors' }).then(
          () => true,
          () => false,
        );
      }, address);
      expect(fetched).toBe(false);
    });
  }

  test('other machines, by whatever way a page has', async () => {
    await exhibit.page.evaluate(async (origin) => {
      const quietly = async (work: () => unknown) => {
        try {
          await work();
        } catch {
          // refused, as it should be
        }
      };
      const add = (tag: string, properties: object) => {
        const element = Object.assign(document.createElement(tag), properties);
        document.body.append(element);
      };
      await quietly(() => fetch(`http://${origin}/fetch`));
      await quietly(() => fetch(`http://${origin}/blind`, { method: 'POST', mode: 'no-cors', body: 'log' }));
      await quietly(() => navigator.sendBeacon(`http://${origin}/beacon`, 'log'));
      await quietly(() => new WebSocket(`ws://${origin}/socket`));
      await quietly(() => new EventSource(`http://${origin}/events`));
      await quietly(() => import(/* @vite-ignore */ `http://${origin}/module`));
      await quietly(() => new Worker(`http://${origin}/worker`));
      await quietly(() => add('img', { src: `http://${origin}/image` }));
      await quietly(() => add('script', { src: `http://${origin}/script` }));
      await quietly(() => add('link', { rel: 'stylesheet', href: `http://${origin}/style` }));
      await quietly(() => add('link', { rel: 'prefetch', href: `http://${origin}/prefetch` }));
      await quietly(() => add('iframe', { src: `http://${origin}/frame` }));
      await quietly(() => add('video', { src: `http://${origin}/video` }));
      await quietly(() => add('object', { data: `http://${origin}/object` }));
      await quietly(() => {
        const form = Object.assign(document.createElement('form'), { action: `http://${origin}/form` });
        document.body.append(form);
        form.submit();
      });
      await new Promise((resolve) => setTimeout(resolve, 500));
    }, origin);
    expect(requests).toEqual([]);
  });

  test('other machines even without the policy: the session itself holds requests back', async () => {
    const outcome = await exhibit.app.evaluate(
      ({ session }, origin) => session.defaultSession.fetch(`http://${origin}/session`).then(String, String),
      origin,
    );
    expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT');
    expect(requests).toEqual([]);
  });

  const outside = [
    'app://exhibit/..%2f..%2fetc/passwd',
    'app://exhibit/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
    'app://exhibit/..%5c..%5cpackage.json',
    'app://exhibit/%2e%2e%2fmain%2fmain.js',
    'app://exhibit/index.html%00.js',
    'app://exhibit/%E0%A4%A',
  ];
  for (const address of outside) {
    test(`files outside the page’s folder by ${address}`, async () => {
      const status = await exhibit.page.evaluate(
        (address) => fetch(address).then((answer) => answer.status),
        address,
      );
      expect(status).toBe(400);
    });
  }
});

test.describe('main', () => {
  // Playwright would go on waiting for the navigation that was refused above.
  test.beforeAll(() => exhibit.page.reload());

  test('takes no call from a page that is not Exhibit’s, even with the same bridge', async () => {
    const preload = resolve(import.meta.dirname, '..', '..', 'out', 'preload', 'preload.cjs');
    expect(existsSync(preload)).toBe(true);
    const answers = await exhibit.app.evaluate(async ({ BrowserWindow }, preload) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      try {
        await foreign.loadURL('data:text/html,<title>foreign</title>');
        return await foreign.webContents.executeJavaScript(`Promise.all(
          [window.exhibit.info(), window.exhibit.openWorkspace('sample'), window.exhibit.chooseFiles()]
            .map((call) => call.then(() => 'answered', (error) => error.message)))`);
      } finally {
        foreign.destroy();
      }
    }, preload);
    expect(answers).toEqual(Array(3).fill('Only the window of Exhibit may ask this.'));
  });

  test('takes no call with arguments of the wrong shape', async () => {
    const message = await exhibit.page.evaluate(() =>
      window.exhibit.openWorkspace('/etc' as 'sample').catch((error) => error.message),
    );
    expect(message).toContain('wrong arguments');
  });

  test('shows no file outside a granted folder', async () => {
    for (const [folder, name] of [
      ['/etc', 'passwd'],
      ['..', 'passwd'],
    ] as const) {
      const shown = exhibit.page.evaluate(([folder, name]) => window.exhibit.showInFolder(folder, name), [
        folder,
        name,
      ] as const);
      await expect(shown).rejects.toThrow('was not chosen in Exhibit');
    }
  });

  test('grants nothing for a File the page made up', async () => {
    const grants = await exhibit.page.evaluate(() =>
      window.exhibit.grantFiles([new File(['x'], '/etc/passwd')]),
    );
    expect(grants).toEqual([]);
  });

  test('grants a file a person chose, without telling its path', async () => {
    const file = join(import.meta.dirname, '..', '..', 'package.json');
    await exhibit.page.evaluate(() => {
      const input = document.createElement('input');
      Object.assign(input, { type: 'file', id: 'chosen' });
      document.body.append(input);
    });
    await exhibit.page.setInputFiles('#chosen', file);
    const grants = await exhibit.page.evaluate(() => {
      const input = document.querySelector('#chosen') as HTMLInputElement;
      const files = [...(input.files ?? [])];
      input.remove();
      return window.exhibit.grantFiles(files);
    });
    expect(grants).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: 'package.json',
        kind: 'file',
        bytes: expect.any(Number),
      },
    ]);
  });
});

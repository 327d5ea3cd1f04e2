// The boundary, tried from the inside: what a page that was taken over could not do. Looks at no screen, only at
// what any page of Exhibit could reach.

import { existsSync, readFileSync } from 'node:fs';
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

test.describe('the page', () => {
  test('comes from the application’s own scheme', async () => {
    expect(await exhibit.page.evaluate(() => window.location.origin)).toBe('app://exhibit');
  });

  test('has nothing of Node', async () => {
    const names = [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      '__dirname',
      'setImmediate',
    ];
    const found = await exhibit.page.evaluate(
      (names) => names.filter((name) => name in globalThis || name in window),
      names,
    );
    expect(found).toEqual([]);
  });

  test('has the bridge with its eight calls, and no other global of Electron', async () => {
    const seen = await exhibit.page.evaluate(() => ({
      calls: Object.keys(window.exhibit).sort(),
      electron: Object.keys(window).filter((name) => /electron|ipc|webFrame|contextBridge/i.test(name)),
    }));
    expect(seen.calls).toEqual(
      ['info', 'connectEngine', 'onEngineState', 'chooseFiles', 'grantFiles', 'chooseFolder']
        .concat(['showInFolder', 'openWorkspace'])
        .sort(),
    );
    expect(seen.electron).toEqual([]);
  });

  test('cannot replace the bridge', async () => {
    const replaced = await exhibit.page.evaluate(() => {
      try {
        Object.assign(window, { exhibit: 'mine' });
      } catch {
        return false;
      }
      return (window.exhibit as unknown) === 'mine';
    });
    expect(replaced).toBe(false);
  });

  test('runs in a sandboxed process with an isolated bridge', async () => {
    const settings = await exhibit.app.evaluate(({ BrowserWindow }) => {
      // Not in Electron's types: the settings in force, not the ones asked for.
      type Settled = { getLastWebPreferences(): object };
      return BrowserWindow.getAllWindows().map(({ webContents }) =>
        (webContents as unknown as Settled).getLastWebPreferences(),
      )[0];
    });
    expect(settings).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    });
    expect(settings).not.toMatchObject({ webviewTag: true });
    expect(settings).not.toMatchObject({ nodeIntegrationInWorker: true });
  });

  test('runs in a process the system holds: no new rights, and a filter on its calls', async () => {
    test.skip(process.platform !== 'linux', 'read from /proc');
    const pid = await exhibit.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(status).toMatch(/^Seccomp:\t2$/m);
  });

  test('runs with the sandbox of the whole application on', async () => {
    const switches = await exhibit.app.evaluate(({ app }) => ({
      enabled: app.commandLine.hasSwitch('enable-sandbox'),
      disabled: app.commandLine.hasSwitch('no-sandbox'),
    }));
    expect(switches).toEqual({ enabled: true, disabled: false });
  });
});

test.describe('the page’s policy', () => {
  test('is on the answer itself, word for word', async () => {
    const response = await exhibit.page.evaluate(async () => {
      const { headers, status } = await fetch('app://exhibit/index.html');
      return {
        status,
        policy: headers.get('content-security-policy'),
        sniff: headers.get('x-content-type-options'),
      };
    });
    expect(response).toEqual({
      status: 200,
      policy:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
      sniff: 'nosniff',
    });
  });

  test('stops inline scripts, inline handlers and code made from text', async () => {
    const ran = await exhibit.page.evaluate(async () => {
      // Out of the debugger's call, in which Chromium lets eval pass.
      await new Promise((resolve) => setTimeout(resolve));
      const traces: string[] = [];
      Object.assign(window, { trace: (what: string) => traces.push(what) });
      const attempt = (work: () => void) => {
        try {
          work();
        } catch {
          // refused, as it should be
        }
      };
      attempt(() => {
        const script = document.createElement('script');
        script.append('trace("inline script")');
        document.body.append(script);
      });
      attempt(() => {
        document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="trace(\'inner markup\')">');
      });
      attempt(() => {
        const image = document.createElement('img');
        image.setAttribute('onerror', 'trace("handler")');
        image.src = 'missing.png';
        document.body.append(image);
      });
      attempt(() => {
        // biome-ignore lint/security/noGlobalEval: it must fail
        globalThis.eval('trace("eval")');
      });
      attempt(() => {
        new Function('trace("Function")')();
      });
      attempt(() => {
        setTimeout('trace("timer")' as unknown as () => void, 0);
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
      return traces;
    });
    expect(ran).toEqual([]);
  });

  test('lets no frame in', async () => {
    const framed = await exhibit.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = 'app://exhibit/index.html';
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 300));
      try {
        return (frame.contentDocument?.body.childElementCount ?? 0) > 0;
      } catch {
        return false;
      } finally {
        frame.remove();
      }
    });
    expect(framed).toBe(false);
  });
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

test.describe('nothing happens on', () => {
  test('opening a window', async () => {
    expect(await exhibit.page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    expect(await exhibit.page.evaluate(() => window.open('app://exhibit/index.html') === null)).toBe(true);
    expect(exhibit.app.windows()).toHaveLength(1);
  });

  for (const address of [
    'https://example.com/',
    'file:///etc/passwd',
    'app://other/index.html',
    'data:text/html,x',
  ]) {
    test(`going to ${address}`, async () => {
      const before = exhibit.page.url();
      const after = await exhibit.page.evaluate(async (address) => {
        window.location.href = address;
        await new Promise((resolve) => setTimeout(resolve, 300));
        return window.location.href;
      }, address);
      expect(after).toBe(before);
    });
  }

  test('clicking a link that leads away, or that opens a window', async () => {
    const before = exhibit.page.url();
    await exhibit.page.evaluate(async () => {
      for (const target of ['', '_blank']) {
        const link = document.createElement('a');
        Object.assign(link, { href: 'https://example.com/', target });
        document.body.append(link);
        link.click();
        link.remove();
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    expect(exhibit.page.url()).toBe(before);
    expect(exhibit.app.windows()).toHaveLength(1);
  });
});

test('a page that empties itself is loaded again', async () => {
  await exhibit.page.evaluate(() => {
    Object.assign(window, { isOld: true });
    window.location.href = 'about:blank';
  });
  await expect
    .poll(() => exhibit.page.evaluate(() => `${window.location} ${'isOld' in window}`).catch(() => ''))
    .toBe('app://exhibit/index.html false');
});

test.describe('denied is', () => {
  test('every permission whose state a page can ask', async () => {
    const states = await exhibit.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
      const states: Record<string, string> = {};
      for (const name of [
        ...names,
        'persistent-storage',
        'screen-wake-lock',
        'local-fonts',
        'idle-detection',
      ]) {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        states[name] = state;
      }
      return states;
    });
    expect(Object.entries(states).filter(([, state]) => state !== 'denied')).toEqual([]);
  });

  test('the place, notices, camera, screen and devices', async () => {
    const outcomes = await exhibit.page.evaluate(async () => {
      const failure = (work: Promise<unknown>) =>
        work.then(
          () => 'allowed',
          (error) => (error instanceof GeolocationPositionError ? error.code : error.name),
        );
      const { usb, hid } = navigator as unknown as Record<
        string,
        { requestDevice(filter: object): Promise<unknown[]> }
      >;
      return {
        place: await failure(new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))),
        notices: await Notification.requestPermission(),
        camera: await failure(navigator.mediaDevices.getUserMedia({ video: true })),
        screen: await failure(navigator.mediaDevices.getDisplayMedia({ video: true })),
        usb: await failure(usb?.requestDevice({ filters: [] }) ?? Promise.reject(new Error('absent'))),
        hid: (await hid?.requestDevice({ filters: [] }))?.length,
      };
    });
    // The state of the camera's permission is asked above: a machine without one says "not found" here.
    expect(outcomes).toEqual({
      place: 1,
      notices: 'denied',
      camera: expect.stringMatching(/^Not(Allowed|Found)Error$/),
      screen: 'NotAllowedError',
      usb: 'NotFoundError',
      hid: 0,
    });
  });

  test('a download', async () => {
    const started = await exhibit.app.evaluate(({ session }) => {
      const state = { done: false };
      Object.assign(globalThis, { downloads: state });
      session.defaultSession.on('will-download', (event) => {
        state.done = !event.defaultPrevented;
      });
      return true;
    });
    expect(started).toBe(true);
    await exhibit.page.evaluate(async () => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['x']));
      link.download = 'x.txt';
      document.body.append(link);
      link.click();
      link.remove();
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    const downloads = await exhibit.app.evaluate(
      () => (globalThis as unknown as { downloads: object }).downloads,
    );
    expect(downloads).toEqual({ done: false });
  });

  test('not the writing of text to the clipboard, which copying rows needs', async () => {
    const state = await exhibit.page.evaluate(async () => {
      const { state } = await navigator.permissions.query({ name: 'clipboard-write' as PermissionName });
      return state;
    });
    expect(state).toBe('granted');
  });
});

test.describe('main', () => {
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

// The boundary, tried from the inside: what a page that was taken over could not do in its own window. Looks at no
// screen, only at what any page of Exhibit could try. What it could not reach is in security-reach.e2e.ts.

import { readFileSync } from 'node:fs';
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

  test('has the bridge with its twenty calls, and no other global of Electron', async () => {
    const seen = await exhibit.page.evaluate(() => ({
      calls: Object.keys(window.exhibit).sort(),
      electron: Object.keys(window).filter((name) => /electron|ipc|webFrame|contextBridge/i.test(name)),
    }));
    expect(seen.calls).toEqual(
      ['info', 'connectEngine', 'onEngineState', 'chooseFiles', 'grantFiles', 'chooseFolder']
        .concat([
          'showInFolder',
          'openWorkspace',
          'keepSecret',
          'secretState',
          'trySecret',
          'tryKeptSecret',
          'keepTriedSecret',
        ])
        .concat(['recentWorkspaces', 'setTheme', 'notify', 'onMenu', 'onWake', 'takeOpened', 'onOpened'])
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
    .toMatch(/^app:\/\/exhibit\/index\.html(#\/\w+)? false$/);
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

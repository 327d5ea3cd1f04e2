// The application as it ships: packed, fuses set, nothing for developers inside. It is driven through Chromium's own
// debugging port, which only the package made for tests opens; both are packed by `npm run e2e`.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { makeCertificate, passphrase } from '../core/evidence/certificates.ts';
import { hasOpenssl } from '../core/evidence/time-authority.ts';
import { freshFolder } from './support/workspaces.ts';

const run = promisify(execFile);
const release = join(process.env.EXHIBIT_PACKAGE ?? '', 'exhibit');
const trial = join(process.env.EXHIBIT_TRIAL_PACKAGE ?? '', 'exhibit');
const samples = ['ironflock-sample.csv', 'flowtriq-sample.csv'].map((name) =>
  resolve(import.meta.dirname, '..', '..', 'assets', 'samples', name),
);

test.skip(process.platform !== 'linux', 'The packages of other systems are tried on those systems.');

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exhibit-packaged-'));
});
test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Runs a program to its end, whatever that is. */
async function finish(program: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const options = { env: { ...process.env, ...env }, timeout: 40_000 };
  return run(program, args, options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test.describe('the program that ships', () => {
  test('has its fuses set so that it is neither Node nor open to a debugger, and loads its archive alone', async () => {
    const wire = await getCurrentFuseWire(release);
    const on = Object.values(FuseV1Options).filter(
      (fuse): fuse is FuseV1Options => typeof fuse === 'number' && wire[fuse] === FuseState.ENABLE,
    );
    expect(on.map((fuse) => FuseV1Options[fuse]).sort()).toEqual(
      expect.arrayContaining(['EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar']),
    );
    for (const fuse of ['RunAsNode', 'EnableNodeOptionsEnvironmentVariable'] as const)
      expect(on.map((one) => FuseV1Options[one])).not.toContain(fuse);
    for (const fuse of ['EnableNodeCliInspectArguments', 'GrantFileProtocolExtraPrivileges'] as const)
      expect(on.map((one) => FuseV1Options[one])).not.toContain(fuse);
  });

  test('does not run with a debugging port', async () => {
    const { code, stderr } = await finish(release, [
      `--user-data-dir=${join(folder, 'refused')}`,
      '--remote-debugging-port=0',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('Exhibit does not run with a debugging port.');
  });

  test('runs no code that its environment names', async () => {
    const trace = join(folder, 'trace');
    const script = join(folder, 'script.cjs');
    writeFileSync(script, `require('fs').writeFileSync(${JSON.stringify(trace)}, 'ran')`);
    const help = ['--ozone-platform=headless', '--command-line', 'help'];
    await finish(release, [script], { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '', DISPLAY: ':99999' });
    await finish(release, help, { NODE_OPTIONS: `--require=${script}` });
    expect(existsSync(trace)).toBe(false);
  });

  test('brings its bill of materials and the licences of what it is made of', () => {
    const resources = join(process.env.EXHIBIT_PACKAGE ?? '', 'resources');
    const bill = JSON.parse(readFileSync(join(resources, 'sbom.cdx.json'), 'utf8'));
    const names = bill.components.map((part: { name: string }) => part.name);
    expect(names).toEqual(
      expect.arrayContaining(['electron', 'react', 'better-sqlite3', 'pdfkit', 'exceljs']),
    );
    // What the project is only developed with is not in it.
    for (const name of ['vitest', 'typescript', 'playwright', 'electron-builder'])
      expect(names).not.toContain(name);
    const licences = readFileSync(join(resources, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
    for (const name of names.slice(1)) expect(licences).toContain(`\n${name} `);
  });

  test('is a command line, too: the samples become a log and a pack that checks', async () => {
    const exhibit = join(process.env.EXHIBIT_PACKAGE ?? '', 'bin', 'exhibit');
    const workspace = join(folder, 'by-command');
    const packs = join(folder, 'packs');
    mkdirSync(packs);
    const imported = await finish(exhibit, ['import', ...samples, '-w', workspace, '--json']);
    expect(imported).toMatchObject({ code: 0 });
    expect(JSON.parse(imported.stdout).imports.map((one: { read: number }) => one.read)).toEqual([
      expect.any(Number),
      expect.any(Number),
    ]);
    const period = ['--from', '2026-01-01', '--to', '2026-03-31'];
    const packed = await finish(exhibit, [
      ...['pack', '-w', workspace, '--framework', 'iso27001', ...period, '--out', packs, '--json'],
    ]);
    expect(packed).toMatchObject({ code: 0, stderr: expect.not.stringContaining('Warning') });
    const pack = join(packs, readdirSync(packs).find((name) => !name.endsWith('.zip')) ?? '');
    await run('sha256sum', ['--quiet', '-c', 'manifest-sha256.txt'], { cwd: pack });
    expect((await finish(exhibit, ['verify', pack])).code).toBe(0);
    if (hasOpenssl) {
      const { file } = makeCertificate(freshFolder(), 'Nadia');
      const signed = await finish(
        exhibit,
        ['sign-pdf', pack, '-w', workspace, '--certificate', file, '--json'],
        { EXHIBIT_SECRET_CERTIFICATE_PASSPHRASE: passphrase },
      );
      // Chromium may have words of its own there, on fonts for one.
      expect(signed.code, signed.stderr).toBe(0);
      expect((await finish(exhibit, ['verify', pack])).stdout).toContain('report-signed.pdf is the report');
    }
    expect((await finish(exhibit, ['nonsense'])).code).toBe(2);
  });
});

test.describe('its window', () => {
  let program: ChildProcess;
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];

  test.beforeAll(async () => {
    program = spawn(trial, [`--user-data-dir=${join(folder, 'profile')}`, '--remote-debugging-port=0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    browser = await chromium.connectOverCDP(await debuggerOf(program));
    const context = browser.contexts()[0];
    page = context?.pages()[0] ?? (await (context as NonNullable<typeof context>).waitForEvent('page'));
    page.on('request', (request) => asked.push(request.url()));
    await page.waitForLoadState('domcontentloaded');
  });
  test.afterAll(async () => {
    await browser.close();
    program.kill();
  });

  test('comes from its own scheme with its policy, and has nothing of Node', async () => {
    const seen = await page.evaluate(async () => ({
      origin: location.origin,
      policy: (await fetch('app://exhibit/index.html')).headers.get('content-security-policy'),
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis),
    }));
    expect(seen).toEqual({
      origin: 'app://exhibit',
      policy: expect.stringContaining("default-src 'none'; script-src 'self'"),
      node: [],
    });
  });

  test('shows the sample workspace, and asks nobody but itself on the way', async () => {
    await page
      .getByRole('button', { name: /sample/i })
      .first()
      .click();
    await expect(page.getByText('1,016 events held')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('navigation').getByRole('link', { name: 'Events' }).click();
    await expect(page.getByRole('grid', { name: /^Events, / })).toBeVisible({ timeout: 30_000 });
    expect(asked.filter((address) => !address.startsWith('app://exhibit/'))).toEqual([]);
  });

  // After the journey: Playwright waits for ever for a navigation that was refused.
  test('reaches no file, no server, no other window and no other place', async () => {
    const outcomes = await page.evaluate(async () => {
      const reach = (address: string) =>
        fetch(address).then(
          ({ status }) => status,
          () => 'refused',
        );
      const opened = window.open('https://example.com/') !== null;
      const before = location.href;
      location.href = 'https://example.com/';
      await new Promise((resolve) => setTimeout(resolve, 300));
      return {
        file: await reach('file:///etc/passwd'),
        server: await reach('https://example.com/'),
        local: await reach('http://127.0.0.1:9/'),
        outside: await reach('app://exhibit/..%2f..%2fetc%2fpasswd'),
        opened,
        stayed: location.href === before,
      };
    });
    expect(outcomes).toEqual({
      file: 'refused',
      server: 'refused',
      local: 'refused',
      outside: 400,
      opened: false,
      stayed: true,
    });
  });

  test('runs no inline code and is given no permission', async () => {
    const outcomes = await page.evaluate(async () => {
      const traces: string[] = [];
      Object.assign(window, { trace: (what: string) => traces.push(what) });
      try {
        document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="trace(1)">');
      } catch {
        // Trusted Types refuse the text
      }
      const image = document.createElement('img');
      try {
        image.setAttribute('onerror', 'trace("handler")');
      } catch {
        // refused as well
      }
      image.src = 'missing.png';
      document.body.append(image);
      await new Promise((resolve) => setTimeout(resolve, 300));
      image.remove();
      const names = ['geolocation', 'notifications', 'camera', 'clipboard-read'] as PermissionName[];
      const states = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
      return { traces, states: states.map(({ state }) => state) };
    });
    expect(outcomes).toEqual({ traces: [], states: ['denied', 'denied', 'denied', 'denied'] });
  });

  test('is one: a second start brings what it was asked to open to the first, and ends', async () => {
    const second = await finish(trial, [`--user-data-dir=${join(folder, 'profile')}`, ...samples]);
    expect(second.code).toBe(0);
    await expect(page.getByRole('heading', { name: 'Sources', level: 1 })).toBeVisible();
    await expect(page.getByText(basename(samples[0] ?? '')).first()).toBeVisible();
  });
});

/** The address of the debugging port, as Chromium says it once it listens. */
function debuggerOf(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    program.stderr?.on('data', (chunk) => {
      said += chunk;
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    program.once('exit', (code) => reject(new Error(`It ended with ${code}: ${said}`)));
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runExhibit, startExhibit } from '../../support/command-line.ts';
import { createRandom } from '../../support/seeded.ts';
import { temporaryFile, temporaryFolder } from '../../support/workspace.ts';
import { connectorFor, type LogServer, type Style } from './server.ts';
import { startServer } from './started.ts';
import { hour, logOf, logOfServer } from './workspace.ts';

const style: Style = { paging: 'cursor', order: 'oldest-first', period: 'half-open', pageSize: 50 };

async function connected(
  count: number,
): Promise<{ server: LogServer; folder: string; env: Record<string, string> }> {
  const now = Date.now();
  const server = await startServer(style, now);
  for (let n = 0; n < count; n++) {
    const time = now - (count - n) * hour;
    server.log.push({ time, visibleAt: time, id: n, note: `n${n}` });
  }
  const file = temporaryFile('connector.json', JSON.stringify(connectorFor(style)));
  const folder = join(temporaryFolder(), 'log');
  const added = await runExhibit([
    'source',
    'add',
    'Plant A',
    '-w',
    folder,
    '--connector',
    file,
    '--base',
    server.url,
  ]);
  expect(added.err).toBe('');
  return { server, folder, env: { EXHIBIT_SECRET_SOURCE_PLANT_A_TOKEN: server.token } };
}

describe('exhibit sync', () => {
  it('shows the first page, syncs, says it as JSON, and writes the token nowhere', async () => {
    const { server, folder, env } = await connected(120);
    const preview = await runExhibit(['sync', '-w', folder, '--dry-run', '--json'], env);
    const [seen] = JSON.parse(preview.out).previews;
    expect(seen).toMatchObject({ connection: 'Plant A', preset: 'ironflock', records: 50 });
    expect(seen.preview.events[0]).toMatchObject({ action: 'Name', actor: 'ann', targetName: 'press-07' });
    expect(logOf(folder)).toEqual([]);

    const run = await runExhibit(['sync', 'Plant A', '-w', folder, '--json'], env);
    expect(run).toMatchObject({ exit: 0, err: '' });
    const { imports, syncs } = JSON.parse(run.out);
    expect(imports[0]).toMatchObject({
      source: 'Plant A',
      preset: 'ironflock',
      read: 120,
      imported: 120,
      format: 'ndjson',
    });
    expect(syncs[0]).toMatchObject({ source: 'Plant A', imports: [1], gaps: [], warnings: [], error: null });
    expect(logOf(folder)).toEqual(logOfServer(server));
    expect((await runExhibit(['verify', '-w', folder])).exit).toBe(0);
    const listed = JSON.parse((await runExhibit(['source', 'list', '-w', folder, '--json'])).out);
    expect(listed.connections[0]).toMatchObject({ name: 'Plant A', settledUntil: syncs[0].settledUntil });
    for (const file of readdirSync(folder)) {
      expect(readFileSync(join(folder, file)).includes(server.token), file).toBe(false);
    }
  });

  it('says what is missing: the token, the network, a source', async () => {
    const { folder, env } = await connected(1);
    const told = async (args: string[], more = env) => {
      const { exit, err } = await runExhibit(['sync', ...args, '-w', folder], more);
      return `${exit} ${err}`;
    };
    expect(await told([], {})).toContain('2 exhibit: Plant A: There is no token for “Plant A”');
    expect(await told([], {})).toContain('EXHIBIT_SECRET_SOURCE_PLANT_A_TOKEN');
    expect(await told(['--offline'])).toContain('2 exhibit: The network is forbidden here');
    expect(await told(['Plant B'])).toContain(
      '2 exhibit: No source is connected as “Plant B”. Connected are Plant A.',
    );
    expect((await runExhibit(['source', 'offline', '-w', folder])).exit).toBe(0);
    expect(await told([])).toContain('The network is forbidden in this workspace');
  });

  it('goes on after a kill at any moment', async () => {
    const { server, folder, env } = await connected(3000);
    const random = createRandom(7);
    for (let kill = 0; kill < 5; kill++) {
      const { child, gone } = startExhibit(['sync', '-w', folder], env);
      await sleep(250 + random() * 900);
      child.kill('SIGKILL');
      await gone;
    }
    expect(await runExhibit(['sync', '-w', folder], env)).toMatchObject({ exit: 0 });
    expect(logOf(folder)).toEqual(logOfServer(server));
    expect(readdirSync(folder).filter((name) => name.startsWith('.sync'))).toEqual([]);
    expect((await runExhibit(['verify', '-w', folder])).exit).toBe(0);
  });
});

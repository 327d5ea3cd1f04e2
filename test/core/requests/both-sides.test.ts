// The two sides of a request list as their windows ask the engine: the auditor with a pack and a folder of their own, the
// officer with the workspace that made the pack.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createContext } from '#core/context.ts';
import { handlers } from '#core/engine.ts';
import { packToCreate } from '#core/pack-inputs.ts';
import type { Said } from '#core/request-model.ts';
import type { Keeping, Secrets } from '#core/secrets.ts';
import { latestActivity } from '#core/store/activity.ts';
import { closing } from '#core/store/open.ts';
import { fixture, temporaryFolder } from '../../support/workspace.ts';
import { request } from '../evidence/create.ts';

/** A computer that keeps secrets for so long, and a window on it with these files and folders granted. */
function desk(keeping: Keeping, grants: Record<string, { path: string; kind: 'file' | 'folder' }>) {
  const kept = new Map<string, string>();
  const secrets: Secrets = {
    get: async (name) => kept.get(name) ?? null,
    keep: async (name, value) => {
      if (value === null) kept.delete(name);
      else kept.set(name, value);
      return value === null ? 'none' : keeping;
    },
  };
  const context = createContext({
    workspace: join(temporaryFolder(), 'workspace'),
    grants: new Map(Object.entries(grants)),
    signal: new AbortController().signal,
    progress: () => {},
    creates: true,
    secrets,
  });
  onTestFinished(() => context.close());
  return context;
}

it('the auditor begins a list, the officer answers with the key of the pack, and each sees who signed', async () => {
  const [made, kept] = [temporaryFolder(), temporaryFolder()];
  const list = join(kept, 'later');
  const grants = {
    made: { path: made, kind: 'folder' },
    export: { path: fixture('flowtriq-export.csv'), kind: 'file' },
    list: { path: list, kind: 'file' },
  } as const;
  const officer = desk('system', { ...grants });
  await handlers['imports.run']({ grants: ['export'], source: null, preset: null, zone: null }, officer);
  await handlers['keys.create']({ person: 'Maria', replace: false }, officer);
  const report = await handlers['pack.create'](
    packToCreate.parse({
      ...request({ framework: 'soc2', leftOut: ['access', 'changes', 'events', 'reviews', 'sessions'] }),
      ...{ into: 'made', leavers: null, slaDays: null, redactionKey: null },
    }),
    officer,
  );

  const auditor = desk('session', {
    pack: { path: report.zip, kind: 'file' },
    kept: { path: kept, kind: 'folder' },
  });
  const begin = { grant: 'kept', name: null };
  const question: Said = {
    ...{ kind: 'request', question: 'Who approved it?', control: 'CC6.1', file: null, row: null, due: null },
  };
  const say = (said: Said, name: string | null) =>
    handlers['requests.add'](
      { pack: 'pack', list: { grant: 'kept', name }, party: 'auditor', person: 'Anna', said },
      auditor,
    );
  const first = await say(question, null);
  expect(first).toMatchObject({ name: `${report.packId}.requests.json`, isFleeting: true });
  expect((await say({ kind: 'comment', request: 1, text: 'It is urgent.' }, first.name)).isFleeting).toBe(
    false,
  );
  // A second list of the same pack would be mixed up with the first.
  await expect(say(question, null)).rejects.toThrow(
    'There is a request list for this pack in that folder already',
  );
  await expect(
    handlers['requests.read']({ pack: 'pack', list: begin, earlier: null }, auditor),
  ).rejects.toThrow('A request list is opened by its file.');

  const file = join(kept, first.name);
  writeFileSync(list, readFileSync(file));
  const place = { grant: 'list', name: null };
  const read = () => handlers['requests.read']({ pack: null, list: place, earlier: null }, officer);
  expect((await read()).notes).toEqual([]);
  const answer: Said = { kind: 'answer', request: 1, text: 'Bo did.' };
  const answered = await handlers['requests.add'](
    { pack: null, list: place, party: 'officer', person: 'Maria', said: answer },
    officer,
  );
  expect(answered).toMatchObject({
    name: basename(list),
    isFleeting: false,
    list: { notes: [], entries: 3 },
  });
  expect(answered.list.requests[0]).toMatchObject({ status: 'answered', signedWith: 'list' });
  expect(answered.list.requests[0]?.remarks.map(({ signedWith }) => signedWith)).toEqual(['list', 'pack']);
  expect(closing(officer.reviewReader(), (review) => latestActivity(review, 'request', 5))).toMatchObject([
    { detail: { packId: report.packId, entry: 3, kind: 'answer' } },
  ]);

  // It came back beside the auditor's own copy, and goes on from it; the other way round something is missing.
  const returned = `returned.requests.json`;
  writeFileSync(join(kept, returned), readFileSync(list));
  const both = (now: string, earlier: string) =>
    handlers['requests.read'](
      { pack: 'pack', list: { grant: 'kept', name: now }, earlier: { grant: 'kept', name: earlier } },
      auditor,
    );
  expect((await both(returned, first.name)).notes).toEqual([]);
  expect((await both(first.name, returned)).notes[0]).toContain('its first 2 of 3 entries');

  // Without the pack at hand that is said; without the key another one signs, and the list tells.
  for (const name of readdirSync(made)) rmSync(join(made, name), { recursive: true });
  expect(existsSync(report.zip)).toBe(false);
  expect((await read()).notes[0]).toContain('is not at hand');
});

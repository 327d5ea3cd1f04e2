// The making of a pack: nothing is overwritten, left behind or held up, whatever stops it.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppError } from '#core/errors.ts';
import { ironflockCsv, temporaryFile, temporaryFolder } from '../../support/workspace.ts';
import { create, openSeeds, openSmall, readAll } from './create.ts';
import { python } from './verifiers.ts';

describe('making a pack', () => {
  it('never writes over a pack that is there', async () => {
    const store = await openSmall();
    const into = temporaryFolder();
    const { folder } = await create(store, {}, { into });
    const before = readAll(into);
    await expect(create(store, {}, { into })).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining(folder),
    });
    expect(readAll(into)).toEqual(before);
  });

  it('leaves nothing behind when it is cancelled, at whatever stage', async () => {
    const store = await openSmall();
    const stages = new Set<string>();
    await create(store, { seed: 's', sample: 2 }, { progress: ({ stage }) => stages.add(stage) });
    const cancelled = new Set<string>();
    for (const stage of stages) {
      const into = temporaryFolder();
      const abort = new AbortController();
      const made = create(
        store,
        { seed: 's', sample: 2 },
        {
          into,
          signal: abort.signal,
          progress: (progress) => progress.stage === stage && abort.abort(),
        },
      );
      const outcome = await made.then(
        () => 'made',
        (error: AppError) => error.code,
      );
      // A short stage may be over before it is time to tell of it.
      expect(outcome).toBe(abort.signal.aborted ? 'cancelled' : 'made');
      if (!abort.signal.aborted) continue;
      expect(readdirSync(into)).toEqual([]);
      cancelled.add(stage);
    }
    expect(cancelled.size).toBeGreaterThan(5);
    expect(store.db.inTransaction).toBe(false);
  });

  it('leaves nothing behind when it fails', async () => {
    const store = await openSmall();
    const into = temporaryFolder();
    const fail = () => {
      throw new Error('the disk is gone');
    };
    await expect(
      create(store, {}, { into, progress: ({ stage }) => stage === 'Writing the workbook' && fail() }),
    ).rejects.toThrow('the disk is gone');
    expect(readdirSync(into)).toEqual([]);
  });

  it('refuses a folder that is not there, a seed without a size, and a period that ends before it begins', async () => {
    const store = await openSmall();
    await expect(create(store, {}, { into: join(temporaryFolder(), 'no') })).rejects.toMatchObject({
      code: 'input',
    });
    await expect(create(store, { seed: 's' })).rejects.toMatchObject({ code: 'usage' });
    await expect(create(store, { from: '2026-03-01', to: '2026-02-01' })).rejects.toMatchObject({
      code: 'usage',
    });
    await expect(create(store, { filter: 'nonsense:x' })).rejects.toMatchObject({ code: 'usage' });
  });

  it('does not hold what is imported while it runs', async () => {
    const store = await openSeeds();
    const file = temporaryFile(
      'late.csv',
      ironflockCsv(['2026-01-05T10:00:00Z,late,device,1,press,p,Name,,x,y']),
    );
    let late = '';
    const report = await create(
      store,
      {},
      {
        progress: ({ stage }) => {
          if (stage !== 'Freezing the populations' || late !== '') return;
          const arguments_ = ['core/cli.ts', 'import', file, '-w', store.folder, '--json'];
          late = execFileSync(process.execPath, arguments_, { encoding: 'utf8' });
        },
      },
    );
    expect(JSON.parse(late).imports[0].imported).toBe(1);
    expect(report.events).toBe(2400);
    expect(python(report.folder).status).toBe(0);
    expect((await create(store)).events).toBe(2401);
  });

  it('touches nothing else in the folder', async () => {
    const into = temporaryFolder();
    mkdirSync(join(into, 'other'));
    writeFileSync(join(into, 'other', 'note.txt'), 'stays');
    const report = await create(await openSmall(), {}, { into });
    expect(readdirSync(into).sort()).toEqual([basename(report.folder), basename(report.zip), 'other'].sort());
  });
});

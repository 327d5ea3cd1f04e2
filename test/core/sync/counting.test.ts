// Pages are counted here or in a thread, and a sync goes from one to the other: what is spooled is the same.

import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIntake, type Intake } from '#core/sync/intake.ts';
import { cutRecords, noRecords } from '#core/sync/page-records.ts';
import { temporaryFolder } from '../../support/workspace.ts';

/** Of each page its records, and which of them are new in front of the list. */
const page = fc.record({
  records: fc.array(
    fc.constantFrom('{"a":1}', '{"a":2,"b":"x"}', '{"b":"x","a":2}', '{"a":"longer, much longer"}'),
  ),
  inFront: fc.option(fc.array(fc.constantFrom(0, 1), { minLength: 10, maxLength: 10 })),
});
const readings = fc.array(fc.array(page, { maxLength: 4 }), { minLength: 1, maxLength: 3 });

type Readings = typeof readings extends fc.Arbitrary<infer V> ? V : never;

/** What the readings of lists show, and what is spooled of them. */
async function takeIn(intake: Intake, lists: Readings): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const pages of lists) {
    for (const { records: texts, inFront } of pages) {
      const records = cutRecords(Buffer.from(`[${texts.join(',\n')}]`), 0)?.records ?? noRecords();
      const isInFront = inFront && Uint8Array.from(texts, (_, index) => inFront[index % 10] as number);
      await intake.take({ records, isInFront });
    }
    const seen = await intake.conclude();
    if (pages.length % 2 === 0) await intake.keepRepeats();
    found.push(seen, intake.lines());
  }
  const spool = await intake.finish();
  found.push(spool.records, readFileSync(spool.path, 'utf8'));
  await intake.remove();
  expect(existsSync(spool.path)).toBe(false);
  return found;
}

describe('what a sync reads', () => {
  it('is spooled alike wherever it is counted', async () => {
    const workspace = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(readings, fc.constantFrom(1, 30, 60), async (lists, worthAThread) => {
        const here = await takeIn(createIntake(workspace, Number.POSITIVE_INFINITY), lists);
        expect(await takeIn(createIntake(workspace, worthAThread), lists)).toEqual(here);
      }),
      { numRuns: 15 },
    );
  });

  it('leaves nothing behind where it is given up while pages are under way', async () => {
    const intake = createIntake(temporaryFolder(), 1);
    const cut = cutRecords(Buffer.from(`[${'{"a":1},'.repeat(100_000)}{"a":2}]`), 0);
    await intake.take({ records: cut?.records ?? noRecords(), isInFront: null });
    await intake.remove();
    await expect(intake.conclude()).rejects.toThrow('The thread that counts records');
  });
});

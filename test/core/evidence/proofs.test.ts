import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyPack } from '#core/evidence/verify-pack.ts';
import { parseProof } from '#core/integrity/proof-file.ts';
import { proveEvents } from '#core/integrity/prove-events.ts';
import { importInto, ironflockCsv, openTemporaryStore, temporaryFile } from '../../support/workspace.ts';
import { copyOf, create, openSeeds, openWorkspace, readPackText, reseal, signerFor } from './create.ts';
import { hostileTexts } from './hostile.ts';
import { python } from './verifiers.ts';

const folder = 'data/11_samples/proofs';
const quiet = { signal: new AbortController().signal, progress: () => {} };
const proofsOf = (pack: string) => readdirSync(join(pack, folder)).sort();

/** What both verifiers say of the proofs of a pack: the status and what follows it. */
async function said(pack: string): Promise<string> {
  const { checks, failures } = await verifyPack(pack, quiet);
  const own = checks.find(({ name }) => name === 'Proofs');
  const line = /^(passed|failed|skipped) +Proofs: (.*)$/m.exec(python(pack).stdout);
  expect(line?.[1]).toBe(own?.status);
  const faults = failures.filter(({ check }) => check === 'Proofs');
  if (own?.status === 'failed')
    expect(line?.[2]?.split('; ').sort()).toEqual(faults.map((one) => `${one.where}: ${one.detail}`).sort());
  else expect(line?.[2]).toBe(own?.detail);
  return `${own?.status}: ${line?.[2]}`;
}

describe('the proofs of a sample', () => {
  it('lead each row of two imports to the root of the signed checkpoint, in both verifiers', async () => {
    const store = await openSeeds();
    const pack = await create(store, { seed: 's', sample: 4 }, { signer: signerFor(store) });
    const checkpoint = readPackText(pack.folder, 'data/40_integrity/checkpoint.txt');
    const names = proofsOf(pack.folder);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      expect(name).toMatch(/^[a-z2-7]{16}[.~\-0-9]*\.tlog-proof$/);
      expect(parseProof(readPackText(pack.folder, `${folder}/${name}`))?.checkpoint).toBe(checkpoint);
    }
    expect(await said(pack.folder)).toBe(
      `passed: ${names.length} rows lead to the root of the log, each from its leaf`,
    );
  });

  it('are found for every row, however hostile its values', async () => {
    const rows = hostileTexts.map(
      (text, index) =>
        `2026-02-01T10:00:${String(index).padStart(2, '0')}Z,"${text.replaceAll('"', '""')}",device,4007,press,plant,Name,,before,"${text.replaceAll('"', '""')}"`,
    );
    const store = await openWorkspace(temporaryFile('hostile.csv', ironflockCsv(rows)));
    const pack = await create(store, { seed: 's', sample: 1000 });
    expect(await said(pack.folder)).toMatch(/^passed: \d\d/);
    expect(proofsOf(pack.folder)).toHaveLength(rows.length);
  });

  it('fail by row where a proof is missing or damaged, or a row is not the one that was logged', async () => {
    const store = await openSeeds();
    const pack = await create(store, { seed: 's', sample: 2 });
    const [first = '', second = ''] = proofsOf(pack.folder);
    const row = (name: string) => `row ${name.replace('.tlog-proof', '')}`;

    const missing = copyOf(pack);
    rmSync(join(missing, folder, first));
    reseal(missing);
    expect(await said(missing)).toBe(`failed: ${row(first)}: its proof is missing`);

    const swapped = copyOf(pack);
    writeFileSync(join(swapped, folder, first), readFileSync(join(pack.folder, folder, second)));
    reseal(swapped);
    expect(await said(swapped)).toBe(`failed: ${row(first)}: does not lead to the root of the log`);

    const longer = copyOf(pack);
    const proof = readFileSync(join(longer, folder, first), 'utf8');
    writeFileSync(join(longer, folder, first), proof.replace('\n\n', `\n${'A'.repeat(43)}=\n\n`));
    reseal(longer);
    expect(await said(longer)).toBe(`failed: ${row(first)}: does not lead to the root of the log`);

    // A row rewritten everywhere in the pack, populations and sample alike.
    const forged = copyOf(pack);
    const uid = first.replace('.tlog-proof', '');
    for (const name of ['data/10_populations/00_all-events.ndjson', 'data/11_samples/01_sample.ndjson']) {
      const lines = readFileSync(join(forged, name), 'utf8').split('\n');
      const changed = lines.map((line) =>
        line.includes(`"uid":"${uid}"`) ? line.replace(/"actor":("[^"]*"|null)/, '"actor":"mallory"') : line,
      );
      writeFileSync(join(forged, name), changed.join('\n'));
    }
    reseal(forged);
    expect(await said(forged)).toBe(`failed: ${row(first)}: does not lead to the root of the log`);
  });

  it('are for the log as the pack was cut from it, also when more came in since', async () => {
    const csv = (name: string) =>
      temporaryFile(
        `${name}.csv`,
        ironflockCsv(
          Array.from(
            { length: 9 },
            (_, at) => `2026-02-0${at + 1}T09:00:00Z,${name}@acme,device,7,press,plant,Name,,x,y`,
          ),
        ),
      );
    const store = openTemporaryStore();
    await importInto(store, csv('a'));
    const before = store.db.prepare('SELECT log_size AS size, log_root AS root FROM stored_import').get() as {
      size: number;
      root: string;
    };
    const pack = await create(store, { seed: 's', sample: 3 });
    const uids = proofsOf(pack.folder).map((name) => name.replace('.tlog-proof', ''));
    await importInto(store, csv('b'));
    const proofs = await proveEvents(store, uids, before, quiet);
    expect([...proofs.values()].map(({ size }) => size)).toEqual(uids.map(() => 10));
    await expect(proveEvents(store, uids, { ...before, root: 'ab'.repeat(32) }, quiet)).rejects.toMatchObject(
      {
        code: 'input',
        message: expect.stringContaining('does not lead to the root'),
      },
    );
  });
});

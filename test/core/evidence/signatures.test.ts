import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sealRecipe } from '#core/evidence/recipe.ts';
import { sealText } from '#core/evidence/seal.ts';
import { verifyPack } from '#core/evidence/verify-pack.ts';
import { checkNote, formatNoteKey, type NoteKey, type Signer } from '#core/integrity/note.ts';
import { copyOf, create, openSmall, readAll, readPackText, reseal, signerFor } from './create.ts';
import { hasMono, verifiesEd25519 } from './mono.ts';
import { python } from './verifiers.ts';

const verify = (path: string, known: NoteKey | null = null) =>
  verifyPack(path, { signal: new AbortController().signal, progress: () => {}, known });
const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

/** Names of the checks that failed, from verify.py and from Exhibit; both must say the same of signatures. */
async function failed(folder: string, known?: NoteKey): Promise<string[]> {
  const { failures } = await verify(folder, known);
  const names = [...new Set(failures.map(({ check }) => check))];
  const args = known ? ['--pubkey', formatNoteKey(known)] : [];
  const said = [...python(folder, ...args).stdout.matchAll(/^failed {3}([^:]+):/gm)].map(([, name]) => name);
  const about = (all: (string | undefined)[]) =>
    all.filter((name) => /^(Signature|Known)/.test(name ?? '')).sort();
  expect(about(said)).toEqual(about(names));
  return names.sort();
}

describe('a signed pack', () => {
  it('has a signed checkpoint, the key, and a signature over its tag manifest; its recipe names the key', async () => {
    const store = await openSmall();
    const signer = signerFor(store);
    const { folder, signedBy } = await create(store, {}, { signer });
    const recipe = JSON.parse(read(folder, 'data/30_query/recipe.json'));
    expect(recipe.signing).toBe(formatNoteKey(signer.key));
    expect(read(folder, 'data/40_integrity/pubkey.txt')).toBe(`${recipe.signing}\n`);
    expect(read(folder, 'data/40_integrity/checkpoint-note.txt')).toContain(signedBy);
    for (const note of ['data/40_integrity/checkpoint.txt', 'tagmanifest-sha256.txt.sig']) {
      expect(checkNote(read(folder, note), signer.key)).toBe('signed');
    }
    expect(read(folder, 'data/00_README.txt')).toContain('This pack is signed');
    const { ok, checks } = await verify(folder, signer.key);
    expect(ok).toBe(true);
    expect(checks.filter(({ name }) => /Signature|Known/.test(name)).map(({ status }) => status)).toEqual([
      'passed',
      'passed',
      'passed',
    ]);
    expect(python(folder, '--pubkey', formatNoteKey(signer.key)).status).toBe(0);
    expect(python(folder, '--pubkey', 'data/40_integrity/pubkey.txt').status).toBe(0);
  });

  it('is the same bytes each time, with another key another pack, without one an unsigned one', async () => {
    const store = await openSmall();
    const [first, again, other, unsigned] = [
      await create(store, {}, { signer: signerFor(store) }),
      await create(store, {}, { signer: signerFor(store) }),
      await create(store, {}, { signer: signerFor(store, 2) }),
      await create(store),
    ];
    expect(readAll(again.folder)).toEqual(readAll(first.folder));
    expect(new Set([first.packId, other.packId, unsigned.packId]).size).toBe(3);
    expect(readAll(unsigned.folder).has('tagmanifest-sha256.txt.sig')).toBe(false);
    const { ok, checks } = await verify(unsigned.folder);
    expect(ok).toBe(true);
    expect(checks.filter(({ name }) => name.startsWith('Signature')).map(({ status }) => status)).toEqual([
      'skipped',
      'skipped',
    ]);
    expect(await failed(unsigned.folder, signerFor(store).key)).toEqual(['Known key']);
  });

  it('that somebody altered and made to fit again fails without the private key', async () => {
    const store = await openSmall();
    const pack = await create(store, {}, { signer: signerFor(store) });
    const altered = copyOf(pack);
    const days = join(altered, 'data/20_sources/days.csv');
    writeFileSync(days, readFileSync(days, 'utf8').replace('1', '2'));
    reseal(altered);
    expect(await failed(altered)).toEqual(['Signature of the pack']);

    const stripped = copyOf(pack);
    rmSync(join(stripped, 'tagmanifest-sha256.txt.sig'));
    rmSync(join(stripped, 'data/40_integrity/pubkey.txt'));
    const checkpoint = join(stripped, 'data/40_integrity/checkpoint.txt');
    writeFileSync(checkpoint, readFileSync(checkpoint, 'utf8').split('\n\n')[0]?.concat('\n') ?? '');
    reseal(stripped);
    expect(await failed(stripped)).toEqual(['Signature of the checkpoint', 'Signature of the pack']);
  });

  it('that somebody signed with a key of their own fails, at the latest where the reader knows the right one', async () => {
    const store = await openSmall();
    const own = signerFor(store);
    const theirs = signerFor(store, 2);
    const pack = await create(store, {}, { signer: own });
    const signed = copyOf(pack);
    signAgain(signed, pack.packId, theirs);
    expect(await failed(signed)).toEqual(['Signature of the checkpoint', 'Signature of the pack']);

    // With the recipe changed as well it is another pack, under another id, that follows from itself.
    const forged = copyOf(pack);
    const recipe = {
      ...JSON.parse(read(forged, 'data/30_query/recipe.json')),
      signing: formatNoteKey(theirs.key),
    };
    const { json, packId } = sealRecipe(recipe);
    const info = read(forged, 'bag-info.txt').replace(pack.packId, packId);
    const { sha256 } = sealRecipe(recipe);
    writeFileSync(join(forged, 'data/30_query/recipe.json'), json);
    writeFileSync(join(forged, 'bag-info.txt'), info.replace(/recipe sha256 .*/, `recipe sha256 ${sha256}`));
    signAgain(forged, packId, theirs);
    expect(await failed(forged)).toEqual([]);
    expect(await failed(forged, own.key)).toEqual(['Known key']);
  });
});

/** Signs a damaged pack with another key, manifests and all. */
function signAgain(folder: string, packId: string, { key, sign }: Signer): void {
  writeFileSync(join(folder, 'data/40_integrity/pubkey.txt'), `${formatNoteKey(key)}\n`);
  const checkpoint = join(folder, 'data/40_integrity/checkpoint.txt');
  writeFileSync(checkpoint, sign(`${readFileSync(checkpoint, 'utf8').split('\n\n')[0]}\n`));
  reseal(folder);
  writeFileSync(
    join(folder, 'tagmanifest-sha256.txt.sig'),
    sign(sealText(packId, readPackText(folder, 'tagmanifest-sha256.txt'))),
  );
}

describe('the verifiers in a pack', () => {
  // RFC 8032 §7.1: public key, message, signature.
  const vectors: [string, string, string][] = [
    [
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ];

  it('accepts the signatures of RFC 8032 and none that differs in a bit, in the number or in the key', () => {
    const script = `
import sys, json
sys.dont_write_bytecode = True
sys.path.insert(0, ${JSON.stringify(join(import.meta.dirname, '../../../assets/pack'))})
from verify import verify_ed25519, ORDER
b = bytes.fromhex
for public, message, signature in json.loads(sys.argv[1]):
    public, message, signature = b(public), b(message), b(signature)
    assert verify_ed25519(public, message, signature)
    for at in range(0, 64, 7):
        changed = bytearray(signature)
        changed[at] ^= 4
        assert not verify_ed25519(public, message, bytes(changed)), at
    more = int.from_bytes(signature[32:], "little") + ORDER
    assert not verify_ed25519(public, message, signature[:32] + more.to_bytes(32, "little"))
    assert not verify_ed25519(public, message + b("00"), signature)
    assert not verify_ed25519(b("ff" * 32), message, signature)
    assert not verify_ed25519(public[:31] + b("01"), message, signature)
    assert not verify_ed25519(public, message, signature[:63])
print("sound")
`;
    const run = spawnSync('python3', ['-c', script, JSON.stringify(vectors)], { encoding: 'utf8' });
    expect(run.error, 'Python 3 starts').toBeUndefined();
    expect(run.stdout, run.stderr).toBe('sound\n');
  });

  it.skipIf(!hasMono)('do so in C#, too (skipped without Mono)', () => {
    expect(verifiesEd25519(vectors)).toEqual([true, true, true]);
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const reversed = (hex: string) => Buffer.from(hex, 'hex').reverse().toString('hex');
    const wrong = vectors.flatMap(([key, message, signature]): [string, string, string][] => {
      const more = (BigInt(`0x${reversed(signature.slice(64))}`) + order).toString(16).padStart(64, '0');
      return [
        ...Array.from({ length: 64 }, (_, at): [string, string, string] => {
          const changed = Buffer.from(signature, 'hex');
          changed[at] = (changed[at] as number) ^ (1 << (at % 8));
          return [key, message, changed.toString('hex')];
        }),
        [key, message, signature.slice(0, 64) + reversed(more)],
        [key, `${message}00`, signature],
        ['ff'.repeat(32), message, signature],
        [`${key.slice(0, 62)}01`, message, signature],
        [key, message, signature.slice(0, 126)],
      ];
    });
    expect(verifiesEd25519(wrong)).toEqual(wrong.map(() => false));
  });

  it.skipIf(!hasMono)('take any signature that Node makes (skipped without Mono)', () => {
    const made = Array.from({ length: 60 }, (_, at): [string, string, string] => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const message = randomBytes(3 * at);
      const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
      return [key.toString('hex'), message.toString('hex'), sign(null, message, privateKey).toString('hex')];
    });
    expect(verifiesEd25519(made)).toEqual(made.map(() => true));
  });
});

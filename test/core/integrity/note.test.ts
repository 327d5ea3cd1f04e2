import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkpointText, isCheckpointOf, parseCheckpoint } from '#core/integrity/checkpoint.ts';
import {
  checkNote,
  createSigner,
  fingerprintOf,
  formatNoteKey,
  type NoteKey,
  noteKey,
  parseNote,
  parseNoteKey,
  rawPublicKey,
  type Signer,
} from '#core/integrity/note.ts';

// The example in the documentation of golang.org/x/mod/sumdb/note, where the format comes from.
const goKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const goSecret = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const goText =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const goNote = `${goText}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

/** PKCS#8 around an Ed25519 seed (RFC 8410 §7), in base 64. */
const pkcs8 = (seed: Buffer) =>
  Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]).toString('base64');

function newSigner(name = 'exhibit/workspace/1'): Signer {
  return createSigner(
    name,
    generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
  );
}

describe('a signed note', () => {
  it('is the one that Go’s note package writes, with the same key id and signature', () => {
    const signer = createSigner('PeterNeumann', pkcs8(Buffer.from(goSecret, 'base64').subarray(1)));
    expect(formatNoteKey(signer.key)).toBe(goKey);
    expect(signer.sign(goText)).toBe(goNote);
    expect(checkNote(goNote, parseNoteKey(goKey) as NoteKey)).toBe('signed');
  });

  it('with another text, signature or key is not signed by it', () => {
    const key = parseNoteKey(goKey) as NoteKey;
    expect(checkNote(goNote.replace('answer', 'Answer'), key)).toBe('wrong');
    expect(checkNote(goNote.replace('JnAM=', 'JnAI='), key)).toBe('wrong');
    expect(checkNote(goText, key)).toBe('unsigned');
    expect(checkNote(goNote, newSigner('PeterNeumann').key)).toBe('unsigned');
    expect(checkNote(goNote, noteKey('Peter', key.publicKey))).toBe('unsigned');
    // A second line that claims the same key must be right as well.
    expect(checkNote(`${goNote}— PeterNeumann x08gowAA\n`, key)).toBe('wrong');
    // Somebody else's line beside it does not matter.
    const other = newSigner('other').sign(goText).split('\n').at(-2);
    expect(checkNote(`${goNote}${other}\n`, key)).toBe('signed');
  });

  it('is told from what is none', () => {
    expect(parseNote('no line feed')).toBeNull();
    expect(parseNote('text\n\nno signature\n')).toBeNull();
    expect(parseNote('text\n\n— name notbase64!\n')).toBeNull();
    expect(parseNote(`text\n\n${'— a AAAAAAA=\n'.repeat(17)}`)).toBeNull();
    expect(parseNote('a\n\nb\n\n— n AAAAAAA=\n')?.text).toBe('a\n\nb\n');
    expect(() => newSigner().sign('no line feed')).toThrow();
    expect(() => newSigner().sign('a\tb\n')).toThrow();
  });
});

describe('a key', () => {
  it('is read again as it was written, and not where its id is another’s', () => {
    const { key } = newSigner('exhibit/workspace/ä');
    expect(parseNoteKey(` ${formatNoteKey(key)}\n`)).toEqual(key);
    expect(parseNoteKey(goKey.replace('c74f20a3', 'c74f20a4'))).toBeNull();
    expect(parseNoteKey(goKey.replace('+ARpc', '+AhPc'))).toBeNull();
    expect(parseNoteKey('PeterNeumann')).toBeNull();
    expect(() => noteKey('two words', key.publicKey)).toThrow();
    expect(() => noteKey('a+b', key.publicKey)).toThrow();
    expect(fingerprintOf(key)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('that is none, or of another kind, is refused without quoting it', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const pem = rsa.export({ format: 'pem', type: 'pkcs8' }) as string;
    for (const text of [
      'hunter2',
      '',
      pem,
      '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----',
    ]) {
      expect(() => createSigner('n', text)).toThrow(/^This is no Ed25519 private key in PKCS#8\./);
    }
    const { publicKey } = generateKeyPairSync('ed25519');
    expect(rawPublicKey(publicKey)).toHaveLength(32);
  });
});

describe('a checkpoint', () => {
  const state = { origin: 'exhibit/workspace/1', size: 7, root: 'ab'.repeat(32) };

  it('says which log, how many leaves and which root, signed or not', () => {
    const signer = newSigner();
    const text = checkpointText(state);
    expect(text).toBe('exhibit/workspace/1\n7\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\n');
    expect(parseCheckpoint(text)).toEqual(state);
    expect(parseCheckpoint(signer.sign(text))).toEqual(state);
    expect(isCheckpointOf(signer.sign(text), state, signer.key)).toBe(true);
    expect(isCheckpointOf(text, state, signer.key)).toBe(false);
    expect(isCheckpointOf(signer.sign(text), { ...state, size: 8 }, signer.key)).toBe(false);
    expect(isCheckpointOf(signer.sign(text), state, newSigner().key)).toBe(false);
  });

  it('of an empty log has the root of an empty tree', () => {
    const text = checkpointText({ origin: 'o', size: 0, root: null });
    expect(text).toBe('o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n');
  });

  it('is told from other notes', () => {
    for (const text of ['o\n07\nAA==\n', 'o\n7\nAA==\n', 'o\n7\n', `${checkpointText(state)}more\n`]) {
      expect(parseCheckpoint(text)).toBeNull();
    }
  });
});

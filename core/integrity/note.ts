// C2SP signed notes (c2sp.org/signed-note): a text, an empty line, and a line for each signature. Ed25519 alone, whose
// signatures follow from key and text: the same pack signed with the same key is the same bytes.

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { AppError } from '#core/errors.ts';

/** A public key under a name, as signatures refer to it. */
export type NoteKey = {
  /** Without spaces and plus signs. */
  name: string;
  /** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), 8 hex digits. */
  id: string;
  /** 32 bytes, RFC 8032. */
  publicKey: Buffer;
};

/** A key that can sign. */
export type Signer = {
  key: NoteKey;
  /** The whole note. The text ends with a line feed and has no other control characters. */
  sign(text: string): string;
};

/** Type byte of Ed25519 in key ids and verifier keys. */
const ed25519 = 0x01;

/** The key of this name. `publicKey` is 32 bytes. Throws for a name that a note cannot have. */
export function noteKey(name: string, publicKey: Buffer): NoteKey {
  if (!/^[^\s+]+$/u.test(name) || publicKey.length !== 32)
    throw new Error('This cannot be the key of a note.');
  const digest = createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.of(ed25519))
    .update(publicKey)
    .digest();
  return { name, id: digest.toString('hex', 0, 4), publicKey };
}

/** `name+keyid+base64(0x01 ‖ public key)`: how notes write a public key down. */
export function formatNoteKey({ name, id, publicKey }: NoteKey): string {
  return `${name}+${id}+${Buffer.concat([Buffer.of(ed25519), publicKey]).toString('base64')}`;
}

/** Reads what formatNoteKey writes, white space around it left out. Null when it is none or its id is not its own. */
export function parseNoteKey(text: string): NoteKey | null {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/u.exec(text.trim());
  if (!match) return null;
  const bytes = Buffer.from(match[3] as string, 'base64');
  if (bytes.length !== 33 || bytes[0] !== ed25519) return null;
  const key = noteKey(match[1] as string, bytes.subarray(1));
  return key.id === match[2] ? key : null;
}

/** SHA-256 of the 32 bytes of a public key, hex: what people compare. */
export function fingerprintOf({ publicKey }: NoteKey): string {
  return createHash('sha256').update(publicKey).digest('hex');
}

/** The fingerprint for reading aloud: groups of four. */
export const groupFingerprint = (fingerprint: string): string =>
  fingerprint.match(/.{4}/g)?.join(' ') ?? fingerprint;

/** A signer from a private key in PKCS#8: PEM, or DER in base 64. Throws AppError('input') for anything else. */
export function createSigner(name: string, privateKey: string): Signer {
  const secret = readPrivateKey(privateKey);
  const key = noteKey(name, rawPublicKey(createPublicKey(secret)));
  return {
    key,
    sign(text) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
      if (!text.endsWith('\n') || /[\0-\x09\x0b-\x1f]/.test(text)) throw new Error('This cannot be a note.');
      const signature = sign(null, Buffer.from(text, 'utf8'), secret);
      const line = Buffer.concat([Buffer.from(key.id, 'hex'), signature]).toString('base64');
      return `${text}\n— ${name} ${line}\n`;
    },
  };
}

/** A private key's text without saying it in the error. */
function readPrivateKey(text: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = text.includes('-----BEGIN')
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  } catch {
    // Said below, without what the library quotes of it.
  }
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new AppError(
    'input',
    'This is no Ed25519 private key in PKCS#8. Name the file that “exhibit key new” wrote.',
  );
}

/** The 32 bytes of an Ed25519 key: they close its SPKI form (RFC 8410). */
export function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32);
}

export type NoteSignature = { name: string; id: string; signature: Buffer };

/**
 * The text of a note and its signature lines; a text without any is a note that nobody signed. Null where the lines
 * after the last empty one are no signatures.
 */
export function parseNote(note: string): { text: string; signatures: NoteSignature[] } | null {
  const end = note.lastIndexOf('\n\n');
  if (end === -1) return note.endsWith('\n') ? { text: note, signatures: [] } : null;
  const signatures: NoteSignature[] = [];
  const lines = note.slice(end + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0 || lines.length > 16) return null;
  for (const line of lines) {
    const match = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
    const bytes = Buffer.from(match?.[2] ?? '', 'base64');
    if (!match || bytes.length < 5) return null;
    signatures.push({
      name: match[1] as string,
      id: bytes.toString('hex', 0, 4),
      signature: bytes.subarray(4),
    });
  }
  return { text: note.slice(0, end + 1), signatures };
}

/** What a key says of a note: signed by it, not signed by it at all, or with a signature that is not over this text. */
export function checkNote(note: string, key: NoteKey): 'signed' | 'unsigned' | 'wrong' {
  const parsed = parseNote(note);
  if (!parsed) return 'wrong';
  const own = parsed.signatures.filter(({ name, id }) => name === key.name && id === key.id);
  if (own.length === 0) return 'unsigned';
  // The prefix of an Ed25519 key's SPKI form, RFC 8410 §4.
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.publicKey]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const text = Buffer.from(parsed.text, 'utf8');
  return own.every(({ signature }) => signature.length === 64 && verify(null, text, publicKey, signature))
    ? 'signed'
    : 'wrong';
}

// The encryption that files of certificates had for decades and macOS, older Windows and Java still write: a key from the
// password with SHA-1 (RFC 7292 appendix B), and triple DES or RC2 (RFC 2268). It is only ever read: what such a file is
// worth against who steals it, its owner has to know. Node has no RC2, and Electron's no OpenSSL that would.

import { createDecipheriv, hash } from 'node:crypto';

/** What decrypts a part, by its object identifier (RFC 7292 appendix C); in bytes, the key. */
const ciphers: Readonly<
  Record<string, { keyBytes: number; open(sealed: Buffer, key: Buffer, iv: Buffer): Buffer }>
> = {
  '1.2.840.113549.1.12.1.3': { keyBytes: 24, open: openTripleDes },
  '1.2.840.113549.1.12.1.5': { keyBytes: 16, open: openRc2 },
  '1.2.840.113549.1.12.1.6': { keyBytes: 5, open: openRc2 },
};
const blockBytes = 8;

/** Whether parts that are encrypted by this object identifier can be read here. */
export const isOldEncryption = (algorithm: string): boolean => Object.hasOwn(ciphers, algorithm);

/** Decrypts a part. Throws where the password is another one, most of the time: else noise comes out. */
export function decryptOld(
  sealed: Buffer,
  {
    algorithm,
    salt,
    rounds,
    password,
  }: { algorithm: string; salt: Buffer; rounds: number; password: string },
): Buffer {
  const cipher = ciphers[algorithm];
  if (!cipher) throw new Error(`There is no cipher ${algorithm}.`);
  if (rounds > 10_000_000) throw new Error('It takes too many rounds.');
  const derive = (purpose: 1 | 2, bytes: number) => deriveBytes({ purpose, bytes, salt, rounds, password });
  return cipher.open(sealed, derive(1, cipher.keyBytes), derive(2, blockBytes));
}

/** RFC 7292 B.2 with SHA-1; `purpose` 1 is for a key, 2 for what a cipher starts with. */
function deriveBytes(asked: {
  purpose: number;
  bytes: number;
  salt: Buffer;
  rounds: number;
  password: string;
}): Buffer {
  const { purpose, bytes, salt, rounds, password } = asked;
  const block = 64;
  const filled = (part: Buffer) => Buffer.alloc(Math.ceil(part.length / block) * block, part);
  // As UTF-16, high bytes first, with its end.
  const text = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const mixed = Buffer.concat([filled(salt), filled(text)]);
  const found: Buffer[] = [];
  for (let have = 0; have < bytes; have += 20) {
    let digest: Buffer = Buffer.concat([Buffer.alloc(block, purpose), mixed]);
    for (let round = 0; round < rounds; round++) digest = hash('sha1', digest, 'buffer');
    found.push(digest);
    const added = Buffer.alloc(block, digest);
    for (let start = 0; start < mixed.length; start += block) {
      let carry = 1;
      for (let at = block - 1; at >= 0; at--) {
        carry += (mixed[start + at] as number) + (added[at] as number);
        mixed[start + at] = carry & 0xff;
        carry >>= 8;
      }
    }
  }
  return Buffer.concat(found).subarray(0, bytes);
}

function openTripleDes(sealed: Buffer, key: Buffer, iv: Buffer): Buffer {
  const cipher = createDecipheriv('des-ede3-cbc', key, iv);
  return Buffer.concat([cipher.update(sealed), cipher.final()]);
}

/** RC2 in CBC mode, with as many effective bits as the key has. */
function openRc2(sealed: Buffer, key: Buffer, iv: Buffer): Buffer {
  if (sealed.length === 0 || sealed.length % blockBytes !== 0) throw new Error('It is cut.');
  const words = expandKey(key);
  const opened = Buffer.alloc(sealed.length);
  for (let at = 0; at < sealed.length; at += blockBytes) {
    openBlock(sealed.subarray(at, at + blockBytes), words).copy(opened, at);
    for (let each = 0; each < blockBytes; each++) {
      const before = at === 0 ? iv[each] : sealed[at + each - blockBytes];
      opened[at + each] = (opened[at + each] as number) ^ (before as number);
    }
  }
  const padding = opened.at(-1) as number;
  const end = opened.length - padding;
  if (padding < 1 || padding > blockBytes || opened.subarray(end).some((byte) => byte !== padding))
    throw new Error('It is not padded as it should be.');
  return opened.subarray(0, end);
}

/** RFC 2268 §2. */
const table = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);

function expandKey(key: Buffer): number[] {
  const bytes = Buffer.alloc(128);
  const at = (index: number) => bytes[index] as number;
  key.copy(bytes);
  for (let index = key.length; index < 128; index++)
    bytes[index] = table[(at(index - 1) + at(index - key.length)) & 0xff] as number;
  bytes[128 - key.length] = table[at(128 - key.length)] as number;
  for (let index = 127 - key.length; index >= 0; index--)
    bytes[index] = table[at(index + 1) ^ at(index + key.length)] as number;
  return Array.from({ length: 64 }, (_, index) => bytes.readUInt16LE(2 * index));
}

/** RFC 2268 §4. */
function openBlock(sealed: Buffer, key: readonly number[]): Buffer {
  const words = [0, 2, 4, 6].map((at) => sealed.readUInt16LE(at)) as [number, number, number, number];
  const word = (index: number) => words[index & 3] as number;
  let next = 63;
  const mix = () => {
    for (let index = 3; index >= 0; index--) {
      const by = [1, 2, 3, 5][index] as number;
      const turned = (word(index) >> by) | (word(index) << (16 - by));
      const before = word(index - 1);
      const taken = (key[next--] as number) + (before & word(index - 2)) + (~before & word(index - 3));
      words[index] = (turned - taken) & 0xffff;
    }
  };
  const mash = () => {
    for (let index = 3; index >= 0; index--)
      words[index] = (word(index) - (key[word(index - 1) & 63] as number)) & 0xffff;
  };
  for (const [round, times] of [5, 6, 5].entries()) {
    if (round > 0) mash();
    for (let time = 0; time < times; time++) mix();
  }
  const opened = Buffer.alloc(blockBytes);
  for (const [index, value] of words.entries()) opened.writeUInt16LE(value, 2 * index);
  return opened;
}

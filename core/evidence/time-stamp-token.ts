// Time stamps on the wire (RFC 3161): the request, and what an authority's answer says. DER by hand, since it is little:
// whoever sends it is not trusted, so every length is held against what is there. The authority's signature and
// certificate are not looked at: openssl does that.

import { AppError } from '#core/errors.ts';
import { type Element, inside, must, only, tags } from './der.ts';

/** What a token says: SHA-256 of what was stamped, in hex, when by the authority's clock, and the request's nonce. */
export type Token = { sha256: string; time: string; nonce: string | null };

/** Largest answer, in bytes: tokens with their certificates have some thousand. */
export const largestAnswer = 256 * 1024;
/** 8 bytes, as the smallest of what authorities take. */
export const nonceBytes = 8;

const oids = {
  /** 2.16.840.1.101.3.4.2.1 */
  sha256: '608648016503040201',
  /** 1.2.840.113549.1.7.2, RFC 5652 §5.1 */
  signedData: '2a864886f70d010702',
  /** 1.2.840.113549.1.9.16.1.4, RFC 3161 §2.4.2 */
  tstInfo: '2a864886f70d0109100104',
} as const;

/**
 * The request for a stamp over a SHA-256 (RFC 3161 §2.4.1): version 1, the hash, the nonce, and that the certificate
 * comes with the answer. `sha256` is 32 bytes, the nonce 8 random ones. Nothing else leaves the machine.
 */
export function timeStampRequest(sha256: Uint8Array, nonce: Uint8Array): Buffer<ArrayBuffer> {
  const algorithm = element(tags.sequence, element(tags.oid, Buffer.from(oids.sha256, 'hex')), element(0x05));
  return element(
    tags.sequence,
    element(tags.integer, Uint8Array.of(1)),
    element(tags.sequence, algorithm, element(tags.octets, sha256)),
    element(tags.integer, positive(nonce)),
    element(tags.boolean, Uint8Array.of(0xff)),
  );
}

/** The nonce as the integer that the request and its answer hold: positive, so that it has one way to be written. */
export function positive(nonce: Uint8Array): Buffer {
  const bytes = Buffer.from(nonce);
  bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40;
  return bytes;
}

/** One element in DER; all that are written here are shorter than 128 bytes. */
const element = (tag: number, ...parts: readonly Uint8Array[]): Buffer<ArrayBuffer> => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Uint8Array.of(tag, content.length), content]);
};

/** What an authority's answer says. Throws AppError('input') where it refuses, and for anything that is no answer. */
export function readTimeStampAnswer(answer: Uint8Array): Token {
  if (answer.length > largestAnswer) throw notOne('it is too large');
  try {
    return readAnswer(answer);
  } catch (error) {
    throw error instanceof AppError ? error : notOne((error as Error).message);
  }
}

function readAnswer(answer: Uint8Array): Token {
  const [status, token] = inside(only(answer, tags.sequence));
  const said = inside(must(status, tags.sequence));
  const code = must(said[0], tags.integer);
  // §2.4.2: 0 is granted, 1 granted with changes; every other status comes without a token.
  if (code.length !== 1 || (code[0] as number) > 1) throw refusal(code, said.slice(1));
  return readToken(must(token, tags.sequence));
}

/** ContentInfo and SignedData (RFC 5652 §3, §5.1) around TSTInfo (RFC 3161 §2.4.2). */
function readToken(contentInfo: Uint8Array): Token {
  const signed = inside(only(contentOf(contentInfo, oids.signedData), tags.sequence));
  const info = only(contentOf(must(signed[2], tags.sequence), oids.tstInfo), tags.octets);
  const [, , imprint, , time, ...others] = inside(only(info, tags.sequence));
  const [algorithm, digest] = inside(must(imprint, tags.sequence));
  const [oid] = inside(must(algorithm, tags.sequence));
  const sha256 = must(digest, tags.octets);
  if (hex(must(oid, tags.oid)) !== oids.sha256 || sha256.length !== 32)
    throw new Error('it is not about a SHA-256');
  const nonce = others.find(({ tag }) => tag === tags.integer);
  return {
    sha256: hex(sha256),
    time: readTime(Buffer.from(must(time, tags.time)).toString('latin1')),
    nonce: nonce ? hex(nonce.content) : null,
  };
}

/** The explicit content of a ContentInfo or EncapsulatedContentInfo of this type. */
function contentOf(info: Uint8Array, type: string): Uint8Array {
  const [oid, content] = inside(info);
  if (hex(must(oid, tags.oid)) !== type) throw new Error('it holds something else');
  return must(content, tags.first);
}

/** GeneralizedTime as RFC 3161 §2.4.2 has it, always UTC, as an RFC 3339 instant. */
function readTime(text: string): string {
  const [, year, month, day, hour, minute, second, rest = ''] =
    /^([12]\d{3})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(text) ?? [];
  const whole = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // The date of 30 February would be read as one in March.
  const at = new Date(`${whole}Z`);
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(whole)) throw new Error('its time is none');
  return `${whole}${rest}Z`;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const notOne = (why: string): AppError =>
  new AppError('input', `This is no answer of a time-stamping authority (RFC 3161): ${why}.`);

/** PKIStatusInfo in words: what the authority wrote, as far as it can be shown. */
function refusal(code: Uint8Array, more: readonly Element[]): AppError {
  const strings = more.find(({ tag }) => tag === tags.sequence);
  const words = strings ? inside(strings.content).map(({ content }) => Buffer.from(content).toString()) : [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = words.join(' ').replace(/[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]+/g, ' ');
  const said = plain.trim().slice(0, 300);
  return new AppError(
    'input',
    `The time-stamping authority refuses (status ${Number.parseInt(hex(code), 16)}${said ? `: ${said}` : ''}). Nothing was added to the pack; ask it, or name another.`,
  );
}

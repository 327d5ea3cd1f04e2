// Checks the signature that lies in a PDF, with Node's own functions and the few lines of DER beside: what comes in a pack is
// not trusted, and who writes signatures should not be who finds them right.

import { hash, verify, X509Certificate } from 'node:crypto';
import { dotted, type Element, inside, must, only, readElement, tags } from './der.ts';

/** Names of what is in a signature (RFC 5652, RFC 5035, RFC 5754). */
export const signatureOids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.11',
  ecdsa: '1.2.840.10045.4.3.2',
} as const;

/**
 * Checks a token, with zeros behind it, over the bytes that it should sign; gives the signer's certificate. Whom it belongs to
 * is not looked at. Throws an Error that says what is wrong.
 */
export function verifyToken(token: Buffer, bytes: Uint8Array): X509Certificate {
  const { element, end } = readElement(token, 0);
  if (token.subarray(end).some((byte) => byte !== 0)) throw new Error('something follows it');
  const [kind, content] = inside(must(element, tags.sequence));
  requireOid(kind, signatureOids.signedData);
  const parts = inside(only(must(content, tags.first), tags.sequence));
  const certificates = inside(must(parts[3], tags.first));
  const signer = inside(only(must(parts.at(-1), tags.set), tags.sequence));
  const [, , digestAlgorithm, attributes, algorithm, signature] = signer;
  requireOid(inside(must(digestAlgorithm, tags.sequence))[0], signatureOids.sha256);
  requireOid(inside(must(algorithm, tags.sequence))[0], signatureOids.rsa, signatureOids.ecdsa);

  const values = readAttributes(must(attributes, tags.first));
  requireOid(values.get(signatureOids.contentType), signatureOids.data);
  const digest = must(values.get(signatureOids.messageDigest), tags.octets);
  if (!hash('sha256', bytes, 'buffer').equals(digest))
    throw new Error('the file was changed after it was signed');
  const named = certificateHash(must(values.get(signatureOids.signingCertificate), tags.sequence));
  const own = certificates.find(({ raw }) => hash('sha256', raw, 'buffer').equals(named));
  if (!own) throw new Error('the certificate is not the one that signed');
  const certificate = new X509Certificate(own.raw);
  // What is signed is the attributes as a set (RFC 5652 §5.4).
  const asSet = Buffer.from((attributes as Element).raw);
  asSet[0] = tags.set;
  if (!verify('sha256', asSet, certificate.publicKey, must(signature, tags.octets)))
    throw new Error('the signature is not one of the certificate’s key');
  return certificate;
}

function requireOid(element: Element | undefined, ...known: string[]): void {
  if (!known.includes(dotted(must(element, tags.oid)))) throw new Error('it is put together in another way');
}

/** ESSCertIDv2 of the first certificate (RFC 5035 §3): by its SHA-256, which is meant where no algorithm is named. */
function certificateHash(value: Uint8Array): Uint8Array {
  const [list] = inside(value);
  const [first] = inside(must(list, tags.sequence));
  const [digest] = inside(must(first, tags.sequence));
  return must(digest, tags.octets);
}

/** Each attribute's one value by its name. */
function readAttributes(value: Uint8Array): Map<string, Element> {
  const found = new Map<string, Element>();
  for (const attribute of inside(value)) {
    const [name, set] = inside(must(attribute, tags.sequence));
    const [only, ...more] = inside(must(set, tags.set));
    const oid = dotted(must(name, tags.oid));
    if (!only || more.length > 0 || found.has(oid)) throw new Error('it is put together in another way');
    found.set(oid, only);
  }
  return found;
}

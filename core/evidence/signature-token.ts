// Makes the signature of a PDF: CMS SignedData (RFC 5652 §5) over bytes that are not in it, with the signed attributes of
// PAdES baseline B-B (ETSI EN 319 142-1, 6.3). The time is not among them: the PDF's own dictionary has it.

import { hash, sign } from 'node:crypto';
import { ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import type { Identity } from './certificate-file.ts';
import { signatureOids as oids } from './verify-signature-token.ts';

/** Bytes that the token of an identity has at most: certificates, the issuer's name again, one signature, attributes. */
export const roomFor = ({ key, certificate, others }: Identity): number =>
  [certificate, certificate, ...others].reduce((sum, { raw }) => sum + raw.length, 0) +
  (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8 +
  1024;

/** Signs bytes with an RSA or EC key and SHA-256; gives the token as DER. */
export function signToken(bytes: Uint8Array, { key, certificate, others }: Identity): Buffer {
  const own = Certificate.fromBER(certificate.raw);
  const attributes = [
    new Attribute({ type: oids.contentType, values: [new ObjectIdentifier({ value: oids.data })] }),
    new Attribute({ type: oids.messageDigest, values: [octets(hash('sha256', bytes, 'buffer'))] }),
    new Attribute({ type: oids.signingCertificate, values: [signingCertificate(certificate.raw)] }),
  ];
  // DER writes the members of a set in the order of their bytes, here and below (RFC 5652 §5.4).
  attributes.sort((a, b) => Buffer.compare(derOf(a), derOf(b)));
  const signedAttrs = new SignedAndUnsignedAttributes({ type: 0, attributes });
  const asSet = derOf(signedAttrs);
  asSet[0] = 0x31;
  const algorithm = key.asymmetricKeyType === 'ec' ? oids.ecdsa : oids.rsa;
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    digestAlgorithm: new AlgorithmIdentifier({ algorithmId: oids.sha256 }),
    signedAttrs,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: algorithm }),
    signature: octets(sign('sha256', asSet, key)),
  });
  const signed = new SignedData({
    version: 1,
    digestAlgorithms: [new AlgorithmIdentifier({ algorithmId: oids.sha256 })],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: oids.data }),
    certificates: [certificate, ...others]
      .map(({ raw }) => raw)
      .sort(Buffer.compare)
      .map((raw) => Certificate.fromBER(raw)),
    signerInfos: [signer],
  });
  return derOf(new ContentInfo({ contentType: oids.signedData, content: signed.toSchema() }));
}

/** SigningCertificateV2 (RFC 5035 §3) of the one certificate, by its SHA-256, which is what is meant without an algorithm. */
const signingCertificate = (raw: Uint8Array): Sequence =>
  sequence(sequence(sequence(octets(hash('sha256', raw, 'buffer')))));

const sequence = (...value: (Sequence | OctetString)[]): Sequence => new Sequence({ value });
const octets = (bytes: Uint8Array): OctetString =>
  new OctetString({ valueHex: new Uint8Array(bytes).buffer });
const derOf = (part: { toSchema(): { toBER(): ArrayBuffer } }): Buffer =>
  Buffer.from(part.toSchema().toBER());

// A person's key and certificate from a PKCS#12 file (.p12, .pfx; RFC 7292). The keys stay in memory.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Integer, OctetString, Sequence } from 'asn1js';
import {
  type AlgorithmIdentifier,
  AuthenticatedSafe,
  CertBag,
  type ContentInfo,
  EncryptedData,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeContents,
} from 'pkijs';
import { AppError } from '#core/errors.ts';
import { decryptOld, isOldEncryption } from './old-encryption.ts';

/** A key with the certificate that is of it, and the others that the file holds, as between it and its root. */
export type Identity = { key: KeyObject; certificate: X509Certificate; others: X509Certificate[] };

/** id-PBES2 (RFC 8018): the encryption that files of today have. */
const pbes2 = '1.2.840.113549.1.5.13';
/** id-encryptedData (RFC 5652 §8). */
const encryptedData = '1.2.840.113549.1.7.6';

/** How a file is opened: its password, empty where there is none, and where a person gives another one, as a sentence. */
export type Opening = { password: string; remedy: string };

/**
 * Reads a file's bytes. Throws AppError('input') for a wrong password, for a file without a private key or its
 * certificate, and for what is no such file or encrypted in a way that is not read here.
 */
export async function readCertificateFile(
  bytes: Uint8Array<ArrayBuffer>,
  opening: Opening,
): Promise<Identity> {
  const keys: KeyObject[] = [];
  const certificates: X509Certificate[] = [];
  for (const part of readSafe(bytes).safeContents) {
    for (const { bagValue } of (await openPart(part, opening)).safeBags) {
      if (bagValue instanceof PrivateKeyInfo) keys.push(asKey(bagValue));
      else if (bagValue instanceof PKCS8ShroudedKeyBag) keys.push(await openKey(bagValue, opening));
      else if (bagValue instanceof CertBag)
        certificates.push(new X509Certificate(Buffer.from((bagValue.certValue as OctetString).getValue())));
    }
  }
  if (keys.length === 0)
    throw new AppError(
      'input',
      'The certificate’s file holds no private key, so nothing can be signed with it. Export the certificate again, together with its private key.',
    );
  for (const key of keys) {
    const certificate = certificates.find((each) => each.checkPrivateKey(key));
    if (certificate) return { key, certificate, others: certificates.filter((each) => each !== certificate) };
  }
  throw new AppError(
    'input',
    'The file holds a private key, but not its certificate. Export both together into one file.',
  );
}

function readSafe(bytes: Uint8Array<ArrayBuffer>): AuthenticatedSafe {
  try {
    const { authSafe } = PFX.fromBER(bytes);
    return AuthenticatedSafe.fromBER(authSafe.content.getValue());
  } catch (cause) {
    throw new AppError(
      'input',
      'This is no certificate’s file: it is not PKCS#12. Name a file that ends in .p12 or .pfx, exported with its private key.',
      { cause },
    );
  }
}

// The file's own check of its whole (MacData) is left out: it takes a password in another encoding than the encryption
// does, and the key's fitting its certificate says more.
async function openPart({ contentType, content }: ContentInfo, opening: Opening): Promise<SafeContents> {
  if (contentType !== encryptedData)
    return opened(opening, async () => SafeContents.fromBER(content.getValue()));
  const sealed = new EncryptedData({ schema: content });
  const { contentEncryptionAlgorithm: algorithm } = sealed.encryptedContentInfo;
  requireReadable(algorithm);
  return opened(opening, async () => {
    const { encryptedContentInfo: info } = sealed;
    const password = new TextEncoder().encode(opening.password).buffer;
    return SafeContents.fromBER(
      algorithm.algorithmId === pbes2
        ? await sealed.decrypt({ password })
        : Uint8Array.from(decryptPart(Buffer.from(info.getEncryptedContent()), algorithm, opening)),
    );
  });
}

function openKey(bag: PKCS8ShroudedKeyBag, opening: Opening): Promise<KeyObject> {
  const { encryptionAlgorithm: algorithm, encryptedData: sealed } = bag;
  requireReadable(algorithm);
  return opened(opening, async () => {
    if (algorithm.algorithmId === pbes2) {
      const key = Buffer.from(bag.toSchema().toBER());
      return createPrivateKey({ key, format: 'der', type: 'pkcs8', passphrase: opening.password });
    }
    const key = decryptPart(Buffer.from(sealed.getValue()), algorithm, opening);
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  });
}

function decryptPart(
  sealed: Buffer,
  { algorithmId, algorithmParams }: AlgorithmIdentifier,
  { password }: Opening,
): Buffer {
  const [salt, rounds] = (algorithmParams as Sequence).valueBlock.value as [OctetString, Integer];
  return decryptOld(sealed, {
    algorithm: algorithmId,
    salt: Buffer.from(salt.getValue()),
    rounds: rounds.valueBlock.valueDec,
    password,
  });
}

/** What was encrypted with another password opens as noise, which shows in one of many ways. */
async function opened<T>({ password, remedy }: Opening, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    const what =
      password === ''
        ? 'The certificate’s file has a password, and none was given.'
        : 'The password does not open the certificate’s file.';
    throw new AppError('input', `${what} ${remedy}`, { cause });
  }
}

function requireReadable({ algorithmId }: AlgorithmIdentifier): void {
  if (algorithmId === pbes2 || isOldEncryption(algorithmId)) return;
  throw new AppError(
    'input',
    'The certificate’s file is encrypted in a way that is not read here. Export it again with AES, such as with “openssl pkcs12 -legacy -in OLD.p12 -out all.pem” and then “openssl pkcs12 -export -in all.pem -out NEW.p12”, and delete all.pem.',
  );
}

const asKey = (info: PrivateKeyInfo): KeyObject =>
  createPrivateKey({ key: Buffer.from(info.toSchema().toBER()), format: 'der', type: 'pkcs8' });

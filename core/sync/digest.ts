// CloudTrail's digest files: each hour one that names the log files delivered and their hashes, the digest before it and
// that one's signature. So a log file that was changed or is gone shows. Format and string to sign are those of Amazon's
// “CloudTrail log file integrity validation”.

import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';

const digestForm = z.looseObject({
  digestEndTime: z.string(),
  digestS3Bucket: z.string(),
  digestS3Object: z.string(),
  digestPublicKeyFingerprint: z.string().optional(),
  previousDigestS3Object: z.string().nullable(),
  previousDigestHashValue: z.string().nullable(),
  previousDigestSignature: z.string().nullable(),
  logFiles: z.array(z.looseObject({ s3Object: z.string(), hashValue: z.string() })),
});

/** A digest file as it was downloaded: unpacked, with the signature that its metadata hold. */
export type DigestFile = { object: string; content: Buffer; signature: string | null };

/** What digests prove; `faults` are sentences. `hashOf` a log file is the SHA-256 of its unpacked content, if it was read. */
export type DigestCheck = {
  digests: number;
  signed: number;
  logFiles: number;
  faults: string[];
  unsigned: string | null;
};

/** Whether an object is a digest, not a log. */
export const isDigest = (object: string): boolean => /(^|\/)CloudTrail-Digest\//.test(object);
/** Whether an object is a log that digests speak of. */
export const isTrailLog = (object: string): boolean => /(^|\/)CloudTrail\/.*\.json(\.gz)?$/.test(object);

/** Checks digests against each other, the logs that were read, and the keys (PEM by fingerprint). */
export function checkDigests(
  files: readonly DigestFile[],
  hashOf: (object: string) => string | null,
  keys: Readonly<Record<string, string>>,
): DigestCheck {
  const check: DigestCheck = { digests: files.length, signed: 0, logFiles: 0, faults: [], unsigned: null };
  const parsed = files.flatMap((file) => {
    const digest = parseDigest(file);
    if (!digest) check.faults.push(`${file.object} is no digest that can be read.`);
    return digest ? [{ ...file, digest, hash: createHash('sha256').update(file.content).digest('hex') }] : [];
  });
  const byObject = new Map(parsed.map((one) => [one.digest.digestS3Object, one]));
  for (const { object, digest, signature, hash } of parsed) {
    for (const { s3Object, hashValue } of digest.logFiles) {
      const found = hashOf(s3Object);
      if (found === null)
        check.faults.push(
          `${s3Object} is named by ${object} and was not found: it is gone, or outside the prefix.`,
        );
      else if (found !== hashValue)
        check.faults.push(`${s3Object} is not what ${object} says: it was changed after its delivery.`);
      else check.logFiles += 1;
    }
    const { previousDigestS3Object: earlier, previousDigestHashValue: earlierHash } = digest;
    const before = earlier === null ? undefined : byObject.get(earlier);
    if (before && before.hash !== earlierHash)
      check.faults.push(`${earlier} is not what ${object} says of it: the chain of digests is broken there.`);
    if (before?.signature != null && before.signature !== digest.previousDigestSignature)
      check.faults.push(`The signature of ${earlier} is not the one that ${object} names.`);
    if (object !== digest.digestS3Object)
      check.faults.push(`${object} says that it is ${digest.digestS3Object}: it was moved or replaced.`);
    const key = keys[digest.digestPublicKeyFingerprint ?? ''];
    if (signature === null || key === undefined) {
      check.unsigned =
        signature === null
          ? 'some digests came without their signature, which only the bucket itself keeps'
          : `no public key ${digest.digestPublicKeyFingerprint ?? ''} was given`;
      continue;
    }
    const { digestEndTime, digestS3Bucket, previousDigestSignature } = digest;
    const text = `${digestEndTime}\n${digestS3Bucket}/${digest.digestS3Object}\n${hash}\n${previousDigestSignature ?? 'null'}`;
    if (isSignedBy(key, text, signature)) check.signed += 1;
    else check.faults.push(`The signature of ${object} is not one of the key given: the digest was changed.`);
  }
  return check;
}

function parseDigest({ content }: DigestFile): z.infer<typeof digestForm> | null {
  try {
    return digestForm.parse(JSON.parse(content.toString('utf8')));
  } catch {
    return null;
  }
}

function isSignedBy(key: string, text: string, signature: string): boolean {
  try {
    return verify('RSA-SHA256', Buffer.from(text), createPublicKey(key), Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}

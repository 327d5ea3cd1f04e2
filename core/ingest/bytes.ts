// The bytes of one export, as they lie on the disk or in an archive: hashed and counted while they are read, and
// unpacked when they are gzip. What is hashed is what the officer holds: the packed file itself, or the archive's entry.

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '#core/errors.ts';

/** An open export. Read `content` once, to its end; then the rest is known. */
export type ExportBytes = {
  /** Size as it is stored, in bytes; what `bytesRead` grows to. */
  bytes: number;
  /** The unpacked content, in pieces. Each is only valid until the next one is asked for. */
  content: AsyncGenerator<Uint8Array>;
  bytesRead(): number;
  /** SHA-256, hex, of what was stored. */
  sha256(): string;
  /** Whether a packed export ended before its end: what came before was read. */
  isCutOff(): boolean;
  /** Throws AppError('input') when the file changed while it was read. */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
};

const pieceSize = 1024 * 1024;
/** The unpacker sets this aside at once, also for the smallest of a thousand files. */
const unpackedPiece = 128 * 1024;

/** A log unpacks to ten or thirty times its size, a bomb to a thousand; small files may do as they like. */
const highestRatio = 200;
const alwaysAllowed = 64 * 1024 * 1024;

/** Opens a file. Throws AppError('input') when it is missing, no file, or empty. */
export async function openFileBytes(path: string, name: string): Promise<ExportBytes> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'is not there' : `cannot be opened (${error.code})`;
    throw new AppError('input', `${path} ${why}. Check the name and the permissions.`);
  });
  const before = await handle.stat();
  const refuse = async (message: string) => {
    await handle.close();
    throw new AppError('input', message);
  };
  if (!before.isFile())
    await refuse(`${path} is not a file. Name an export file, a folder or a ZIP archive.`);
  if (before.size === 0) await refuse(`${name} is empty. Export it again.`);

  async function* read(): AsyncGenerator<Uint8Array> {
    // One byte more than there should be, so that a small file ends without a second piece. The same memory for each:
    // the runtime would collect that of hundreds.
    const memory = Buffer.allocUnsafeSlow(Math.min(pieceSize, before.size + 1));
    for (let at = 0; ; ) {
      const { bytesRead } = await handle.read(memory, 0, memory.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield memory.subarray(0, bytesRead);
    }
  }
  return {
    ...readStored(read(), name),
    bytes: before.size,
    async assertUnchanged() {
      const after = await handle.stat();
      if (after.size === before.size && after.mtimeMs === before.mtimeMs) return;
      throw new AppError(
        'input',
        `${name} changed while it was read. Nothing of it was imported; try again when it is finished.`,
      );
    },
    close: () => handle.close(),
  };
}

/** Hashes and counts stored bytes on their way, and unpacks them when they begin like gzip. */
export function readStored(
  stored: AsyncGenerator<Uint8Array>,
  name: string,
): Pick<ExportBytes, 'content' | 'bytesRead' | 'sha256' | 'isCutOff'> {
  const hash = createHash('sha256');
  let bytesRead = 0;
  let cutOff = false;

  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of stored) {
      hash.update(piece);
      bytesRead += piece.length;
      yield piece;
    }
  }

  async function* content(): AsyncGenerator<Uint8Array> {
    const pieces = counted();
    const first = await pieces.next();
    if (first.done) return;
    const all = prepend(first.value, pieces);
    if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) yield* all;
    else yield* unpack(copied(all));
  }

  /** The unpacker still holds a piece when it asks for the next one. */
  async function* copied(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) yield Buffer.from(piece);
  }

  async function* unpack(packed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    const gunzip = createGunzip({ chunkSize: unpackedPiece });
    // Errors of both ends surface in the loop below.
    pipeline(Readable.from(packed, { objectMode: false }), gunzip, () => {});
    let unpacked = 0;
    try {
      for await (const piece of gunzip as AsyncIterable<Buffer>) {
        unpacked += piece.length;
        if (unpacked > alwaysAllowed && unpacked > bytesRead * highestRatio) {
          throw new AppError(
            'input',
            `${name} unpacks to more than ${highestRatio} times its size, as no log does. Nothing of it was imported.`,
          );
        }
        yield piece;
      }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // The unpacker asks for more where the file has ended: everything up to here is sound.
      if (code === 'Z_BUF_ERROR') cutOff = true;
      else if (code?.startsWith('Z_')) {
        throw new AppError(
          'input',
          `${name} is damaged: it cannot be unpacked (${(error as Error).message}). Nothing of it was imported; get it again.`,
        );
      } else throw error;
    }
  }

  return {
    content: content(),
    bytesRead: () => bytesRead,
    sha256: () => hash.digest('hex'),
    isCutOff: () => cutOff,
  };
}

/** A stream with something put back in front. */
export async function* prepend<T>(first: T, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

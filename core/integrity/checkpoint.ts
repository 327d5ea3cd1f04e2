// The log's state as a C2SP tlog-checkpoint (c2sp.org/tlog-checkpoint): the text of a note with the log's name, its
// number of leaves and the root of its RFC 6962 tree. Signed, it says who saw the log in this state.

import { checkNote, type NoteKey, parseNote } from './note.ts';

/** `root` is hex, null for a log without leaves. */
export type LogState = { origin: string; size: number; root: string | null };

/** SHA-256 of nothing: the root of an empty tree (RFC 6962 §2.1). */
export const emptyRoot = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The name of a workspace's log: its origin, and the name its key signs under. */
export const logOrigin = (workspaceId: string): string => `exhibit/workspace/${workspaceId}`;

/** The text of the note: origin, size, root in base 64. */
export function checkpointText({ origin, size, root }: LogState): string {
  return `${origin}\n${size}\n${Buffer.from(root ?? emptyRoot, 'hex').toString('base64')}\n`;
}

/** Reads a checkpoint, signed or not; null when it is none. The root of an empty log reads as that of an empty tree. */
export function parseCheckpoint(note: string): { origin: string; size: number; root: string } | null {
  const [origin = '', size = '', root = '', ...rest] = parseNote(note)?.text.split('\n') ?? [];
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || !/^[A-Za-z0-9+/]{43}=$/.test(root)) return null;
  if (rest.length !== 1 || rest[0] !== '') return null;
  return { origin, size: Number(size), root: Buffer.from(root, 'base64').toString('hex') };
}

/** Whether a checkpoint is this state of the log, signed by this key. */
export function isCheckpointOf(note: string, state: LogState, key: NoteKey): boolean {
  return note.startsWith(`${checkpointText(state)}\n— `) && checkNote(note, key) === 'signed';
}

// The checkpoints that were signed for packs, as the activity log kept them: each by a key that was the workspace's, and
// each a state that the log still leads to. A log must never sign two that contradict each other.

import type { Check } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';
import { listSigningKeys } from '#core/store/signing-keys.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { checkNote, type NoteKey, parseNoteKey } from './note.ts';

/**
 * Judges them against the log's roots by size, as they were computed from its events. Tells `fail` of each that does not
 * fit; skipped where none was signed.
 */
export function judgeCheckpoints(
  review: Store | null,
  roots: ReadonlyMap<number, string>,
  fail: (where: string, detail: string) => void,
): Check {
  const name = 'signature';
  const signed = review ? listCheckpoints(review) : [];
  if (!review || signed.length === 0)
    return { name, status: 'skipped', detail: 'no checkpoint of this log was signed here yet' };
  const keys = listSigningKeys(review).flatMap(({ key }) => parseNoteKey(key) ?? []);
  const faults = signed.flatMap(({ packId, note }) => {
    const fault = faultOf(note, keys, roots);
    if (fault !== null) fail(`checkpoint of ${packId}`, fault);
    return fault ?? [];
  });
  return {
    name,
    status: faults.length === 0 ? 'passed' : 'failed',
    detail:
      faults.length === 0
        ? `${signed.length} ${signed.length === 1 ? 'checkpoint was' : 'checkpoints were'} signed by the workspace’s keys, and the log leads to each`
        : `${faults.length} differ`,
  };
}

function faultOf(note: string, keys: readonly NoteKey[], roots: ReadonlyMap<number, string>): string | null {
  if (!keys.some((key) => checkNote(note, key) === 'signed'))
    return 'it is not signed by a key of this workspace';
  const checkpoint = parseCheckpoint(note);
  if (checkpoint && (checkpoint.size === 0 || roots.get(checkpoint.size) === checkpoint.root)) return null;
  return `it was signed for ${checkpoint?.size} leaves with the root ${checkpoint?.root}, which the log does not lead to`;
}

function listCheckpoints({ db }: Store): { packId: string; note: string }[] {
  const details = db.prepare(`SELECT detail FROM activity WHERE action = 'pack' ORDER BY id`).pluck().all();
  return (details as string[]).flatMap((detail) => {
    const { packId, checkpoint } = JSON.parse(detail) as { packId: string; checkpoint?: string | null };
    return checkpoint ? [{ packId, note: checkpoint }] : [];
  });
}

// Judges the time stamps of a pack: each over its text, and the text over files that are still the pack's. Whether the
// authority's signature holds and who the authority is, openssl says. verify.py, verify.ps1 and verify.html use the same words.

import { hash } from 'node:crypto';
import type { Additions } from '#core/addition-model.ts';
import type { PackFiles } from './pack-files.ts';
import { largestAnswer, readTimeStampAnswer } from './time-stamp-token.ts';
import { readBytes, type Verdicts } from './verify-bag.ts';

const isStamp = /^timestamp\/([1-9]\d{0,3})\.(txt|tsq|tsr)$/;
/** How a reader checks them, beside them. */
export const stampReadme = 'timestamp/README.txt';
/** A file of the stamp with this number: the text that was stamped, the request, or the answer. */
export const stampPath = (number: number, kind: 'txt' | 'tsq' | 'tsr'): string =>
  `timestamp/${number}.${kind}`;

/** The numbers of the stamps that any of these paths belongs to, ascending. */
export function stampNumbers(paths: Iterable<string>): number[] {
  const numbers = [...paths].flatMap((path) => isStamp.exec(path)?.[1] ?? []).map(Number);
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** A stamp as it lies in a pack; null for a file that is missing or too large. */
type Stamp = { number: number; text: Buffer | null; answer: Buffer | null };

/** The stamps of a pack, in their order. */
export function readTimeStamps(files: PackFiles): Promise<Stamp[]> {
  return Promise.all(
    stampNumbers(files.sizes.keys()).map(async (number) => ({
      number,
      text: await readBytes(files, stampPath(number, 'txt')),
      answer: await readBytes(files, stampPath(number, 'tsr'), largestAnswer),
    })),
  );
}

/** Says nothing of a pack without stamps. `tags` is the text of its tag manifest. */
export function judgeTimeStamps(verdicts: Verdicts, stamps: readonly Stamp[], tags: string): void {
  if (stamps.length === 0) return;
  const lines = new Set(tags.split('\n'));
  const faults: { where: string; detail: string }[] = [];
  const times: string[] = [];
  for (const stamp of stamps) {
    const { fault, time } = judgeOne(stamp, lines);
    if (fault !== null) faults.push({ where: stampPath(stamp.number, 'tsr'), detail: fault });
    times.push(time);
  }
  verdicts.judge('Time stamps', faults, `these files were there at ${times.join(', ')}, as the stamps say`);
  verdicts.checks.push({
    name: 'Authority of the time stamps',
    status: 'skipped',
    detail: `its signature and certificate are checked with openssl ts -verify: see ${stampReadme}`,
  });
}

/** The stamps of a pack with the time of each, or what is wrong with it. `tags` is the text of its tag manifest. */
export async function listTimeStamps(files: PackFiles, tags: string): Promise<Additions['stamps']> {
  const lines = new Set(tags.split('\n'));
  return (await readTimeStamps(files)).map((stamp) => ({ number: stamp.number, ...judgeOne(stamp, lines) }));
}

function judgeOne(
  { number, text, answer }: Stamp,
  lines: ReadonlySet<string>,
): { fault: string | null; time: string } {
  try {
    if (!text || !answer) return { fault: 'cannot be read', time: '' };
    const { sha256, time } = readTimeStampAnswer(answer);
    if (sha256 !== hash('sha256', text))
      return { fault: `stamps another text than ${stampPath(number, 'txt')}`, time };
    const stamped = text.toString('utf8').split('\n').filter(Boolean);
    const isOurs =
      stamped.every((line) => lines.has(line)) &&
      stamped.some((line) => line.slice(66) === 'manifest-sha256.txt');
    return { fault: isOurs ? null : 'stamps files that the pack does not have', time };
  } catch {
    return { fault: 'cannot be read', time: '' };
  }
}

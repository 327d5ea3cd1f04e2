// Section 13, sign-off: who prepared the pack, what people put their names under afterwards, and where that is found. A
// sign-off comes after the report it speaks of, so that the report itself can only have room for names on paper.

import { emptyRoot } from '#core/integrity/checkpoint.ts';
import { signRoles, usualStatement } from '#core/signoff-model.ts';
import type { PackFacts } from '../facts.ts';
import { signatureWords } from '../seal.ts';
import { signOffFolder } from '../sign-off-file.ts';
import { notStated, upperFirst } from '../wording.ts';
import { type Canvas, styles } from './canvas.ts';
import { drawPairs, drawTable } from './table.ts';

export function drawSignOff(canvas: Canvas, facts: PackFacts): void {
  // On one page, so that it can be printed and signed.
  canvas.heading(1, '13  Sign-off', 390);
  canvas.paragraph(
    `Nobody has signed off when a report is made: preparer, reviewer and approver sign the finished pack. Each sign-off is a file in ${signOffFolder}/ beside bagit.txt, listed in tagmanifest-sha256.txt; the verifiers check them and name who signed. Data files and manifest-sha256.txt stay as they were signed off.`,
  );
  canvas.gap(4);
  const mono = { ...styles.mono, size: 7, leading: 12 };
  drawPairs(canvas, [
    ['Prepared by', facts.request.preparedBy || notStated],
    ['Statement', `“${usualStatement}” unless the sign-off says it in other words`],
    ['Signed is', 'the pack’s id, the checkpoint of the log and the SHA-256 of manifest-sha256.txt'],
    ['Log root', [{ text: facts.log.root ?? `${emptyRoot}, of an empty log`, style: mono }]],
    [
      'Method',
      facts.recipe.signing
        ? 'each sign-off is signed with the key of the workspace, which says that it was given there; the name in it is what the person said'
        : 'a name and a statement: this pack is not signed',
    ],
    ['Key', facts.recipe.signing ? [{ text: signatureWords(facts), style: mono }] : 'none'],
    [
      'Separation of duties',
      'who prepared a pack does not approve it, under none of the names known to be theirs, unless the sign-off records an override with its reason',
    ],
  ]);
  canvas.gap(6);
  canvas.paragraph('Where signatures on paper are wanted:', styles.small);
  canvas.gap(3);
  drawTable(
    canvas,
    [
      // High enough to write in.
      { title: 'Role', width: 80, fixed: true, style: { ...styles.body, leading: 26 } },
      { title: 'Name and function', width: 1.4 },
      { title: 'Date', width: 90, fixed: true },
      { title: 'Signature', width: 1.6 },
    ],
    signRoles.map((role) => ({ cells: [upperFirst(role), '', '', ''] })),
  );
}

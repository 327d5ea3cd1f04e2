// Sections 10, 11 and A: which category stands for which control and which controls stay without evidence, how the
// figures came about and where their limits are, and how a stranger checks the pack.

import { canonicalJson } from '#core/integrity/canonical.ts';
import type { PackFacts } from '../facts.ts';
import { isRedacted, proofFolder } from '../proofs.ts';
import { signatureWords } from '../seal.ts';
import { formatCount, noEvent, plural, upperFirst } from '../wording.ts';
import { type Canvas, colours, type Known, styles } from './canvas.ts';
import { drawPairs, drawTable } from './table.ts';

export function drawMapping(canvas: Canvas, facts: PackFacts): void {
  const { map } = facts;
  canvas.newPage('portrait');
  canvas.heading(1, '10  Control mapping');
  canvas.paragraph(
    `Which category is proposed as evidence for which ${map.controlWord} of ${map.title}; map version ${map.version}, a proposal for the officer to accept or change. ` +
      'Labels are our own short words; the standard’s text is its publisher’s and is not repeated. Controls the map does not name cannot be shown by audit logs of this kind, or were not considered.' +
      (facts.request.controls.length === 0
        ? ''
        : ` Chosen for this pack: ${formatCount(facts.controls.length)} of the ${plural(map.controls.length, 'control')} of the map.`),
  );
  canvas.gap(3);
  for (const note of map.notes) canvas.paragraph(note, styles.small);
  canvas.gap(6);
  drawTable(
    canvas,
    [
      { title: 'Control', width: 52, fixed: true },
      { title: 'Our label', width: 1.2 },
      { title: 'Events', width: 52, fixed: true, align: 'right' },
      { title: 'Categories in this pack', width: 1.6 },
      { title: 'Why', width: 1.9 },
    ],
    facts.controls
      .filter(({ rows }) => rows > 0)
      .map((control) => {
        const present = facts.categories.filter(
          (one) => one.rows > 0 && control.categories.includes(one.category),
        );
        return {
          cells: [
            control.id,
            control.label,
            control.rows,
            present.map((one) => `${one.category} (${formatCount(one.rows)})`).join(', '),
            [...new Set(present.map(({ why }) => why))].join('; '),
          ],
        };
      }),
  );
  const without = facts.controls.filter(({ rows }) => rows === 0);
  canvas.heading(2, 'Controls with no evidence in this pack');
  if (without.length === 0) {
    canvas.paragraph('None: each control the map names has at least one event.');
    return;
  }
  canvas.paragraph(
    `${upperFirst(noEvent(facts))}, for ${plural(without.length, 'control')} of the map. Other evidence is needed for them.`,
  );
  canvas.gap(4);
  drawTable(
    canvas,
    [
      { title: 'Control', width: 52, fixed: true },
      { title: 'Our label', width: 1.2 },
      { title: 'Categories that would be evidence', width: 1.8 },
    ],
    without.map((control) => ({ cells: [control.id, control.label, control.categories.join(', ')] })),
  );
}

export function drawMethod(canvas: Canvas, facts: PackFacts, known: Known): void {
  canvas.newPage('portrait');
  canvas.heading(1, '11  Method and definitions');
  canvas.heading(2, 'How the figures came about');
  for (const text of [
    'The recipe (sources by SHA-256, period, zone, filter, framework, control map, sampling, size and root of the log) was frozen first. Its hash gives the pack id.',
    'The populations were written in one pass over the log, in one snapshot of the database, in order of time. Samples, workbook and this report were made from what that pass wrote; no second query was made for a figure in a sentence.',
    'A category is assigned by the preset that mapped the import: a list of event names, stored with the log in the version used (section 3). Names a preset does not know are “other”.',
    `Period: half-open. An event at the first instant is in, one at the last is not. Dates mean whole days in ${facts.period.zone}.`,
    'A record is the same as another of its source when their canonical JSON is equal. Identical records inside one file are all kept.',
  ]) {
    canvas.bullet(text);
  }
  if (facts.redaction) {
    canvas.heading(2, 'People with a pseudonym');
    for (const text of [
      `${plural(facts.redaction.redacted, 'name')} outside the scope of this pack ${facts.redaction.redacted === 1 ? 'is' : 'are'} shown as “Person-…”, the same name always by the same pseudonym. Ids of events are replaced, too, since they follow from the record.`,
      'Roots and samples are those of this redacted twin and can be checked without anything else. data/30_query/redaction.json has a commitment for each pseudonym: the officer opens a single one by giving its name and salt. It also commits to each row as it was.',
      'The roots of imports and of the log and the SHA-256 of files stand for the records as they are in the log. Display names and addresses inside raw records are redacted only where they were listed.',
    ]) {
      canvas.bullet(text);
    }
  }
  canvas.heading(2, 'Characters and values in this report');
  const { tokens, cut } = known;
  canvas.bullet(
    tokens.count === 0
      ? 'Every character could be printed.'
      : `${plural(tokens.count, 'character')} could not be printed as such (no glyph, a control or invisible character, or a right-to-left letter) and ${tokens.count === 1 ? 'is' : 'are'} shown as code points, ⟨U+….⟩ with the number in hexadecimal: ${tokens.kinds.join(' ')}. The CSV, NDJSON and XLSX files hold the characters themselves.`,
    styles.body,
    true,
  );
  canvas.bullet(
    cut === 0
      ? 'No value was cut.'
      : `${plural(cut, 'value')} in the tables ${cut === 1 ? 'is' : 'are'} cut, marked with “…” at the end. The data files hold them whole.`,
  );
  canvas.heading(2, 'Known limits');
  for (const text of [
    'The pack shows what the imported exports hold. An event that the vendor did not record, did not export, or that a filter of the export left out is not in it.',
    'Coverage means that an export spans a day, not that it holds everything of that day; section 4 names what was found and all tests that were skipped.',
    'What an event does not say is not guessed: a right or value whose start no event shows is marked as inferred, unlogged or unknown.',
    'The files are hashed as they were imported. What happened to them before is outside this pack.',
    facts.recipe.signing
      ? 'The signature shows which key signed the pack, not whose key it is nor when: compare the fingerprint with one from elsewhere. When, a time stamp says, where timestamp/ beside data/ holds one.'
      : 'This pack is not signed. The hashes show that nothing changed since it was made, to somebody who noted the pack id or the log root then, or by a time stamp where timestamp/ beside data/ holds one.',
  ]) {
    canvas.bullet(text);
  }
  canvas.heading(2, 'Words');
  drawPairs(
    canvas,
    [
      ['Source', 'one system whose log is read'],
      ['Import', 'one file read into a source'],
      ['Event', 'one audit record after mapping'],
      [
        'Event id',
        'identity of the record: the first 80 bits of a hash over its canonical JSON and its source, in base 32; -2, -3 … for further identical records',
      ],
      ['Target', 'what the event is about: a project, device, app, node, user, key'],
      ['Field', 'the attribute of the target that changed'],
      ['Subject', 'in an access event, the one whose rights change; not the actor who changed them'],
      ['Population', 'all events that fit a definition; frozen by its root'],
      [
        'Root',
        'root of the Merkle tree (RFC 6962) over the rows’ canonical JSON: one changed, missing or added row gives another root',
      ],
      ['Silent', 'no event observed in the imported logs for the period and filter of this pack'],
    ],
    { labelWidth: 80 },
  );
}

/** Rows of the activity log in the report: the last ones. */
const activityRows = 60;

export function drawActivity(canvas: Canvas, facts: PackFacts): void {
  const { activity } = facts;
  if (!activity) return;
  canvas.heading(1, '12  Activity of the application', 150);
  const last = activity.slice(-activityRows);
  canvas.paragraph(
    `What was done in this workspace with ${facts.application.name} before this pack` +
      (last.length < activity.length
        ? `: the last ${formatCount(last.length)} of ${plural(activity.length, 'entry', 'entries')}. `
        : '. ') +
      'Each entry’s hash covers the one before it. data/50_activity/app_activity.csv has the imports.',
  );
  canvas.gap(6);
  drawTable(
    canvas,
    [
      { title: 'No.', width: 30, fixed: true, align: 'right' },
      { title: 'Time (UTC)', width: 104, fixed: true },
      { title: 'Person', width: 70, fixed: true },
      { title: 'Action', width: 44, fixed: true },
      { title: 'Detail', width: 1 },
      { title: 'Hash', width: 72, fixed: true, style: styles.mono },
    ],
    last.map((one) => ({
      cells: [
        one.id,
        one.at.replace('T', ' ').replace('Z', ''),
        one.person,
        one.action,
        canonicalJson(one.detail),
        `${one.hash.slice(0, 12)}…`,
      ],
    })),
    { maxLines: 4 },
  );
}

export function drawVerification(canvas: Canvas, facts: PackFacts): void {
  canvas.newPage('portrait');
  canvas.heading(1, 'A  Verification');
  canvas.paragraph(
    'Any reader can check this pack without the application that made it. Run the commands in the folder that holds bagit.txt.',
  );
  const code = { ...styles.mono, size: 8, leading: 12 };
  const steps: [string, string, string][] = [
    [
      'Every file is as it was',
      'sha256sum -c manifest-sha256.txt',
      'One line a file, each ending in “OK”. macOS: shasum -a 256 -c.',
    ],
    [
      'Files, signatures, counts, roots, balance, samples and proofs',
      'python3 data/40_integrity/verify.py',
      'One line a check: passed, failed or skipped. Ends with “Nothing failed.” and exit code 0. Needs Python 3.6 or newer and nothing else.',
    ],
    [
      'All of that on Windows, with nothing installed',
      'powershell -ExecutionPolicy Bypass -File data\\40_integrity\\verify.ps1',
      'The same lines as from verify.py. Needs Windows PowerShell 5.1 or newer, and that the computer lets PowerShell compile: where a policy forbids it, it says so.',
    ],
    [
      'All of that with a browser alone',
      'data/40_integrity/verify.html',
      'Open it in any current browser and choose the pack’s folder. It reads only what is chosen, sends nothing, and ends with “Nothing failed.”',
    ],
  ];
  for (const [title, command, expected] of steps) {
    canvas.heading(2, title);
    canvas.paragraph(command, code, { indent: 10 });
    canvas.paragraph(expected, styles.small);
  }
  if (facts.samples.length > 0 && !isRedacted(facts.recipe)) {
    canvas.heading(2, 'A single sampled row');
    canvas.paragraph(`${proofFolder}/`, code, { indent: 10 });
    canvas.paragraph(
      'One file a row in the C2SP tlog-proof format, named by the event id: the hashes beside the way from the row’s leaf to the root of the checkpoint. Whoever has the row, this file and the public key needs nothing else of this pack.',
      styles.small,
    );
  }
  canvas.heading(2, 'What to expect');
  drawTable(
    canvas,
    [
      { title: 'Table', width: 42, fixed: true },
      { title: 'Rows', width: 62, fixed: true, align: 'right' },
      { title: 'Root (RFC 6962)', width: 1, style: styles.mono },
    ],
    [facts.whole, ...facts.parts].map((population) => ({
      cells: [population.area.id, population.rows, population.root],
    })),
  );
  drawPairs(canvas, [
    ['Pack id', facts.packId],
    [
      'Log root',
      [{ text: facts.log.root ?? 'the log is empty', style: { ...styles.mono, size: 7, leading: 12 } }],
    ],
    [
      'Signature',
      [
        {
          text: signatureWords(facts),
          style: facts.recipe.signing
            ? { ...styles.mono, size: 7, leading: 12 }
            : { ...styles.body, size: 8.5, colour: colours.skipped },
        },
      ],
    ],
    [
      'Public key',
      [{ text: facts.recipe.signing ?? 'none', style: { ...styles.mono, size: 7, leading: 12 } }],
    ],
  ]);
  canvas.heading(2, 'What a failure means', 60);
  canvas.paragraph(
    'A file was changed, lost or added after the pack was made, or damaged on its way. Do not use the pack; ask for it again. ' +
      'The same recipe on the same log gives the same data files: their lines in the manifest of the new pack must equal those of this one.' +
      (facts.recipe.signing
        ? ' A signature that fails was not made over these files, or not with the key above. A row whose proof fails is not the one in the log.'
        : ''),
  );
}

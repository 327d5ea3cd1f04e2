// Sections 5a, 5e, 5f and 5h: who held which right in the period, what was different at its end, who signed in and who
// failed to. Sentences from the figures, then the beginning of the frozen table and the name of the file that has it all.

import type { AccessFlag } from '#core/review-model.ts';
import type { PackFacts } from '../facts.ts';
import type { ReviewCell } from '../review-columns.ts';
import type { ReviewTable } from '../review-tables.ts';
import { formatCount, plural } from '../wording.ts';
import { type Canvas, colours, type Style, styles } from './canvas.ts';
import { drawBars } from './charts.ts';
import { drawTable, fixed, right, share, type TableCell, type TableColumn } from './table.ts';

const grey: Style = { ...styles.cell, size: 6.8, colour: colours.grey };
const code: Style = { ...styles.mono, size: 6.5, colour: colours.grey };

/** A row of a frozen table by the keys of its columns. */
type Row = Record<string, ReviewCell>;

export function drawAccess(canvas: Canvas, facts: PackFacts): void {
  const { access } = facts.reviews;
  begin(canvas, '5a  Access rights');
  if (access.intervals === 0) {
    canvas.paragraph('The imported logs show no right that somebody held in the period.');
  } else {
    drawAccessFigures(canvas, facts);
  }
  canvas.gap(5);
  for (const { source, blindSpots } of access.blindSpots) {
    for (const blind of blindSpots) canvas.bullet(`What the log of ${source} cannot know: ${blind}`);
  }
  drawBars(canvas, 'Rights held in the period, by right', tableOf(facts, 'R-01').counts);
  drawReview(
    canvas,
    facts,
    'R-02',
    [share('Subject', 1), fixed('Kind', 80), right('Gained', 60), right('Lost', 60)],
    (row) => [text(row.subject), text(row.kind), row.gained ?? null, row.lost ?? null],
  );
  drawReview(
    canvas,
    facts,
    'R-01',
    [
      share('Subject and right', 1.2),
      share('Target', 1.2),
      fixed('Held from', 108),
      fixed('Held until', 108),
      fixed('In the period', 56),
      share('Granted and ended by', 1.1),
      share('Flags', 1),
    ],
    (row) => [
      two(row.subject, row.right),
      targetCell(row),
      moment(row.from, row.startCertainty, 'before the log', row.grantEvent),
      moment(row.to, row.endCertainty, 'still held', row.revokeEvent),
      text(row.change),
      [...line(row.grantedBy), ...line(row.revokedBy, grey)],
      two(row.flags, null),
    ],
  );
}

function drawAccessFigures(canvas: Canvas, facts: PackFacts): void {
  const { access, people } = facts.reviews;
  canvas.paragraph(
    `${plural(access.people, 'person or service', 'people and services')} held ${plural(access.intervals, 'right')} on ${plural(access.targets, 'target')} ` +
      `at some time in the period. Of these rights, ${formatCount(access.inferred)} have no grant in the log: they were held before it begins` +
      (access.unlogged === 0
        ? '.'
        : `; ${formatCount(access.unlogged)} began or ended without an event that says so.`),
  );
  canvas.gap(3);
  canvas.paragraph(
    `Between the start and the end of the period ${plural(people.joiner, 'joiner')}, ${plural(people.mover, 'mover')} and ${plural(people.leaver, 'leaver')} ` +
      `are seen, and ${formatCount(people.passing)} who held rights in between alone (R-02).`,
  );
  const flags = Object.entries(access.flags).filter(([, count]) => count !== null) as [AccessFlag, number][];
  canvas.gap(3);
  canvas.paragraph(
    `Flags, one right can have several: ${flags.map(([flag, count]) => `${flagWords[flag]} ${formatCount(count)}`).join(', ')}.`,
    styles.small,
  );
}

export function drawChanges(canvas: Canvas, facts: PackFacts): void {
  const { changes } = facts.reviews;
  const { results, balance } = changes;
  begin(canvas, '5e  Values then and now');
  canvas.paragraph(
    `${plural(changes.tracks, 'field')} of ${plural(changes.targets, 'target')} changed in the period, by ${plural(balance.inTracks, 'event')}. ` +
      `At its end ${formatCount(results.changed)} hold another value than at its start, ${formatCount(results.reverted)} changed and came back, ` +
      `and for ${formatCount(results.unknown)} one of both values is not known.`,
  );
  canvas.gap(3);
  canvas.paragraph(
    `Of ${plural(balance.events, 'event')} in all, ${formatCount(balance.inTracks)} are in this table, ${formatCount(balance.access)} changed rights and are in R-01, ` +
      `${formatCount(balance.activity)} are activity without a field, ${formatCount(balance.withoutValue)} say no value, ${formatCount(balance.failed)} did not succeed.`,
    styles.small,
  );
  if (changes.breaks.breaks > 0) {
    canvas.gap(3);
    canvas.paragraph(
      `${plural(changes.breaks.breaks, 'break')} of continuity in ${plural(changes.breaks.tracks, 'field')} of this table: records are missing between two events, or were altered. Section 4 lists them.`,
      { ...styles.body, font: 'bold', colour: colours.failed },
    );
  }
  drawReview(
    canvas,
    facts,
    'R-03',
    [
      share('Target and field', 1.2),
      share('Value at the start', 1.2),
      share('Value at the end', 1.2),
      fixed('Result', 50),
      right('Changes', 42),
      share('By', 1.4),
      fixed('First and last change', 108),
      share('Deserves a look', 0.9),
    ],
    (row) => [
      [...targetCell(row), { text: String(row.field), style: styles.head }],
      [...value(row.valueFrom), { text: String(row.certaintyFrom), style: grey }],
      [...value(row.valueTo), { text: String(row.certaintyTo), style: grey }],
      text(row.result),
      row.changes ?? null,
      text(row.actors),
      two(time(row.firstTime), time(row.lastTime)),
      two(row.exceptions, null),
    ],
  );
}

export function drawSessions(canvas: Canvas, facts: PackFacts): void {
  begin(canvas, '5f  Authentication and failures');
  canvas.paragraph(
    `${plural(facts.reviews.failures, 'failed login or refused key', 'failed logins and refused keys')} in the period, grouped by actor and again by address.`,
  );
  drawReview(
    canvas,
    facts,
    'R-05',
    [
      fixed('By', 44),
      share('Actor or address', 1.2),
      right('Failures', 50),
      share('Events', 1.4),
      fixed('First and last', 112),
      right('Others', 46),
    ],
    (row) => [
      text(row.by),
      row.key === null ? [{ text: '(not named)', style: grey }] : text(row.key),
      row.count ?? null,
      text(row.actions),
      two(time(row.first), time(row.last)),
      row.others ?? null,
    ],
  );
  begin(canvas, '5h  Sessions and remote access');
  const { rows } = tableOf(facts, 'R-04');
  canvas.paragraph(
    `${plural(rows, 'session')} in the period. A start without an end, or an end without a start, is said so: the other event is not in the imported logs.`,
  );
  drawReview(
    canvas,
    facts,
    'R-04',
    [
      fixed('Kind and state', 78),
      share('Actor and address', 1.2),
      share('Device', 1.1),
      share('App and port', 0.8),
      fixed('Start', 108),
      fixed('End', 108),
      right('Minutes', 46),
    ],
    (row) => [
      two(row.kind, row.state),
      two(row.actor, row.ip),
      targetCell(row),
      two(row.app, row.port),
      moment(row.start, null, '–', row.startEvent),
      moment(row.end, null, '–', row.endEvent),
      typeof row.durationSeconds === 'number' ? (row.durationSeconds / 60).toFixed(1) : null,
    ],
  );
}

const flagWords: Record<AccessFlag, string> = {
  'self-granted': 'self-granted',
  privileged: 'privileged',
  dormant: 'dormant',
  'used-after-revocation': 'used after it ended',
  'outside-hours': 'granted outside working hours',
  leaver: 'held by a leaver',
  'no-grant-seen': 'no grant seen',
};

function begin(canvas: Canvas, title: string): void {
  canvas.newPage('landscape');
  canvas.heading(1, title);
}

function tableOf(facts: PackFacts, id: string): ReviewTable {
  const table = facts.reviews.tables.find((one) => one.id === id);
  if (!table) throw new Error(`There is no table ${id}.`);
  return table;
}

/** The beginning of a frozen table under its own heading. */
export function drawReview(
  canvas: Canvas,
  facts: PackFacts,
  id: string,
  columns: readonly TableColumn[],
  cells: (row: Row) => TableCell[],
): void {
  const table = tableOf(facts, id);
  const { title, about, rows, head, csv, isFiltered } = table;
  canvas.heading(2, `${id}  ${title}`, 110);
  const filter =
    facts.recipe.filter.text === '' || isFiltered ? '' : ' The pack’s filter does not narrow this table.';
  canvas.paragraph(`${about}${filter}`, styles.small);
  canvas.gap(2);
  if (rows === 0) {
    canvas.paragraph('No row: the imported logs show none for this period.');
    return;
  }
  canvas.paragraph(
    head.length < rows
      ? `Rows 1–${formatCount(head.length)} of ${formatCount(rows)}; all in ${csv} and in the workbook`
      : `${rows === 1 ? 'The only row' : `All ${formatCount(rows)} rows`}; also in ${csv} and in the workbook`,
    { ...styles.body, font: 'bold', size: 8 },
  );
  canvas.gap(3);
  const keys = table.columns.map(({ key }) => key);
  drawTable(
    canvas,
    columns,
    head.map((row) => ({
      cells: cells(Object.fromEntries(row.map((cell, at) => [keys[at] as string, cell]))),
    })),
    { maxLines: 4 },
  );
}

const text = (cell: ReviewCell | undefined): string | null => (cell == null ? null : String(cell));

/** An instant as the report writes them. */
function time(cell: ReviewCell | undefined): string | null {
  return cell == null ? null : String(cell).replace('T', ' ').replace('Z', '');
}

function line(cell: ReviewCell | undefined, style?: Style): { text: string; style?: Style }[] {
  if (cell == null || cell === '') return [];
  return [style ? { text: String(cell), style } : { text: String(cell) }];
}

function two(first: ReviewCell | undefined, second: ReviewCell | undefined) {
  return [...line(first), ...line(second, grey)];
}

function targetCell(row: Row) {
  const name = row.targetName ?? row.targetId ?? null;
  const note = [row.targetType, row.targetName == null ? null : row.targetId, row.source].filter(
    (part) => part != null,
  );
  return [...line(name), ...line(note.join(' · '), grey)];
}

/** A value as it stands; none is said, an empty one is quoted. */
function value(cell: ReviewCell | undefined) {
  if (cell == null) return [{ text: '(no value)', style: grey }];
  return [{ text: cell === '' ? '“”' : String(cell) }];
}

/** When, how sure, and which event shows it. */
function moment(
  at: ReviewCell | undefined,
  certainty: ReviewCell | undefined,
  none: string,
  event: ReviewCell | undefined,
) {
  const note = certainty == null || certainty === 'asserted' ? null : certainty;
  return [{ text: time(at) ?? none }, ...line(note, grey), ...line(event, code)];
}

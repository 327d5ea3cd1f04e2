// Sections 8 and 9: whether people who left lost their rights in time, and the register of exceptions with what becomes
// of each.

import type { PackFacts } from '../facts.ts';
import { formatCount, plural } from '../wording.ts';
import { type Canvas, colours, styles } from './canvas.ts';
import { drawReview } from './sections-reviews.ts';
import { fixed, right, share, type TableCell } from './table.ts';

/** Section 8: who left, where a list was given, and who moved, where rights show it or the list says so. */
export function drawLeavers(canvas: Canvas, facts: PackFacts): void {
  const { leavers, people, tables } = facts.reviews;
  const hasMovers = people.mover > 0 && tables.some(({ id }) => id === 'R-12');
  if (!leavers && !hasMovers) return;
  canvas.newPage('landscape');
  canvas.heading(1, '8  Leavers and movers');
  if (leavers) drawLeaversTest(canvas, facts, leavers);
  drawMovers(canvas, facts, hasMovers);
}

function drawLeaversTest(
  canvas: Canvas,
  facts: PackFacts,
  leavers: NonNullable<PackFacts['reviews']['leavers']>,
): void {
  const { results } = leavers;
  const list = facts.recipe.leavers;
  canvas.paragraph(
    `The list ${list?.file} names ${plural(list?.people ?? 0, 'person', 'people')} who left; ${formatCount(leavers.leavers)} left before the period’s end` +
      (leavers.later > 0 ? `, ${formatCount(leavers.later)} later. ` : '. ') +
      `Rights had to be gone within ${plural(leavers.slaDays, 'day')}. Of the rows below ${formatCount(results.pass)} pass, ${formatCount(results.fail)} fail, ` +
      `${formatCount(results['not due'])} are not due yet, and ${plural(results['none held'], 'person', 'people')} held no right that the imported logs show.`,
  );
  canvas.gap(3);
  canvas.paragraph(`SHA-256 of the list: ${list?.sha256}`, styles.small);
  drawTest(canvas, facts, 'R-10', 'left');
}

function drawMovers(canvas: Canvas, facts: PackFacts, hasTable: boolean): void {
  const { people, moved } = facts.reviews;
  if (!hasTable && !moved) return;
  canvas.heading(2, 'Movers', 110);
  const seen = plural(people.mover, 'person or service', 'people and services');
  if (hasTable)
    canvas.paragraph(
      `${seen} hold other rights at the end of the period than at its start (R-02, kind “mover”). R-12 shows what each held then and now.`,
    );
  if (moved) {
    const { results } = moved;
    canvas.paragraph(
      `The list names ${plural(moved.people, 'person', 'people')} who moved. What they held then had to be gone within ${plural(moved.slaDays, 'day')} unless it fits the new task, which only the officer knows: ` +
        `of the rows of R-13 ${formatCount(results.pass)} pass, ${formatCount(results.fail)} fail, on ${formatCount(results.kept)} an old right was kept, ${formatCount(results['not due'])} are not due yet, and ${plural(results['none held'], 'person', 'people')} held no right that the imported logs show.`,
    );
  } else
    canvas.paragraph(
      'No list says who changed tasks, so whether the rights they kept fit is not tested here.',
      styles.small,
    );
  if (moved) drawTest(canvas, facts, 'R-13', 'moved');
  if (!hasTable) return;
  drawReview(
    canvas,
    facts,
    'R-12',
    [
      share('Subject', 1),
      share('Target', 1.1),
      share('Held at the start', 1.2),
      share('Held at the end', 1.2),
      share('Gained', 0.9),
      share('Lost', 0.9),
      fixed('Change', 56),
    ],
    (row) => [
      String(row.subject),
      lines(row.targetName ?? row.targetId, row.targetType),
      row.before == null ? none : String(row.before),
      row.after == null ? none : String(row.after),
      row.gained == null ? null : String(row.gained),
      row.lost == null ? null : String(row.lost),
      String(row.change),
    ],
  );
}

const none: TableCell = [{ text: 'none', style: { ...styles.cell, colour: colours.grey } }];

/** the rights of people on a list. */
function drawTest(canvas: Canvas, facts: PackFacts, id: string, verb: 'left' | 'moved'): void {
  drawReview(
    canvas,
    facts,
    id,
    [
      share('Person, and when', 1),
      share('Target', 1.1),
      share('Rights', 1),
      fixed('Last access ended', 112),
      right('Hours after', 52),
      fixed('Had to be gone by', 112),
      fixed('Result', 52),
      share('What the log shows', 1.3),
    ],
    (row) => [
      lines(row.person, row.left === null ? null : `${verb} ${time(row.left)}`),
      lines(row.targetName ?? row.targetId, row.targetType),
      row.rights == null ? null : String(row.rights),
      row.lastEnd == null ? (row.rights == null ? null : 'still held') : time(row.lastEnd),
      row.hours ?? null,
      time(row.deadline),
      result(String(row.result)),
      row.reason == null ? null : String(row.reason),
    ],
  );
}

/** Section 9: always there, since an empty register says something, too. */
export function drawExceptions(canvas: Canvas, facts: PackFacts): void {
  const { exceptions } = facts.reviews;
  if (exceptions.length === 0) {
    canvas.heading(1, '9  Register of exceptions', 60);
    canvas.paragraph(
      'The officer has entered no exception. What deserves a look stands in sections 4, 5 and 7 whether or not it was entered here.',
    );
    return;
  }
  canvas.newPage('landscape');
  canvas.heading(1, '9  Register of exceptions');
  const open = exceptions.filter(({ status }) => status === 'open' || status === 'in progress').length;
  canvas.paragraph(
    `${plural(exceptions.length, 'exception')} entered by the officer, ${formatCount(open)} not settled. The words are the officer’s.`,
  );
  drawReview(
    canvas,
    facts,
    'R-11',
    [
      fixed('No.', 34),
      share('Finding and controls', 1.5),
      right('Rows', 34),
      fixed('Severity', 46),
      share('Root cause', 1.1),
      share('Compensating control', 1.1),
      fixed('Owner and due', 90),
      fixed('Status', 64),
      share('Management response', 1.2),
    ],
    (row) => [
      String(row.id),
      lines(row.finding, row.control),
      row.rowCount ?? null,
      String(row.severity),
      row.rootCause == null ? null : String(row.rootCause),
      row.compensating == null ? null : String(row.compensating),
      lines(row.owner ?? '(no owner)', row.due == null ? 'no date' : `due ${row.due}`),
      lines(row.status, row.person),
      row.response == null ? null : String(row.response),
    ],
  );
}

function result(word: string): TableCell {
  const colour = word === 'fail' ? colours.failed : word === 'pass' ? colours.passed : colours.skipped;
  return [{ text: word, style: { ...styles.head, colour } }];
}

function time(cell: string | number | null | undefined): string | null {
  return cell == null ? null : String(cell).replace('T', ' ').replace('Z', '');
}

function lines(...texts: (string | number | null | undefined)[]): TableCell {
  return texts.flatMap((text, at) =>
    text == null ? [] : [at === 0 ? { text: String(text) } : { text: String(text), style: styles.small }],
  );
}

// Sections 8 and 9: whether people who left lost their rights in time, and the register of exceptions with what becomes
// of each.

import type { PackFacts } from '../facts.ts';
import { formatCount, plural } from '../wording.ts';
import { type Canvas, colours, styles } from './canvas.ts';
import { drawReview } from './sections-reviews.ts';
import { fixed, right, share, type TableCell } from './table.ts';

/** Section 8, where a list of people who left was given. */
export function drawLeavers(canvas: Canvas, facts: PackFacts): void {
  const { leavers, people } = facts.reviews;
  if (!leavers || !facts.recipe.leavers) return;
  const { results } = leavers;
  canvas.newPage('landscape');
  canvas.heading(1, '8  Leavers and movers');
  canvas.paragraph(
    `The list ${facts.recipe.leavers.file} names ${plural(facts.recipe.leavers.people, 'person', 'people')}; ${formatCount(leavers.leavers)} left before the period’s end` +
      (leavers.later > 0 ? `, ${formatCount(leavers.later)} later. ` : '. ') +
      `Rights had to be gone within ${plural(leavers.slaDays, 'day')}. Of the rows below ${formatCount(results.pass)} pass, ${formatCount(results.fail)} fail, ` +
      `${formatCount(results['not due'])} are not due yet, and ${plural(results['none held'], 'person', 'people')} held no right that the imported logs show.`,
  );
  canvas.gap(3);
  canvas.paragraph(
    `Movers: ${plural(people.mover, 'person or service', 'people and services')} hold other rights at the end of the period than at its start (R-02, kind “mover”). No list says who changed tasks, so whether their rights fit is not tested here.`,
    styles.small,
  );
  canvas.paragraph(`SHA-256 of the list: ${facts.recipe.leavers.sha256}`, styles.small);
  drawReview(
    canvas,
    facts,
    'R-10',
    [
      share('Person and what they left', 1),
      share('Target', 1.1),
      share('Rights', 1),
      fixed('Last access ended', 112),
      right('Hours after', 52),
      fixed('Had to be gone by', 112),
      fixed('Result', 52),
      share('What the log shows', 1.3),
    ],
    (row) => [
      lines(row.person, row.left === null ? null : `left ${time(row.left)}`),
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

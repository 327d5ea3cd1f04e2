// The report as PDF, drawn twice: the first pass finds the page count, the contents and what could not be printed,
// the second prints them. Same facts, same bytes: nothing here asks the clock or the database.

import type { PackSection } from '#core/section-model.ts';
import type { PackFacts } from '../facts.ts';
import type { Payload } from '../payload.ts';
import { reportPath } from '../report-files.ts';
import { type Canvas, createCanvas, type Known, unknownYet } from './canvas.ts';
import { drawContents, drawCover } from './cover.ts';
import { drawCampaigns } from './section-campaigns.ts';
import { drawSampling } from './section-sampling.ts';
import { drawSignOff } from './section-sign-off.ts';
import { drawExceptions, drawLeavers } from './section-tests.ts';
import { drawCompleteness } from './sections-completeness.ts';
import { drawEvents } from './sections-events.ts';
import { drawActivity, drawMapping, drawMethod, drawVerification } from './sections-method.ts';
import { drawScope, drawSources, drawSummary } from './sections-origin.ts';
import { drawAccess, drawChanges, drawSessions } from './sections-reviews.ts';

export type ReportResult = { pages: number; tokens: number; cut: number };

/** Writes data/01_Evidence_Report.pdf. */
export async function writeReport(payload: Payload, facts: PackFacts): Promise<ReportResult> {
  let known = unknownYet;
  // What a pass prints of the one before can move a line to the next page: draw until nothing moves any more.
  for (let pass = 1; ; pass++) {
    const { bytes, found } = await drawReport(facts, known);
    if (pass > 1 && (pass === 5 || isSameLayout(known, found))) {
      payload.write(reportPath, bytes);
      return { pages: found.pages, tokens: found.tokens.count, cut: found.cut };
    }
    known = found;
  }
}

function isSameLayout(a: Known, b: Known): boolean {
  return (
    a.pages === b.pages &&
    a.cut === b.cut &&
    a.tokens.count === b.tokens.count &&
    a.contents.every((entry, index) => entry.page === b.contents[index]?.page)
  );
}

async function drawReport(facts: PackFacts, known: Known): Promise<{ bytes: Buffer; found: Known }> {
  const { request, map, application } = facts;
  const organisation = request.organisation || 'organisation not stated';
  const canvas = createCanvas({
    title: `Evidence pack ${facts.packId}`,
    author: request.preparedBy || request.organisation || 'not stated',
    subject: `${map.title}, ${organisation}, ${request.from} to ${request.to} ${request.zone}`,
    creator: `${application.name} ${application.version}`,
    time: new Date(facts.generatedAt),
    running: {
      head: `${organisation}  ·  ${map.title}  ·  ${request.from} to ${request.to}, ${request.zone}`,
      foot: facts.packId,
    },
    known,
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    canvas.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    canvas.doc.on('end', resolve);
    canvas.doc.on('error', reject);
  });
  drawSections(canvas, facts, known);
  const found = canvas.found();
  canvas.finish();
  await ended;
  return { bytes: Buffer.concat(chunks), found };
}

function drawSections(canvas: Canvas, facts: PackFacts, known: Known): void {
  drawCover(canvas, facts);
  drawContents(canvas, facts);
  drawSummary(canvas, facts);
  drawScope(canvas, facts);
  drawSources(canvas, facts);
  drawCompleteness(canvas, facts);
  const has = (section: PackSection) => facts.recipe.sections.included.includes(section);
  drawEvents(canvas, facts, { withRows: has('events') });
  if (has('access')) drawAccess(canvas, facts);
  if (has('changes')) drawChanges(canvas, facts);
  if (has('sessions')) drawSessions(canvas, facts);
  drawSampling(canvas, facts);
  if (has('reviews')) drawCampaigns(canvas, facts);
  drawLeavers(canvas, facts);
  drawExceptions(canvas, facts);
  drawMapping(canvas, facts);
  drawMethod(canvas, facts, known);
  drawActivity(canvas, facts);
  drawSignOff(canvas, facts);
  drawVerification(canvas, facts);
}

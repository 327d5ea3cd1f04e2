// A list of tickets or pull requests: CSV as Jira, GitHub and ServiceNow export it, or any with columns named after what
// they hold.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '#core/errors.ts';
import { readTableWithColumns } from '#core/table-file.ts';
import type { Ticket, TicketListFacts } from '#core/ticket-model.ts';
import { formatUtc, instantOf, parseBoundary, readTime } from '#core/time.ts';

export type TicketList = { facts: TicketListFacts; tickets: Ticket[]; sha256: string; zone: string };

/** Names of columns by what they hold, compared without case and separators. */
const columns = {
  id: {
    // GitHub and ServiceNow have an id of their own beside the number that people write.
    names: ['issue key', 'ticket id', 'ticket', 'number', 'pull request', 'pr', 'key', 'change', 'id'],
    needed: true,
    called: 'id',
  },
  title: { names: ['title', 'summary', 'short description', 'description', 'subject'] },
  target: {
    names: ['target', 'asset', 'resource', 'configuration item', 'cmdb ci', 'ci', 'component', 'components'],
  },
  opened: {
    names: ['opened', 'opened at', 'created', 'created at', 'requested', 'requested at', 'sys created on'],
  },
  openedBy: {
    names: ['opened by', 'created by', 'requested by', 'reporter', 'author', 'requester', 'creator'],
  },
  approved: {
    names: [
      'approved',
      'approved at',
      'approved on',
      'approval set',
      'approval date',
      'custom field (approved)',
    ],
  },
  approvedBy: {
    names: [
      'approved by',
      'by',
      'approver',
      'approvers',
      'custom field (approved by)',
      'custom field (approvers)',
    ],
  },
  // A merge is an approval where the list tells no other.
  merged: { names: ['merged', 'merged at'] },
  mergedBy: { names: ['merged by'] },
  closed: { names: ['closed', 'closed at', 'resolved', 'resolved at', 'done', 'completed'] },
  approval: { names: ['approval', 'approval state', 'approval status', 'review decision'] },
} as const;
type Key = keyof typeof columns;

const meanings: Record<Key, string> = {
  id: 'id',
  title: 'title',
  target: 'target',
  opened: 'opened',
  openedBy: 'opened by',
  approved: 'approved',
  approvedBy: 'approved by',
  merged: 'merged, taken for approved',
  mergedBy: 'merged by, taken for approved by',
  closed: 'closed',
  approval: 'state of the approval',
};

/**
 * Reads a list. Times without a zone are meant in `zone`; a day alone counts from its beginning, and as the end of a
 * ticket to its end. Throws AppError('input') naming the line that makes no sense.
 */
export function readTickets(path: string, zone: string): TicketList {
  const { rows, columns: found } = readTableWithColumns<Key>(path, columns);
  const seen = new Map<string, number>();
  const tickets = rows.map((row): Ticket => {
    const at = (text: string | null, edge: 'from' | 'to') =>
      text === null ? null : formatUtc(timeOf(text, zone, edge, row.line));
    const id = (row.id as string).trim();
    const other = seen.get(id.toLowerCase());
    if (other !== undefined)
      throw new AppError(
        'input',
        `Line ${row.line} of the tickets: “${id}” stands in line ${other} already. Leave one of them out.`,
      );
    seen.set(id.toLowerCase(), row.line);
    const isApproved = row.approval === null || /^(approved|accepted|yes)$/i.test(row.approval.trim());
    return {
      line: row.line,
      id,
      title: row.title,
      target: row.target,
      opened: at(row.opened, 'from'),
      openedBy: row.openedBy,
      approved: isApproved ? at(row.approved ?? row.merged, 'from') : null,
      approvedBy: row.approvedBy ?? row.mergedBy,
      closed: at(row.closed ?? row.merged, 'to'),
    };
  });
  const named = (Object.keys(columns) as Key[]).flatMap((key) => {
    const column = found[key];
    return column === null ? [] : [{ meaning: meanings[key], column }];
  });
  return {
    facts: { file: basename(path), system: systemOf(found), tickets: tickets.length, columns: named },
    tickets,
    zone,
    sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
  };
}

function systemOf(found: Record<Key, string | null>): TicketListFacts['system'] {
  const has = (key: Key, pattern: RegExp) => pattern.test(found[key] ?? '');
  if (has('id', /^issue.?key$/i)) return 'Jira';
  if (found.merged !== null || has('id', /^(pr|pull.?request)$/i)) return 'GitHub';
  if (has('target', /^(cmdb.?ci|configuration.?item)$/i) || has('approved', /^approval.?set$/i))
    return 'ServiceNow';
  return 'other';
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** What Jira writes unless it is told otherwise: `12/Mar/26 9:44 AM`. */
const jiraForm = /^(\d{1,2})\/([a-z]{3})\/(\d{2}|\d{4})(?:\s+(\d{1,2}):(\d{2})\s*(am|pm)?)?$/i;

function timeOf(text: string, zone: string, edge: 'from' | 'to', line: number): number {
  const plain = fromJira(text.trim()) ?? text.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(plain) && readTime(plain)) return parseBoundary(plain, zone, edge);
  const read = readTime(plain);
  if (!read) throw new AppError('input', `Line ${line} of the tickets: “${text}” is not a time.`);
  return read.explicit ? read.ms : instantOf(read.wall, zone).ms;
}

function fromJira(text: string): string | null {
  const match = jiraForm.exec(text);
  if (!match) return null;
  const [, day = '', name = '', year = '', hours, minutes, half] = match;
  const month = months.indexOf(name.toLowerCase()) + 1;
  if (month === 0) return null;
  const two = (n: number | string) => String(n).padStart(2, '0');
  const date = `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}`;
  if (hours === undefined) return date;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/pm/i.test(half) ? 12 : 0);
  return `${date} ${two(hour)}:${minutes}`;
}

// Access, and an access review, as a workbook.

import type { CampaignEntry } from '#core/campaign-model.ts';
import type { AccessInterval, AccessScope, ReviewSettings } from '#core/review-model.ts';
import type { KeptCampaign } from '#core/store/campaigns.ts';
import type { Store } from '#core/store/open.ts';
import { type ReviewBook, settingsLines } from '#core/workbook/ipe.ts';
import type { Cell, SheetColumn } from '#core/workbook/sheet.ts';
import { type AccessPaging, type AccessRequest, readAccess } from './answers.ts';
import { describeProgress } from './campaign.ts';
import { readAccessSummary } from './summary.ts';

const text = (title: string, width = 20): SheetColumn => ({ title, width });
const figure = (title: string, width = 10): SheetColumn => ({ title, width, number: true });
const at = (time: string | null): Cell => (time === null ? null : new Date(time));

type Held = Omit<AccessInterval, 'to' | 'revokedBy' | 'revokeEvent' | 'endCertainty' | 'endEvent' | 'change'>;

const heldColumns: SheetColumn[] = [
  text('Person', 28),
  text('Source', 18),
  text('Target type', 12),
  text('Target id', 16),
  text('Target name', 22),
  text('Scope', 16),
  text('Right', 18),
  text('Since (UTC)', 24),
  text('Start', 11),
  text('Granted by', 28),
  text('Grant event'),
  text('To look at', 50),
];
const heldCells = (row: Held): Cell[] => [
  row.subject,
  row.source,
  row.targetType,
  row.targetId,
  row.targetName,
  row.scope,
  row.right,
  at(row.from) ?? 'before the log begins',
  row.startCertainty,
  row.grantedBy,
  row.grantEvent,
  Object.values(row.reasons).join(' '),
];

/** Rights of a scope, of which those with a flag where one is named. Make it inside one transaction. Throws AppError('usage'). */
export function accessBook(
  store: Store,
  request: AccessRequest,
  settings: ReviewSettings,
  only: Pick<AccessPaging, 'flag' | 'order'>,
): ReviewBook {
  const hasLeavers = request.leavers.size > 0;
  const summary = readAccessSummary(store, request, { hasLeavers });
  const { rows, people } = readAccess(store, request, { ...only, first: 0, limit: Number.MAX_SAFE_INTEGER });
  return {
    holds: 'who held which right on what, since when and from whom, with what deserves a look',
    asked: [
      ['Rights', scopeWords(request.scope)],
      ['Judged as of', `before ${summary.atTime}`],
      ['Zone of its days', request.zone],
      ['Filter', request.filter.trim() || 'none'],
      ['Rows', only.flag ?? 'all'],
      ['List of leavers', hasLeavers ? `${request.leavers.size} people` : 'none'],
      ...settingsLines({
        hours: request.hours,
        dormantDays: request.dormantDays,
        privileged: request.privileged,
        slaDays: settings.slaDays,
      }),
    ],
    figures: [
      ['Rights', summary.intervals],
      ['People', summary.people],
      ['Targets', summary.targets],
      ['Held since before the log begins', summary.inferred],
      ['Shown without an event that grants them', summary.unlogged],
      ...Object.entries(summary.flags).map(([flag, count]): [string, string | number] => [
        `Flag: ${flag}`,
        count ?? 'not looked for',
      ]),
    ],
    method: [...(request.personOf ? [mergedNames] : []), cannotKnow],
    tables: [
      {
        name: 'Rights',
        total: rows.length,
        columns: [
          ...heldColumns,
          text('Until (UTC)', 24),
          text('End', 11),
          text('Taken by', 28),
          text('Revoke event'),
          text('Over the period', 12),
        ],
        rows: rows.map((row) => [
          ...heldCells(row),
          at(row.to),
          row.endCertainty,
          row.revokedBy,
          row.revokeEvent,
          row.change ?? null,
        ]),
      },
      ...(people.length === 0
        ? []
        : [
            {
              name: 'People',
              total: people.length,
              columns: [
                text('Person', 30),
                text('Became', 12),
                figure('Gained'),
                figure('Lost'),
                text('Names in the log, where merged', 50),
              ],
              rows: people.map(({ subject, names, kind, gained, lost }): Cell[] => [
                subject,
                kind,
                gained,
                lost,
                names?.join(', ') ?? null,
              ]),
            },
          ]),
    ],
  };
}

/** What every answer about access says. */
export const cannotKnow: [string, string] = [
  'What the log cannot know',
  'rights given before it begins and not touched since, rights that the vendor gives by default, and what comes with owning something larger',
];

/** What every answer says that reads merged names. */
export const mergedNames: [string, string] = [
  'People',
  'names that somebody merged in this workspace are read as one person; the log and its rights keep the names as they were recorded',
];

function scopeWords(scope: AccessScope): string {
  if (scope.kind === 'at') return `held at the end of ${scope.at}`;
  return scope.kind === 'between'
    ? `held at any time from ${scope.from} to ${scope.to}`
    : 'all of the ledger';
}

/** An access review with its decisions, their history, and what the log shows of its revocations. */
export function campaignBook(kept: KeptCampaign): ReviewBook {
  const { campaign, entries } = kept;
  const progress = describeProgress(kept);
  const history = entries.flatMap((entry) => entry.history.map((decided) => ({ entry, decided })));
  return {
    holds: `the access review “${campaign.name}”: each frozen right with its decision`,
    asked: [
      ['Review', `${campaign.name} (number ${campaign.id})`],
      ['Rights', `held at the end of ${campaign.at} (${campaign.zone}), before ${campaign.atTime}`],
      ['Filter', campaign.filter || 'none'],
      ['Opened', `${campaign.openedAt} by ${campaign.person}`],
      ['Closed', campaign.closedAt === null ? 'not yet' : `${campaign.closedAt} by ${campaign.closedBy}`],
      ['Frozen from the log with', `${campaign.logSize} leaves, root ${campaign.logRoot}`],
      ['SHA-256 of the frozen rights', campaign.entriesHash],
      ...settingsLines(campaign.settings),
    ],
    figures: [
      ['Rights', campaign.entries],
      ['Not decided', progress.pending],
      ...Object.entries(progress.decisions).map(([decision, count]): [string, number] => [
        `Decided: ${decision}`,
        count,
      ]),
      ...Object.entries(progress.proofs ?? {}).map(([state, count]): [string, number] => [
        `Revoked: ${state}`,
        count,
      ]),
    ],
    method: [
      ['Frozen', 'a copy of the ledger on the day of the review; later imports change nothing of it'],
      [
        'Revoked',
        'proven by an event that takes the right, in the days allowed after closing, and by no later use in the imported logs',
      ],
      cannotKnow,
    ],
    tables: [
      {
        name: 'Review',
        total: entries.length,
        columns: [
          figure('No'),
          ...heldColumns,
          text('Reviewer', 24),
          text('Decision', 12),
          text('Note', 40),
          text('Decided by', 24),
          text('Decided (UTC)', 24),
          text('After closing', 16),
          text('Why', 50),
          text('Revoke event'),
        ],
        rows: entries.map((entry) => [entry.number, ...heldCells(entry), ...decisionCells(entry)]),
      },
      {
        name: 'Decisions',
        total: history.length,
        columns: [
          figure('No'),
          text('Person', 28),
          text('Right', 18),
          text('Decision', 12),
          text('Note', 50),
          text('Decided by', 24),
          text('Decided (UTC)', 24),
          text('Account', 18),
        ],
        rows: history.map(({ entry, decided }) => [
          entry.number,
          entry.subject,
          entry.right,
          decided.decision,
          decided.note,
          decided.person,
          at(decided.at),
          decided.account,
        ]),
      },
    ],
  };
}

const decisionCells = ({ reviewer, decided, proof }: CampaignEntry): Cell[] => [
  reviewer,
  decided?.decision ?? 'not decided',
  decided?.note ?? null,
  decided?.person ?? null,
  at(decided?.at ?? null),
  proof?.state ?? null,
  proof?.reason ?? null,
  proof?.revokeEvent ?? null,
];

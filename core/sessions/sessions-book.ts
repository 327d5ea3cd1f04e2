// Sessions and failed sign-ins as a workbook or CSV.

import type { EventQuery } from '#core/model.ts';
import type { Store } from '#core/store/open.ts';
import type { ReviewBook } from '#core/workbook/ipe.ts';
import type { Cell, SheetColumn } from '#core/workbook/sheet.ts';
import { readFailures, readSessions } from './answers.ts';

const text = (title: string, width = 20): SheetColumn => ({ title, width });
const figure = (title: string, width = 10): SheetColumn => ({ title, width, number: true });
const at = (time: string | null): Cell => (time === null ? null : new Date(time));

/** All sessions of a query, and its failures by actor and address. Throws AppError('usage'). */
export function sessionsBook(store: Store, query: EventQuery): ReviewBook {
  const all = { first: 0, limit: Number.MAX_SAFE_INTEGER };
  const { rows: sessions } = readSessions(store, query, { ...all, kind: null, state: null });
  const { rows: failures } = readFailures(store, query, { ...all, by: null });
  const count = (state: string) => sessions.filter((one) => one.state === state).length;
  return {
    holds: 'logins and remote access from start to end, and who failed to sign in',
    asked: [
      ['From', query.from ?? 'the beginning of the log'],
      ['To', query.to ?? 'the end of the log'],
      ['Zone of its days', query.zone],
      ['Filter', query.filter.trim() || 'none'],
    ],
    figures: [
      ['Sessions', sessions.length],
      ['With start and end', count('closed')],
      ['Without a logged end', count('no-end')],
      ['Without a logged start', count('no-start')],
      ['Of sources that log no ends', count('started')],
      ['Groups of failures', failures.length],
    ],
    method: [
      [
        'A session',
        'pairs a start with the next end of the same actor, by the session id where the record has one; what has no other side says so',
      ],
      ['Failures', 'failed logins and invalid keys, counted by actor and again by address'],
    ],
    tables: [
      {
        name: 'Sessions',
        total: sessions.length,
        columns: [
          text('Who', 28),
          text('Kind', 14),
          text('State', 12),
          text('Start (UTC)', 24),
          text('End (UTC)', 24),
          figure('Seconds', 12),
          text('Source', 18),
          text('Device type', 12),
          text('Device id', 16),
          text('Device', 22),
          text('Port', 8),
          text('App', 18),
          text('Address', 16),
          text('Session', 18),
          text('Start event'),
          text('End event'),
        ],
        rows: sessions.map((one) => [
          one.actor,
          one.kind,
          one.state,
          at(one.start),
          at(one.end),
          one.durationMs === null ? null : one.durationMs / 1000,
          one.source,
          one.targetType,
          one.targetId,
          one.targetName,
          one.port,
          one.app,
          one.ip,
          one.session,
          one.startEvent,
          one.endEvent,
        ]),
      },
      {
        name: 'Failures',
        total: failures.length,
        columns: [
          text('By', 8),
          text('Actor or address', 30),
          figure('Count'),
          text('First (UTC)', 24),
          text('Last (UTC)', 24),
          text('First event'),
          text('Last event'),
          text('What failed', 40),
          text('Addresses or actors (the first 100)', 50),
        ],
        rows: failures.map((one) => [
          one.by,
          one.key,
          one.count,
          at(one.first),
          at(one.last),
          one.firstEvent,
          one.lastEvent,
          one.actions.map(({ action, count: times }) => `${action} (${times})`).join(', '),
          one.otherKeys.join(', '),
        ]),
      },
    ],
  };
}

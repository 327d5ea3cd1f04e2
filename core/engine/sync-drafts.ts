// A draft as a person filled it in ↔ a connection. What a draft does not know of, and the command line may have set, stays
// as it was when a connection is changed.

import { AppError } from '#core/errors.ts';
import { findProblems } from '#core/sync/check.ts';
import { type Connection, connectionForm } from '#core/sync/connection.ts';
import { type Connector, loadConnectors } from '#core/sync/connector.ts';
import type { ApiShape, ConnectionDraft, DraftOf } from '#core/sync-calls.ts';
import type { Problem } from '#core/sync-model.ts';
import { numberIn, pairsIn, textOfPairs } from './draft-lines.ts';

export type ReadDraft = { connection: Connection | null; problems: Problem[] };

/** What a draft is read with: the connections there are, and the folder behind a grant. */
export type DraftMeans = { connections: readonly Connection[]; folderOf(grant: string): string };

/** A connection from a draft, or why it is none, field by field. */
export function readDraft(draft: ConnectionDraft, { connections, folderOf }: DraftMeans): ReadDraft {
  const problems: Problem[] = [];
  const say = (field: string, message: string) => problems.push({ field, message });
  const name = draft.name.trim();
  const before = connections.find((one) => one.name === draft.replaces);
  if (draft.replaces !== null && before?.kind !== draft.kind)
    throw new AppError(
      'usage',
      `“${draft.replaces}” is not connected any more. Close this form and look again.`,
    );
  if (name === '') say('name', 'Give it a name.');
  else if (connections.some((one) => one !== before && one.name === name))
    say('name', `“${name}” is connected already. Give this connection another name.`);
  const common = {
    name,
    source: draft.source.trim() || name,
    preset: before?.preset ?? null,
    zone: before?.zone ?? null,
  };
  const settings = { ...common, ...settingsOf(draft, before, folderOf, say) };
  if (problems.length > 0) return { connection: null, problems };
  const parsed = connectionForm.safeParse(settings);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      connection: null,
      problems: [{ field: String(issue?.path[0] ?? 'name'), message: `It ${issue?.message}.` }],
    };
  }
  const found = findProblems(parsed.data);
  return { connection: found.length > 0 ? null : parsed.data, problems: found };
}

type Say = (field: string, message: string) => void;

function settingsOf(
  draft: ConnectionDraft,
  before: Connection | undefined,
  folderOf: (grant: string) => string,
  say: Say,
): Record<string, unknown> {
  switch (draft.kind) {
    case 'api':
      return apiOf(draft, before?.kind === 'api' ? before : undefined, say);
    case 'bucket':
      return bucketOf(draft, before?.kind === 'bucket' ? before : undefined, say);
    case 'folder': {
      const folder =
        draft.folder === null ? (before?.kind === 'folder' ? before.folder : '') : folderOf(draft.folder);
      if (folder === '') say('folder', 'Choose the folder to watch.');
      return { kind: 'folder', folder, settleSeconds: numberIn(draft.settle, 'settle', 0, 86_400, say) };
    }
  }
}

function apiOf(
  draft: DraftOf<'api'>,
  before: (Connection & { kind: 'api' }) | undefined,
  say: Say,
): Record<string, unknown> {
  const bundled = loadConnectors().find(({ id }) => id === draft.connector);
  // A connection keeps its connector as it was when it was made.
  const known = before?.connector.id === draft.connector ? before.connector : bundled;
  if (!known) throw new AppError('usage', `There is no connector “${draft.connector}”.`);
  const { shape } = draft;
  const filled = Object.entries(draft.parameters).filter(([, value]) => value.trim() !== '');
  if (draft.base.trim() === '') say('base', 'Give the address of the API, as https://….');
  return {
    kind: 'api',
    connector: shape === null ? known : shaped(known, shape, say),
    base: draft.base.trim(),
    feed: draft.feed,
    parameters: Object.fromEntries(filled.map(([name, value]) => [name, value.trim()])),
    query: shape === null ? (before?.query ?? {}) : pairsIn(shape.query, '=', 'query', say),
    since: draft.since.trim() || null,
    lagMinutes: before?.lagMinutes ?? null,
  };
}

function shaped(known: Connector, shape: ApiShape, say: Say): Connector {
  const { header, prefix, user, begin, end } = shape;
  const usual = loadConnectors().find(({ id }) => id === known.id) ?? known;
  if (shape.auth === 'header' && header.trim() === '') say('header', 'Name the header that holds the token.');
  const period = [
    ...(begin.trim() === '' ? [] : [[begin.trim(), '{from}']]),
    ...(end.trim() === '' ? [] : [[end.trim(), '{until}']]),
  ];
  if (begin.trim() === '' && end.trim() !== '')
    say('begin', 'Name what the query calls the beginning, too: without it every sync reads all of the log.');
  return {
    ...known,
    auth:
      shape.auth === 'header'
        ? { kind: 'header', name: header.trim(), prefix }
        : shape.auth === 'basic'
          ? { kind: 'basic', ...(user.trim() === '' ? {} : { user: user.trim() }) }
          : { kind: shape.auth },
    list: shape.list.trim() === '' ? usual.list : [shape.list.trim()],
    paging: pagingOf(shape, say),
    period:
      period.length === 0
        ? null
        : { ...known.period, query: Object.fromEntries(period), format: shape.format },
    order: shape.order,
    lagMinutes: numberIn(shape.lag, 'lag', 0, 60 * 24 * 30, say),
    headers: pairsIn(shape.headers, ':', 'headers', say),
  };
}

function pagingOf(shape: ApiShape, say: Say): Connector['paging'] {
  const { paging, limit } = shape;
  const named = (field: 'place' | 'limit' | 'from', what: string) => {
    const text = shape[field].trim();
    if (text === '') say(field, `Name ${what}.`);
    return text;
  };
  switch (paging) {
    case 'link':
    case 'none':
      return { kind: paging };
    case 'next':
      return { kind: 'next', from: named('from', 'the member that holds the address of the next page') };
    case 'cursor':
      return {
        kind: 'cursor',
        cursor: named('place', 'what the query calls the cursor'),
        from: named('from', 'the member that holds the cursor of the next page'),
      };
    case 'offset':
      return {
        kind: 'offset',
        offset: named('place', 'what the query calls the offset'),
        limit: named('limit', 'what the query calls the limit'),
        size: numberIn(shape.size, 'size', 2, 100_000, say),
      };
    case 'page':
      return {
        kind: 'page',
        page: named('place', 'what the query calls the page'),
        first: numberIn(shape.first, 'first', 0, 1_000_000, say),
        ...(limit.trim() === ''
          ? {}
          : { limit: limit.trim(), size: numberIn(shape.size, 'size', 1, 100_000, say) }),
      };
  }
}

function bucketOf(
  draft: DraftOf<'bucket'>,
  before: (Connection & { kind: 'bucket' }) | undefined,
  say: Say,
): Record<string, unknown> {
  const { access, pathStyle, requesterPays } = draft;
  const profile = draft.profile.trim();
  if (draft.bucket.trim() === '') say('bucket', 'Name the bucket.');
  if (access === 'profile' && profile === '') say('profile', 'Name the profile.');
  if (draft.region.trim() === '')
    say('region', 'Name the region; services of one’s own mostly take us-east-1.');
  return {
    kind: 'bucket',
    bucket: draft.bucket.trim(),
    prefix: draft.prefix.trim(),
    endpoint: draft.endpoint.trim() || null,
    region: draft.region.trim(),
    pathStyle,
    profile: access === 'profile' ? profile : null,
    requesterPays,
    anonymous: access === 'none',
    digestKeys: before?.digestKeys ?? {},
  };
}

/** A connection as it would be filled in. */
export function draftOf(connection: Connection): ConnectionDraft {
  const { name, source } = connection;
  const common = { name, source, replaces: name };
  switch (connection.kind) {
    case 'api': {
      const { connector, base, feed, parameters, since } = connection;
      const shape = connector.id === 'json' ? shapeOf(connection) : null;
      return {
        kind: 'api',
        ...common,
        connector: connector.id,
        base,
        feed,
        parameters,
        since: since ?? '',
        shape,
      };
    }
    case 'bucket': {
      const { bucket, prefix, endpoint, region, pathStyle, requesterPays, anonymous, profile } = connection;
      return {
        kind: 'bucket',
        ...common,
        bucket,
        prefix,
        endpoint: endpoint ?? '',
        region,
        pathStyle,
        requesterPays,
        access: anonymous ? 'none' : profile === null ? 'key' : 'profile',
        profile: profile ?? '',
      };
    }
    case 'folder':
      return { kind: 'folder', ...common, folder: null, settle: String(connection.settleSeconds) };
  }
}

function shapeOf({ connector, query }: Connection & { kind: 'api' }): ApiShape {
  const { auth, paging, period, order, lagMinutes, headers, list } = connector;
  const usual = loadConnectors().find(({ id }) => id === connector.id);
  const nameOf = (value: string) =>
    Object.entries(period?.query ?? {}).find(([, text]) => text === value)?.[0] ?? '';
  return {
    auth: auth.kind,
    header: auth.kind === 'header' ? auth.name : '',
    prefix: auth.kind === 'header' ? auth.prefix : '',
    user: auth.kind === 'basic' ? (auth.user ?? '') : '',
    list: list.length === 1 && usual?.list.length !== 1 ? (list[0] ?? '') : '',
    paging: paging.kind,
    place:
      paging.kind === 'offset'
        ? paging.offset
        : paging.kind === 'page'
          ? paging.page
          : paging.kind === 'cursor'
            ? paging.cursor
            : '',
    limit: 'limit' in paging ? (paging.limit ?? '') : '',
    size: 'size' in paging ? String(paging.size ?? 100) : '100',
    first: paging.kind === 'page' ? String(paging.first) : '1',
    from: 'from' in paging ? paging.from : '',
    begin: nameOf('{from}'),
    end: nameOf('{until}'),
    format: period?.format ?? 'iso',
    order,
    lag: String(lagMinutes),
    headers: textOfPairs(headers, ': '),
    query: textOfPairs(query, '='),
  };
}

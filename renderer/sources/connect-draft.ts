// What a form of a connection begins with, and what its parts share.

import type { ApiShape, ConnectionDraft } from '#core/sync-calls.ts';
import type { ConnectorInfo } from '#core/sync-model.ts';

/** What a part of the form gets: the draft, how to change it, and what is wrong with a field. */
export type Part<D extends ConnectionDraft> = {
  draft: D;
  change(more: Partial<D>): void;
  problem(field: string): string | undefined;
};

/** Of “any JSON API” nothing is known: this is what most of them do. */
export const usualShape: ApiShape = {
  auth: 'bearer',
  header: 'X-Api-Key',
  prefix: '',
  user: '',
  list: '',
  paging: 'link',
  place: '',
  limit: '',
  size: '100',
  first: '1',
  from: '',
  begin: '',
  end: '',
  format: 'iso',
  order: 'unknown',
  lag: '60',
  headers: '',
  query: '',
};

/** What the parameters are called where a person names none. */
export const usualNames: Record<ApiShape['paging'], Partial<ApiShape>> = {
  link: {},
  none: {},
  next: { from: 'next' },
  cursor: { place: 'cursor', from: 'next_cursor' },
  offset: { place: 'offset', limit: 'limit' },
  page: { place: 'page', limit: 'per_page' },
};

const common = (name: string) => ({ name, source: '', replaces: null });

export const apiDraft = (connector: ConnectorInfo): ConnectionDraft => ({
  kind: 'api',
  ...common(connector.vendor === 'Other' ? '' : connector.vendor),
  connector: connector.id,
  base: connector.base ?? '',
  feed: connector.feeds[0]?.id ?? '',
  parameters: {},
  since: '',
  shape: connector.id === 'json' ? usualShape : null,
});

export const bucketDraft = (): ConnectionDraft => ({
  kind: 'bucket',
  ...common(''),
  bucket: '',
  prefix: '',
  endpoint: '',
  region: 'us-east-1',
  pathStyle: false,
  requesterPays: false,
  access: 'key',
  profile: '',
});

export const folderDraft = (): ConnectionDraft => ({
  kind: 'folder',
  ...common(''),
  folder: null,
  settle: '60',
});

/** The secret of a draft as it is typed: a token, or the parts of an access key. */
export type TypedSecret = { token: string; keyId: string; session: string };
export const nothingTyped: TypedSecret = { token: '', keyId: '', session: '' };

/** As main keeps it: `id:secret` or `id:secret:session` of a bucket; empty where nothing was typed. */
export function secretText(draft: ConnectionDraft, { token, keyId, session }: TypedSecret): string {
  if (draft.kind !== 'bucket') return token;
  if (token === '' && keyId === '') return '';
  return [keyId.trim(), token.trim(), ...(session.trim() === '' ? [] : [session.trim()])].join(':');
}

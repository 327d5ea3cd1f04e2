// Whether the settings of a connection make sense: each problem with the setting it is of, so that a form can say it there.

import { AppError } from '#core/errors.ts';
import type { Problem } from '#core/sync-model.ts';
import { assertZone } from '#core/time.ts';
import type { ApiConnection, Connection } from './connection.ts';
import { placesIn } from './connector.ts';

/** What makes no sense in a connection, in the order in which it is filled in; empty where all does. */
export function findProblems(connection: Connection): Problem[] {
  const problems: Problem[] = [];
  const { zone } = connection;
  if (zone !== null) note(problems, 'zone', () => assertZone(zone));
  if (connection.kind === 'api') problems.push(...apiProblems(connection));
  if (connection.kind === 'bucket' && connection.endpoint !== null)
    problems.push(...baseProblems(connection.endpoint, 'endpoint', 'endpoint'));
  return problems;
}

function note(problems: Problem[], field: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.push({ field, message: error.message });
  }
}

function apiProblems(connection: ApiConnection): Problem[] {
  const { connector, base, feed, parameters, query, since } = connection;
  const problems = baseProblems(base, 'base', 'base URL');
  const say = (field: string, message: string) => problems.push({ field, message });
  const found = connector.feeds.find(({ id }) => id === feed);
  if (!found) {
    const known = connector.feeds.map(({ id, name }) => `${id} (${name})`).join(', ');
    say('feed', `${connector.vendor} has no feed “${feed}”. Choose one of ${known}.`);
    return problems;
  }
  for (const name of placesIn(found.path)) {
    if ((parameters[name] ?? '') !== '') continue;
    const label = connector.parameters.find((one) => one.name === name)?.label ?? name;
    say(name, `${label} is missing: name it as the parameter ${name}.`);
  }
  const usable = new Set([
    ...placesIn(found.path),
    ...connector.parameters.filter((one) => one.query !== undefined).map(({ name }) => name),
  ]);
  for (const name of Object.keys(parameters)) {
    if (usable.has(name)) continue;
    const known = usable.size > 0 ? `It takes ${[...usable].join(', ')}.` : 'It takes none.';
    say(name, `${connector.vendor} has no parameter “${name}” here. ${known}`);
  }
  const secret = Object.keys(query).find((name) => /token|secret|password|api[-_]?key/i.test(name));
  if (secret !== undefined)
    say(
      'query',
      `The query must not hold “${secret}”: what is set here is stored and shown. Give the token when the source is synced.`,
    );
  for (const [name, value] of Object.entries(connector.headers)) {
    const message = headerProblem(name, value);
    if (message !== null) say('headers', message);
  }
  if (since !== null && Number.isNaN(Date.parse(since)))
    say('since', `“${since}” is no day. Write the day the first sync begins at as 2026-01-31.`);
  return problems;
}

/** Why a header cannot be sent with each request; null where it can. */
function headerProblem(name: string, value: string): string | null {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value))
    return `“${name}” is no header that can be sent. Write one on each line, as Name: value.`;
  if (/^(authorization|cookie|proxy-)|token|secret|password|api[-_]?key/i.test(name))
    return `The headers must not hold “${name}”: what is set here is stored and shown. Give the token as the token.`;
  if (/^(host|content-length|connection|keep-alive|te|trailer|transfer-encoding|upgrade)$/i.test(name))
    return `The header “${name}” belongs to the connection itself and cannot be set.`;
  return null;
}

/** An address that a token may go to: encrypted, or this very computer; with nothing secret in it. */
function baseProblems(address: string, field: string, what: string): Problem[] {
  const problem = (message: string): Problem[] => [{ field, message }];
  const url = parseAddress(address);
  if (!url || !/^https?:$/.test(url.protocol))
    return problem(`“${address}” is no address. Write the ${what} as https://….`);
  if (url.username !== '' || url.password !== '')
    return problem(`The ${what} must not hold a user or password: what is set here is stored.`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return problem(
      `The ${what} ${url.origin} is not encrypted. Use https, so that the token and the records cannot be read on their way.`,
    );
  if (url.search !== '' || url.hash !== '')
    return problem(
      `The ${what} ends before the “${url.search ? '?' : '#'}”. Give what follows as query settings.`,
    );
  return [];
}

function parseAddress(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** Whether a host is this computer itself. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(host);

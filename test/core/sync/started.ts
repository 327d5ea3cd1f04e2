// A test server that is closed when its test is over.

import { onTestFinished } from 'vitest';
import { type LogServer, openServer, type Style } from './server.ts';

/** Starts a server for one test. */
export async function startServer(style: Style, now: number): Promise<LogServer> {
  const server = await openServer(style, now);
  onTestFinished(() => server.close());
  return server;
}

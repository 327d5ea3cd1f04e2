// Test servers that are closed when their test is over.

import { onTestFinished } from 'vitest';
import { type BucketServer, openBucketServer } from './bucket-server.ts';
import { type LogServer, openServer, type Style } from './server.ts';

/** Starts a server for one test. */
export async function startServer(style: Style, now: number): Promise<LogServer> {
  const server = await openServer(style, now);
  onTestFinished(() => server.close());
  return server;
}

/** Starts a bucket for one test. */
export async function startBucketServer(): Promise<BucketServer> {
  const server = await openBucketServer();
  onTestFinished(() => server.close());
  return server;
}

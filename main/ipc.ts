// The only place where main listens to the page. Each call is taken only from the page's own main frame, its
// arguments are parsed, and its failure goes back as a sentence.

import { ipcMain, type WebFrameMain } from 'electron';
import { z } from 'zod';
import { AppError, toErrorShape } from '#core/errors.ts';
import { longestSecret } from '#core/secrets.ts';
import type { Answer, Calls } from '#preload/channels.ts';
import { isSameSite } from './page.ts';
import { themes } from './theme.ts';

/** What each call does, with the arguments already checked. */
export type Handlers = {
  [N in keyof Calls]: (...args: Calls[N]['args']) => Calls[N]['result'] | Promise<Calls[N]['result']>;
};

/** The page names secrets of sources alone: the key that signs is none of its business. */
const secretOfPage = z
  .string()
  .max(200)
  .regex(/^source:/);
/** The password of a certificate's file is tried alone: it is in memory while its form is open. */
const triedOfPage = z
  .string()
  .max(200)
  .regex(/^(source|certificate):/);

const argumentShapes: { [N in keyof Calls]: z.ZodType<Calls[N]['args']> } = {
  info: z.tuple([]),
  'engine-state': z.tuple([]),
  'connect-engine': z.tuple([]),
  'choose-files': z.tuple([z.enum(['import', 'mapping', 'table', 'evidence', 'requests', 'certificate'])]),
  'grant-files': z.tuple([z.array(z.string().min(1).max(32_768)).max(10_000)]),
  'choose-folder': z.tuple([z.enum(['pack', 'import', 'save', 'watch', 'evidence', 'requests'])]),
  'show-in-folder': z.tuple([z.string().max(100), z.string().min(1).max(255)]),
  'keep-secret': z.tuple([secretOfPage, z.string().min(1).max(longestSecret).nullable()]),
  'try-secret': z.tuple([triedOfPage, z.string().min(1).max(longestSecret).nullable()]),
  'try-kept-secret': z.tuple([secretOfPage, secretOfPage]),
  'keep-tried-secret': z.tuple([secretOfPage]),
  'secret-state': z.tuple([secretOfPage]),
  'open-workspace': z.tuple([
    z.union([
      z.enum(['sample', 'choose']),
      z.strictObject({ recent: z.string().max(40) }),
      z.strictObject({ opened: z.string().max(40) }),
    ]),
  ]),
  'recent-workspaces': z.tuple([]),
  'take-opened': z.tuple([]),
  'set-theme': z.tuple([z.enum(themes)]),
  notify: z.tuple([z.string().min(1).max(200), z.string().max(400)]),
};

/** Answers the calls of the page that lives at this address. Call once. */
export function serveCalls(page: string, handlers: Handlers): void {
  for (const name of Object.keys(argumentShapes) as (keyof Calls)[]) serveCall(page, name, handlers[name]);
}

function serveCall<N extends keyof Calls>(page: string, name: N, handler: Handlers[N]): void {
  ipcMain.handle(name, async (event, ...args: unknown[]): Promise<Answer<Calls[N]['result']>> => {
    try {
      if (!isPage(event.senderFrame, page)) {
        throw new AppError('usage', 'Only the window of Exhibit may ask this.');
      }
      const parsed = argumentShapes[name].safeParse(args);
      if (!parsed.success)
        throw new AppError('usage', `Exhibit was asked for "${name}" with wrong arguments.`);
      return { ok: true, value: await handler(...(parsed.data as Calls[N]['args'])) };
    } catch (thrown) {
      const { code, message } = toErrorShape(thrown);
      if (code === 'internal') console.error(thrown);
      return { ok: false, message };
    }
  });
}

function isPage(frame: WebFrameMain | null, page: string): boolean {
  return frame !== null && frame.parent === null && isSameSite(frame.url, page);
}

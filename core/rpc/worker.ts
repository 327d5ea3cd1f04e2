// Entry file of every worker thread of the engine.

import { handlers } from '#core/engine.ts';
import { serveThread } from './thread.ts';

serveThread(handlers);

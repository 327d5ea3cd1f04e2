// Serves the built page as app://exhibit/…, with the strict Content-Security-Policy on every answer. A scheme of our
// own instead of file://, because a page on file:// may read every file of the machine.

import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';
import { builtPage, isSameSite } from './page.ts';
import { contentSecurityPolicy } from './policy.ts';

// Also the list of what is served at all: whatever else lies in the folder is no part of the page.
const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

/** Answers one request from the files under `root`: 200, 400 for a path that leads out, 404, 405. */
export async function servePage(request: Request, root: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  if (!isSameSite(request.url, builtPage)) return refuse(404);
  const file = resolveInside(root, new URL(request.url).pathname);
  if (file === undefined) return refuse(400);
  const mediaType = mediaTypes[extname(file).toLowerCase()];
  if (mediaType === undefined) return refuse(404);
  try {
    const content = await readFile(file);
    const body = request.method === 'HEAD' ? null : new Uint8Array(content);
    return new Response(body, { headers: { ...headers, 'Content-Type': mediaType } });
  } catch {
    return refuse(404);
  }
}

/** The file a URL path names, or undefined when it is malformed or not under `root` once decoded. */
function resolveInside(root: string, pathname: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  // A backslash separates folders on Windows, and a NUL ends a name in the system's calls.
  if (path.includes('\\') || path.includes('\0')) return undefined;
  const file = join(root, path === '/' ? 'index.html' : path);
  const inside = relative(root, file);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return undefined;
  return file;
}

function refuse(status: number): Response {
  return new Response(null, { status, headers });
}

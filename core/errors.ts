// Expected failures: a code for programs, a sentence for people that says what to do next.
// Everything that is not an AppError is a bug and surfaces as `internal`.

/** What kind of failure this is; the command line turns it into its exit code. */
export type ErrorCode =
  | 'usage' // the caller asked for something that makes no sense: exit 2
  | 'input' // a file, folder or value is not what it should be: exit 3
  | 'environment' // disk full, no permission, locked: exit 3
  | 'newer' // the workspace was written by a newer Exhibit: exit 3
  | 'cancelled' // the person asked to stop
  | 'not-found'
  | 'internal'; // a bug

/** Where in a text that was asked for the mistake stands, in UTF-16 units: `at` from 0, `length` at least 1. */
export type TextPlace = { at: number; length: number };

/** An expected failure. `message` is a whole sentence for a person, with the remedy. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Of a mistake in a filter text. */
  readonly place: TextPlace | undefined;
  constructor(
    code: ErrorCode,
    message: string,
    options?: { cause?: unknown; place?: TextPlace | undefined },
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.place = options?.place;
  }
}

/** A failure as it crosses a process boundary. */
export type ErrorShape = { code: ErrorCode; message: string; place?: TextPlace };

/**
 * Any thrown value as a code and a sentence. System errors that a person can act on (disk full, no permission,
 * file gone, database locked) become `environment`; everything unknown becomes `internal`.
 */
export function toErrorShape(thrown: unknown): ErrorShape {
  if (thrown instanceof AppError) {
    const { code, message, place } = thrown;
    return place ? { code, message, place } : { code, message };
  }
  if (thrown instanceof Error) {
    const remedy = findRemedy(thrown);
    if (remedy) return { code: 'environment', message: remedy + detailOf(thrown) };
    if (thrown.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.' };
    return { code: 'internal', message: `Something went wrong inside Exhibit: ${thrown.message}` };
  }
  return { code: 'internal', message: `Something went wrong inside Exhibit: ${String(thrown)}` };
}

/** What a person can use of the system's own words: the place, else the words; SQLite's say no more than the remedy does. */
function detailOf({ code = '', path, message }: NodeJS.ErrnoException): string {
  // A folder that is being filled has a name of its own until it is whole.
  if (path !== undefined) return ` (${path.replace(/[\\/]\.exhibit-unfinished-[^\\/]*$/, '')})`;
  return /^SQLITE_(CORRUPT|NOTADB|FULL|BUSY|READONLY|CANTOPEN)/.test(code) ? '' : ` (${message})`;
}

function findRemedy(thrown: NodeJS.ErrnoException): string | undefined {
  const { code = '', syscall } = thrown;
  // SQLite says more than one needs to know: SQLITE_IOERR_READ, SQLITE_BUSY_SNAPSHOT.
  const known = systemRemedies[code] ?? systemRemedies[/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? ''];
  // Whatever else the system says of a file that is read or written is no bug of ours.
  return known ?? (syscall !== undefined && fileCalls.has(syscall) ? systemRemedies.EIO : undefined);
}

const fileCalls = new Set([
  'open',
  'read',
  'write',
  'fsync',
  'fdatasync',
  'close',
  'stat',
  'fstat',
  'scandir',
]);

const systemRemedies: Record<string, string> = {
  ENOSPC: 'The disk is full. Nothing was half-written; free some space and try again.',
  SQLITE_FULL: 'The disk is full. Nothing was half-written; free some space and try again.',
  EACCES: 'Exhibit may not read or write there. Check the permissions and try again.',
  EPERM: 'Exhibit may not read or write there. Check the permissions and try again.',
  EROFS: 'That place is read-only. Choose another folder.',
  ENOENT: 'A file or folder is not there any more.',
  ENOTDIR: 'A part of that path is a file, not a folder.',
  EISDIR: 'That is a folder, not a file.',
  EMFILE: 'Too many files are open. Close other programs and try again.',
  SQLITE_BUSY: 'Another Exhibit is writing to this workspace. Wait until it is done and try again.',
  SQLITE_CORRUPT:
    'The workspace file is damaged: parts of it cannot be read. Keep it as it is, and go on with a copy of the workspace, or import the exports into a new one.',
  SQLITE_NOTADB:
    'The file events.db or review.db in it is not an Exhibit workspace, or was damaged. It was left as it is.',
  SQLITE_READONLY: 'The workspace is read-only. Check its permissions.',
  SQLITE_CANTOPEN: 'The workspace file cannot be opened. Check that the folder exists and is readable.',
  EIO: 'The disk reported an error while reading or writing. Check the disk, then try again.',
  SQLITE_IOERR:
    'The disk reported an error while reading or writing. Check the disk, verify the workspace, then try again.',
};

// How far long work is, in words: what, how much of how much, how fast, how long still.

import type { ImportOutcome } from '#core/contract.ts';
import type { Progress, VerifyReport } from '#core/model.ts';
import type { Job, JobName } from '../engine/jobs.ts';
import { formatBytes, formatCount } from './numbers.ts';
import { formatDuration } from './time.ts';

const names: Record<JobName, string> = {
  'imports.run': 'Importing',
  'imports.remap': 'Mapping again',
  'imports.sample': 'Importing the sample exports',
  'imports.sync': 'Syncing',
  'sync.preview': 'Asking for the first page of',
  'events.export': 'Exporting',
  'campaigns.book': 'Writing the workbook of',
  'changes.book': 'Writing the workbook of changes',
  'changes.saveState': 'Writing the values of a day',
  'access.book': 'Writing the workbook of access',
  'access.saveMatrix': 'Writing the table of access',
  'access.saveReconciled': 'Writing the comparison',
  'access.saveLeavers': 'Writing the test of leavers',
  'campaigns.open': 'Freezing the rights for',
  'signoffs.add': 'Signing off',
  'pack.create': 'Creating the evidence pack',
  'additions.readCertificate': 'Reading the certificate',
  'additions.signReport': 'Signing the report',
  'additions.stamp': 'Having the pack time-stamped',
  'pack.verify': 'Checking the evidence pack',
  'audit.verify': 'Checking the opened pack',
  'verify.run': 'Verifying the log',
  'verify.event': 'Verifying an event',
};

/** `Importing export.csv`. */
export const jobName = (job: Pick<Job, 'name' | 'about'>): string =>
  job.about === '' ? names[job.name] : `${names[job.name]} ${job.about}`;

/** How the work that ended last came out, for who does not look: `Verifying the log: done. 9 passed, 0 failed, 1 skipped.` */
export function endWords(jobs: readonly Job[]): string {
  const last = jobs.findLast((job) => job.endedAt !== null);
  if (!last) return '';
  const how = { running: '', done: 'done', failed: 'failed', cancelled: 'cancelled' }[last.state];
  return `${jobName(last)}: ${how}.${last.result === null ? '' : foundWords(last)}`;
}

function foundWords({ name, result }: Job): string {
  if (name === 'verify.run' || name === 'pack.verify') return ` ${checkedWords(result as VerifyReport)}.`;
  if (name !== 'imports.run') return '';
  const reports = (result as ImportOutcome[]).flatMap((one) => (one.ok && !one.already ? [one.report] : []));
  const sum = (of: 'imported' | 'duplicates' | 'rejected') =>
    formatCount(reports.reduce((all, report) => all + report[of], 0));
  return reports.length === 0
    ? ''
    : ` ${sum('imported')} imported, ${sum('duplicates')} duplicates, ${sum('rejected')} rejected.`;
}

/** `9 passed, 0 failed, 1 skipped`. */
export function checkedWords({ checks }: Pick<VerifyReport, 'checks'>): string {
  const count = (status: string) => formatCount(checks.filter((check) => check.status === status).length);
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

/** Whole percent, or null while the whole is not known. */
export function shareDone(progress: Progress | null): number | null {
  if (!progress?.total) return null;
  return Math.min(100, Math.floor((progress.done / progress.total) * 100));
}

/** The engine has taken it, and works on something else first. */
export const isWaiting = (job: Pick<Job, 'progress'>): boolean => job.progress?.stage === 'queued';

const amount = (n: number, unit: string): string =>
  unit === 'bytes' ? formatBytes(n) : `${formatCount(n)}${unit === '' ? '' : ` ${unit}`}`;

/** `12 MB of 40 MB, 8.1 MB a second, about 4 s left`. */
export function progressWords({ progress, rate }: Pick<Job, 'progress' | 'rate'>): string {
  if (progress === null) return 'Starting…';
  const { done, total, unit, note } = progress;
  const parts: string[] = [];
  if (total !== null)
    parts.push(`${unit === 'bytes' ? formatBytes(done) : formatCount(done)} of ${amount(total, unit)}`);
  else if (done > 0) parts.push(amount(done, unit));
  if (rate !== null) {
    parts.push(`${amount(Math.round(rate), unit)} a second`);
    if (total !== null && total > done)
      parts.push(`about ${formatDuration(Math.ceil((total - done) / rate) * 1000)} left`);
  }
  if (note) parts.push(note.replace(/\d{4,}/g, (digits) => formatCount(Number(digits))));
  return parts.length === 0 ? 'Working…' : parts.join(' · ');
}

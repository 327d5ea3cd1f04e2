// The report's sections as they will be, counted before the pack is made: an officer sees what is empty or missing here
// first. What is asked for the dates before is cancelled when they change.

import { sectionNames } from '#core/section-model.ts';
import { useAddress } from '../address/use-address.ts';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { useFile } from '../review/chosen-file.ts';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { formatPeriod } from '../words/period.ts';
import { rowsOf, useControls } from './controls.ts';
import { readNamed, type SampleDraft, useDraft } from './draft.ts';
import styles from './evidence-screen.module.css';

type Line = { no: string; title: string; words: string; isAbsent?: boolean };

export function Outline() {
  const { from, to, zone, filter } = useAddress();
  const draft = useDraft();
  const isSet = from !== null && to !== null && from <= to;
  const asked = { filter: draft.filtered ? filter : '', from, to, zone };
  const answer = useAnswer('events.count', { ...asked, by: 'category' }, { enabled: isSet });
  const lines = useLines(isSet ? answer.data : undefined, isSet);
  const total = isSet ? answer.data?.total : undefined;
  return (
    <section aria-labelledby="scope" className={styles.outline}>
      <h2 id="scope">What goes into it</h2>
      {!isSet ? (
        <p className={screen.muted}>Set both dates of the period to see what it holds.</p>
      ) : answer.error ? (
        <Notice kind="failed">{errorOf(answer.error).message}</Notice>
      ) : (
        <>
          <p className={styles.total}>{total === undefined ? 'Counting…' : formatCounted(total, 'event')}</p>
          <p className={screen.muted}>
            {formatPeriod({ from, to }, zone)}, {zone}
            {asked.filter === '' ? '' : ', filtered'}
          </p>
          {total === 0 ? (
            <Notice kind="attention">
              The imported logs hold no event of this period. A pack would say so; it cannot say that nothing
              happened.
            </Notice>
          ) : null}
          <table className={`${screen.table} ${styles.section}`} aria-label="Sections of the report">
            <tbody>
              {lines.map(({ no, title, words, isAbsent }) => (
                <tr key={no} className={isAbsent ? styles.absent : undefined}>
                  <td>{no}</td>
                  <td>{title}</td>
                  <td>{words}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <p className={screen.muted}>
        Report (PDF), workbook (XLSX), each table as CSV, recipe, manifest and verifiers. It states what the
        imported logs show. Conclusions are yours.
      </p>
    </section>
  );
}

function useLines(
  count: { total: number; groups: { key: string; count: number }[] } | undefined,
  isSet: boolean,
): Line[] {
  const { from, to, zone } = useAddress();
  const draft = useDraft();
  const leavers = useFile('leavers');
  const controls = useControls(draft.framework);
  const coverage = useAnswer(
    'completeness.coverage',
    { from: from ?? '', to: to ?? '', zone },
    { enabled: isSet },
  ).data;
  const continuity = useAnswer('completeness.continuity', {}).data;
  const exceptions = useAnswer('exceptions.list', {}).data?.filter(({ status }) => status !== 'withdrawn');
  const campaigns = useAnswer('campaigns.list', {}).data;
  const rows = new Map(count?.groups.map((group) => [group.key, group.count]));
  const chosen = controls?.controls.filter(
    ({ id }) => draft.controls.length === 0 || draft.controls.includes(id),
  );
  const withEvents = chosen?.filter(({ categories }) => rowsOf(rows, categories) > 0).length;
  const gaps = coverage?.sources.reduce(
    (sum, { gaps: all }) => sum + all.reduce((n, gap) => n + gap.days, 0),
    0,
  );
  const concluded = chosen?.filter(({ id }) => (draft.conclusions[id] ?? '').trim() !== '').length ?? 0;
  const waiting = '…';
  return [
    {
      no: '1',
      title: 'Summary of results',
      words:
        chosen && count
          ? `${withEvents} of ${chosen.length} controls with events, ${concluded} concluded`
          : waiting,
    },
    {
      no: '2–3',
      title: 'Scope and sources',
      words: coverage ? formatCounted(coverage.sources.length, 'source') : waiting,
    },
    {
      no: '4',
      title: 'Completeness',
      words:
        gaps === undefined || !continuity
          ? waiting
          : `${formatCounted(gaps, 'day')} no import spans, ${formatCounted(continuity.breaks.length, 'break')}`,
    },
    {
      no: '5',
      title: 'Populations and answers',
      words: count
        ? [
            `${formatCounted(count.groups.length, 'category', 'categories')} with events`,
            ...draft.leftOut
              .filter((section) => section !== 'reviews')
              .map((section) => `without ${sectionNames[section].no}`),
          ].join(', ')
        : waiting,
    },
    { no: '6', title: 'Sampling', words: samplesWords(draft), isAbsent: draft.samples.length === 0 },
    {
      no: '7',
      title: 'Access reviews',
      words: draft.leftOut.includes('reviews')
        ? 'left out'
        : campaigns
          ? `${formatCounted(campaigns.length, 'review')} in this workspace`
          : waiting,
      isAbsent: campaigns?.length === 0 || draft.leftOut.includes('reviews'),
    },
    {
      no: '8',
      title: 'Leavers',
      words: leavers === null ? 'no list of people who left' : leavers.name,
      isAbsent: leavers === null,
    },
    {
      no: '9',
      title: 'Exceptions',
      words: exceptions ? formatCounted(exceptions.length, 'exception') : waiting,
    },
    {
      no: '10',
      title: 'Control mapping',
      words: chosen && count ? `${chosen.length - (withEvents ?? 0)} controls without events` : waiting,
    },
    {
      no: '11–A',
      title: 'Method, activity, verification',
      words: draft.redact ? 'with pseudonyms' : 'everybody named',
    },
  ];
}

function samplesWords({ samples }: ReturnType<typeof useDraft>): string {
  if (samples.length === 0) return 'none';
  return samples.map(sampleWords).join('; ');
}

function sampleWords(draft: SampleDraft): string {
  if (draft.method === 'judgemental')
    return `${formatCounted(readNamed(draft.chosen).length, 'row')} by judgement`;
  const size = /^\d+$/.test(draft.size.trim()) ? Number(draft.size) : null;
  if (size === null) return 'size to be set';
  const rows = formatCounted(size, 'row');
  return draft.method === 'stratified'
    ? `${rows} ${draft.allocation === 'fixed' ? 'of each' : 'in proportion, by'} ${draft.strata}`
    : `${rows}, ${draft.method}`;
}

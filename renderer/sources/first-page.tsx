// The first page of an API as events, before anything is stored.

import type { SyncPreview } from '#core/sync-model.ts';
import { useShownZone } from '../address/use-address.ts';
import screen from '../controls/screen.module.css';
import { formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';

const mostShown = 8;

export function FirstPage({ page }: { page: SyncPreview }) {
  const zone = useShownZone();
  const { records, preset, preview } = page;
  return (
    <section aria-label="First page" role="status">
      <p>
        {records === 0
          ? 'The API answered, and its first page holds no records.'
          : `${formatCounted(records, 'record')} on the first page, ${preset === null ? 'which no preset knows' : `read by the preset “${preset}”`}. Nothing was stored.`}
      </p>
      {preview && preview.events.length > 0 ? (
        <table className={screen.table}>
          <thead>
            <tr>
              <th>Time</th>
              <th>Actor</th>
              <th>Event</th>
              <th>Target</th>
            </tr>
          </thead>
          <tbody>
            {preview.events.slice(0, mostShown).map((event) => (
              <tr key={event.row}>
                <td className={screen.nowrap}>{formatMinute(event.time, zone)}</td>
                <td>
                  <Recorded text={event.actor ?? ''} />
                </td>
                <td>
                  <Recorded text={event.action} />
                </td>
                <td>
                  <Recorded text={event.targetName ?? event.targetId ?? ''} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {preview && preview.rejected > 0 ? (
        <p>
          {formatCounted(preview.rejected, 'record')} would be rejected, the first because{' '}
          {preview.rejections[0]?.reason}.
        </p>
      ) : null}
    </section>
  );
}

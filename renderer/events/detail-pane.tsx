// One event beside the list: what happened in a sentence, what changed, where it comes from, and the record itself.

import { go } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import styles from './event-detail.module.css';
import { EventDetailView } from './event-detail.tsx';

type Props = { uid: string; takesFocus: boolean; onClose(): void };

export function DetailPane({ uid, takesFocus, onClose }: Props) {
  const detail = useAnswer('events.get', { uid });
  return (
    <SidePane name="Event detail" heading="Event" takesFocus={takesFocus} onClose={onClose}>
      {detail.error ? (
        <Notice kind="failed" live>
          {errorOf(detail.error).message}{' '}
          <Button weight="quiet" onPress={() => void detail.refetch()}>
            Ask again
          </Button>
          <Button weight="quiet" onPress={() => go({ event: null })}>
            Close
          </Button>
        </Notice>
      ) : detail.data ? (
        <EventDetailView key={uid} detail={detail.data} />
      ) : (
        <div className={styles.waiting} role="status" aria-label="Reading the event" />
      )}
    </SidePane>
  );
}

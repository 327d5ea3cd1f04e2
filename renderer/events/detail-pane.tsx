// One event beside the list: what happened in a sentence, what changed, where it comes from, and the record itself.
// It is for reading, so it is never a dialog over the list.

import { useEffect, useRef } from 'react';
import { go } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { Notice } from '../controls/notice.tsx';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import styles from './detail-pane.module.css';
import { EventDetailView } from './event-detail.tsx';
import { usePaneWidth } from './use-pane-width.ts';

type Props = { uid: string; takesFocus: boolean; onClose(): void };

export function DetailPane({ uid, takesFocus, onClose }: Props) {
  const detail = useAnswer('events.get', { uid });
  const heading = useRef<HTMLHeadingElement>(null);
  const width = usePaneWidth();

  useEffect(() => {
    if (takesFocus) heading.current?.focus({ preventScroll: true });
  }, [takesFocus]);

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that is moved has no element of its own */}
      <div
        role="separator"
        aria-label="Width of the event detail"
        aria-orientation="vertical"
        aria-valuenow={width.now}
        aria-valuemin={width.least}
        aria-valuemax={width.most}
        tabIndex={0}
        className={styles.divider}
        onKeyDown={width.onKeyDown}
        onPointerDown={width.onPointerDown}
      />
      <aside className={styles.pane} style={{ width: width.now }} aria-label="Event detail">
        <header className={styles.head}>
          <h2 ref={heading} tabIndex={-1}>
            Event
          </h2>
          <Button weight="quiet" aria-label="Close event detail" onPress={onClose}>
            <Icon name="close" size={12} />
          </Button>
        </header>
        <div className={styles.body}>
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
        </div>
      </aside>
    </>
  );
}

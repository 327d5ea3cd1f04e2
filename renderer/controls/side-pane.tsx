// What stands behind a row, beside the list: for reading, so never a dialog over it.

import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './side-pane.module.css';
import { usePaneWidth } from './use-pane-width.ts';

type Props = {
  name: string;
  /** What stands above it, where that is not its name. */
  heading?: string;
  takesFocus: boolean;
  onClose(): void;
  children: ReactNode;
};

export function SidePane({ name, heading: words = name, takesFocus, onClose, children }: Props) {
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
        aria-label={`Width of: ${name}`}
        aria-orientation="vertical"
        aria-valuenow={width.now}
        aria-valuemin={width.least}
        aria-valuemax={width.most}
        tabIndex={0}
        className={styles.divider}
        onKeyDown={width.onKeyDown}
        onPointerDown={width.onPointerDown}
      />
      <aside className={styles.pane} style={{ width: width.now }} aria-label={name}>
        <header className={styles.head}>
          <h2 ref={heading} tabIndex={-1}>
            {words}
          </h2>
          <Button weight="quiet" aria-label={`Close: ${name}`} onPress={onClose}>
            <Icon name="close" size={12} />
          </Button>
        </header>
        <div className={styles.body}>{children}</div>
      </aside>
    </>
  );
}

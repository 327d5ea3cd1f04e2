// The mapping screen where there is nothing to map.

import type { ReactNode } from 'react';
import { go } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';

/** Says why there is nothing to map, and the way back. */
export function NothingToMap({ children }: { children: ReactNode }) {
  return (
    <div className={screen.scroll}>
      <div className={screen.column}>
        <Notice kind="plain">{children}</Notice>
        <div>
          <Button onPress={() => go({ map: null })}>Back to Sources</Button>
        </div>
      </div>
    </div>
  );
}

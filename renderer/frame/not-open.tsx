// What stands where a screen would while the workspace cannot be opened: which one it is, what happened, that nothing was
// changed, and the ways on. No figures, and nothing that looks as if it were still coming.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { openOther, openSample } from '../engine/workspace.ts';
import { errorOf } from '../words/errors.ts';
import styles from './not-open.module.css';

/** The folder of the workspace that is to be open, as the desktop has it; empty until it is known. */
export function useFolder(isAsked: boolean): string {
  const queryFn = () => window.exhibit.info();
  return useQuery({ queryKey: ['desktop.info'], queryFn, gcTime: 0, enabled: isAsked }).data?.workspace ?? '';
}

/** The last part of a folder's path, as people call a workspace. */
export const nameOfFolder = (folder: string): string => folder.split(/[\\/]/).filter(Boolean).at(-1) ?? '';

/** `message` says what happened and what to do, in whole sentences. */
export function NotOpen({ message }: { message: string }) {
  const folder = useFolder(true);
  const [error, setError] = useState<string | null>(null);
  const attempt = (way: () => Promise<void>) => {
    setError(null);
    way().catch((thrown) => setError(errorOf(thrown).message));
  };
  return (
    <div className={styles.stopped}>
      <div role="alert" className={styles.words}>
        <h2>{folder === '' ? 'This workspace' : `The workspace ${nameOfFolder(folder)}`} cannot be opened</h2>
        <p>{message}</p>
      </div>
      {folder === '' ? null : (
        <p className={styles.folder}>
          Its folder is <span>{folder}</span>
        </p>
      )}
      <div className={styles.ways}>
        <Button weight="primary" onPress={() => attempt(openOther)}>
          Open another workspace…
        </Button>
        <Button onPress={() => attempt(openSample)}>Open the sample workspace</Button>
      </div>
      {error === null ? null : (
        <Notice kind="failed" live>
          {error}
        </Notice>
      )}
    </div>
  );
}

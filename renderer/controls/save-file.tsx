// A button that saves a file into a folder the person chooses, and then says its name and where it is.

import { useState } from 'react';
import { errorOf } from '../words/errors.ts';
import { Button } from './button.tsx';
import styles from './save-file.module.css';

type Props = {
  children: string;
  isDisabled?: boolean;
  weight?: 'plain' | 'quiet';
  /** Writes the file into the granted folder; resolves to its name. */
  save(folder: string): Promise<string>;
};

export function SaveFile({ children, isDisabled = false, weight = 'plain', save }: Props) {
  const [saved, setSaved] = useState<{ file: string; folder: string } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const attempt = (work: () => Promise<void>) => {
    setFailed(null);
    work().catch((thrown) => setFailed(errorOf(thrown).message));
  };
  return (
    <span className={styles.save}>
      <Button
        weight={weight}
        isDisabled={isDisabled}
        onPress={() =>
          attempt(async () => {
            const folder = await window.exhibit.chooseFolder('save');
            if (folder) setSaved({ file: await save(folder.id), folder: folder.id });
          })
        }
      >
        {children}
      </Button>
      <span role="status" className={styles.saved}>
        {saved === null ? '' : `Saved as ${saved.file}.`}
      </span>
      {saved === null ? null : (
        <Button
          weight="quiet"
          aria-label={`Show in folder: ${saved.file}`}
          onPress={() => attempt(() => window.exhibit.showInFolder(saved.folder, saved.file))}
        >
          Show in folder
        </Button>
      )}
      {failed === null ? null : (
        <span role="alert" className={styles.failed}>
          {failed}
        </span>
      )}
    </span>
  );
}

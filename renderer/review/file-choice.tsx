// The button that takes such a file, and says which one counts now.

import { useState } from 'react';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { errorOf } from '../words/errors.ts';
import { spellTokens } from '../words/tokens.ts';
import { chooseFile, dropFile, useFile, type Which } from './chosen-file.ts';
import styles from './file-choice.module.css';

/** `columns` says what has to stand in the file; `way` is the button's word where nothing goes on without one. */
type Props = { which: Which; name: string; columns: string; way?: string };

export function FileChoice({ which, name, columns, way = `${name}: none…` }: Props) {
  const file = useFile(which);
  const [error, setError] = useState<string | null>(null);
  return (
    <span className={styles.choice} title={`A CSV file with the columns ${columns}.`}>
      <Button
        onPress={() => {
          setError(null);
          chooseFile(which).catch((thrown) => setError(errorOf(thrown).message));
        }}
      >
        <Icon name="file" size={14} />
        {file === null ? way : `${name}: ${spellTokens(file.name)}`}
      </Button>
      {file === null ? null : (
        <Button weight="quiet" aria-label={`Without ${file.name}`} onPress={() => dropFile(which)}>
          <Icon name="close" size={12} />
        </Button>
      )}
      {error === null ? null : <span role="alert">{error}</span>}
    </span>
  );
}

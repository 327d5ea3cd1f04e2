// Copies a value exactly as stored, and says for a moment that it did.

import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

export function CopyButton({ name, text }: { name: string; text: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <Button
      weight="quiet"
      aria-label={name}
      onPress={() =>
        void navigator.clipboard.writeText(text).then(
          () => setState('copied'),
          () => setState('refused'),
        )
      }
    >
      <Icon name={state === 'copied' ? 'check' : 'copy'} size={12} />
      <span className="unseen" role="status">
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'The system refused to copy' : ''}
      </span>
    </Button>
  );
}

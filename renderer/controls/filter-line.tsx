// The window's filter as one line of text, for screens without the search box of the events. It is asked when typing
// pauses.

import { useEffect, useRef, useState } from 'react';
import { go, useAddress } from '../address/use-address.ts';
import { TextLine } from './text-line.tsx';

const pause = 350; // ms without typing before the filter is asked

export function FilterLine({ label }: { label: string }) {
  const { filter } = useAddress();
  const [typed, setTyped] = useState(filter);
  const sent = useRef(filter);
  useEffect(() => {
    if (filter === sent.current) return;
    sent.current = filter;
    setTyped(filter);
  }, [filter]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      go({ filter: typed, row: null }, 'replace');
    }, pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return <TextLine label={label} value={typed} onChange={setTyped} maxLength={10_000} />;
}

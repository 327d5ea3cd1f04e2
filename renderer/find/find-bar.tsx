// Finding a text on a screen that has no search of its own. What is found is marked by the browser's highlights, so that
// nothing of the screen is touched.

import { useEffect, useRef, useState } from 'react';
import { useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { formatCount } from '../words/numbers.ts';
import styles from './find.module.css';
import { matchesIn } from './matches.ts';
import { closeFind, useFindAsked } from './open.ts';
import { shownText } from './shown-text.ts';

/** A screen that changes is read again after this time. */
const settled = 150; // ms

export function FindBar() {
  const { screen } = useAddress();
  const asked = useFindAsked();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is another text
  useEffect(closeFind, [screen]);
  return asked === 0 ? null : <Bar asked={asked} />;
}

function Bar({ asked }: { asked: number }) {
  const [needle, setNeedle] = useState('');
  const [at, setAt] = useState(0);
  const found = useFound(needle);
  const box = useRef<HTMLInputElement>(null);
  const before = useRef<Element | null>(null);
  const shown = found.length === 0 ? -1 : at % found.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again goes back into the box
  useEffect(() => {
    if (document.activeElement !== box.current) before.current = document.activeElement;
    box.current?.focus();
    box.current?.select();
  }, [asked]);
  useEffect(() => {
    CSS.highlights.set('found', new Highlight(...found));
    return () => void CSS.highlights.delete('found');
  }, [found]);
  useEffect(() => {
    const range = found[shown];
    if (!range) return;
    const here = new Highlight(range);
    here.priority = 1;
    CSS.highlights.set('found-here', here);
    range.startContainer.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return () => void CSS.highlights.delete('found-here');
  }, [found, shown]);

  const step = (by: 1 | -1) => found.length > 0 && setAt((shown + by + found.length) % found.length);
  const close = () => {
    closeFind();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
  return (
    <search
      className={styles.bar}
      aria-label="Find on this screen"
      onKeyDown={(event) => {
        const isNext = event.key === 'F3' || (event.key === 'Enter' && event.target === box.current);
        if (event.key === 'Escape') close();
        else if (isNext) step(event.shiftKey ? -1 : 1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <input
        ref={box}
        type="search"
        aria-label="Find on this screen"
        placeholder="Find on this screen"
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        value={needle}
        onChange={({ target }) => {
          setNeedle(target.value);
          setAt(0);
        }}
      />
      <output className={styles.count} aria-live="polite">
        {needle.trim() === ''
          ? ''
          : found.length === 0
            ? 'Not on this screen'
            : `${formatCount(shown + 1)} of ${formatCount(found.length)}`}
      </output>
      <Button
        weight="quiet"
        aria-label="Find before"
        isDisabled={found.length === 0}
        onPress={() => step(-1)}
      >
        <Icon name="up" size={12} />
      </Button>
      <Button weight="quiet" aria-label="Find next" isDisabled={found.length === 0} onPress={() => step(1)}>
        <Icon name="down" size={12} />
      </Button>
      <span className={styles.note}>Looks in what is shown; long lists hold more than that.</span>
      <Button weight="quiet" aria-label="Close finding" onPress={close}>
        <Icon name="close" size={10} />
      </Button>
    </search>
  );
}

/** Where the needle stands on the screen, kept up while that changes. */
function useFound(needle: string): readonly Range[] {
  const [found, setFound] = useState<readonly Range[]>([]);
  useEffect(() => {
    const main = document.querySelector('main');
    if (!main || needle.trim() === '') return setFound([]);
    const read = () => setFound(rangesIn(main, needle));
    read();
    let timer: number | undefined;
    const observer = new MutationObserver(() => {
      window.clearTimeout(timer);
      timer = window.setTimeout(read, settled);
    });
    observer.observe(main, { childList: true, characterData: true, subtree: true });
    return () => {
      observer.disconnect();
      window.clearTimeout(timer);
    };
  }, [needle]);
  return found;
}

function rangesIn(main: Element, needle: string): Range[] {
  const { pieces, nodes } = shownText(main);
  return matchesIn(pieces, needle).flatMap(({ from, to }) => {
    const [first, last] = [nodes[from.piece], nodes[to.piece]];
    if (!first || !last) return [];
    const range = new Range();
    range.setStart(first, from.offset);
    range.setEnd(last, to.offset);
    return [range];
  });
}

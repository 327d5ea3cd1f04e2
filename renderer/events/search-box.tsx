// The search box: the filter as text, with what can be written at the caret offered below it, and a mistake in it
// underlined where it stands. What was typed stays as it is, whatever is wrong with it.

import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TextPlace } from '#core/errors.ts';
import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { clearFilter } from '../undo/undo.ts';
import { spellTokens } from '../words/tokens.ts';
import { type Offer, offersAt, takeOffer } from './filter-complete.ts';
import styles from './search-box.module.css';
import { useKnownValues } from './use-known-values.ts';

const pause = 350; // ms without typing before the filter is asked

export type FilterMistake = { message: string; place: TextPlace | null };

export function SearchBox({ mistake }: { mistake: FilterMistake | null }) {
  const { filter } = useAddress();
  const [typed, setTyped] = useState(filter);
  // Where something is offered; null where nothing is to be.
  const [place, setPlace] = useState<{ text: string; caret: number } | null>(null);
  const known = useKnownValues(place);
  const offers = place === null ? [] : offersAt(place.text, place.caret, known);
  const [active, setActive] = useState(-1);
  // The first change of a visit to the box is a step for "back", the rest of the typing belongs to it.
  const stepped = useRef(false);
  const sent = useRef(filter);
  const box = useRef<HTMLInputElement>(null);
  const caretAfter = useRef<number | null>(null);
  // A mistake is one of the text that was asked, not of what is being typed now.
  const wrong = mistake !== null && typed === filter ? mistake : null;

  useEffect(() => {
    if (filter === sent.current) return;
    sent.current = filter;
    setTyped(filter);
    setPlace(null);
  }, [filter]);

  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => send(typed), pause);
    return () => clearTimeout(timer);
  });

  useLayoutEffect(() => {
    if (caretAfter.current === null) return;
    box.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  });

  function send(text: string): void {
    sent.current = text;
    go({ filter: text, event: null }, stepped.current ? 'replace' : 'push');
    stepped.current = true;
  }

  function offer(text: string, caret: number): void {
    setPlace({ text, caret });
    setActive(-1);
  }

  function take(taken: Offer): void {
    const next = takeOffer(typed, box.current?.selectionStart ?? typed.length, taken);
    setTyped(next.text);
    caretAfter.current = next.caret;
    // Behind a key come its values.
    offer(next.text, next.caret);
  }

  function onKeyDown(pressed: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[pressed.key];
    const chosen = offers[active];
    if (step !== undefined && !pressed.altKey && offers.length > 0) {
      // From the last back into the text, and round again.
      const places = offers.length + 1;
      setActive(((active + 1 + step + places) % places) - 1);
    } else if (pressed.key === 'Escape' && offers.length > 0) setPlace(null);
    else if (pressed.key === 'Enter' && chosen) take(chosen);
    else {
      if (pressed.key === 'Enter') {
        setPlace(null);
        if (typed !== sent.current) send(typed);
      }
      return;
    }
    pressed.preventDefault();
  }

  return (
    <>
      <div className={styles.box}>
        <Icon name="search" size={14} />
        <Underline text={typed} place={wrong?.place ?? null} under={box} />
        <input
          ref={box}
          type="text"
          role="combobox"
          aria-label="Filter events"
          aria-autocomplete="list"
          aria-expanded={offers.length > 0}
          aria-controls="filter-offers"
          aria-activedescendant={offers[active] ? `filter-offer-${active}` : undefined}
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : 'filter-error'}
          placeholder="Words, or actor:… target:… ip:…"
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            offer(target.value, target.selectionStart ?? target.value.length);
          }}
          onKeyDown={onKeyDown}
          onFocus={() => {
            stepped.current = false;
          }}
          onBlur={() => setPlace(null)}
        />
        {typed === '' ? null : (
          <button
            type="button"
            className={styles.clear}
            aria-label="Clear filter"
            onClick={() => {
              setTyped('');
              setPlace(null);
              stepped.current = true;
              sent.current = '';
              clearFilter();
              box.current?.focus();
            }}
          >
            <Icon name="close" size={10} />
          </button>
        )}
        <Offers offers={offers} active={active} onTake={take} />
      </div>
      {wrong === null ? null : (
        <div className={styles.error}>
          <p id="filter-error" role="alert">
            <Icon name="warning" size={12} /> {wrong.message}
          </p>
          {wrong.place === null ? null : (
            <Button
              weight="quiet"
              onPress={() => {
                const { at, length } = wrong.place as TextPlace;
                box.current?.focus();
                box.current?.setSelectionRange(at, at + length);
              }}
            >
              Select it
            </Button>
          )}
        </div>
      )}
    </>
  );
}

type OffersProps = { offers: Offer[]; active: number; onTake(offer: Offer): void };

function Offers({ offers, active, onTake }: OffersProps) {
  return (
    <div
      id="filter-offers"
      role="listbox"
      aria-label="What can be written here"
      className={styles.offers}
      hidden={offers.length === 0}
    >
      {offers.map((one, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box takes the keys for its list
        <div
          key={one.insert}
          id={`filter-offer-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          className={styles.offer}
          // The box keeps the focus.
          onMouseDown={(pressed) => pressed.preventDefault()}
          onClick={() => onTake(one)}
        >
          <span className={styles.text}>{spellTokens(one.text)}</span>
          {one.about === '' ? null : <span className={styles.about}>{one.about}</span>}
        </div>
      ))}
    </div>
  );
}

type UnderlineProps = {
  text: string;
  place: TextPlace | null;
  under: React.RefObject<HTMLInputElement | null>;
};

/** The same text behind the box, invisible but for the line under the mistake; it scrolls along with the box. */
function Underline({ text, place, under }: UnderlineProps) {
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = under.current;
    if (place === null || !box) return;
    const follow = () => {
      if (line.current) line.current.scrollLeft = box.scrollLeft;
    };
    follow();
    box.addEventListener('scroll', follow);
    return () => box.removeEventListener('scroll', follow);
  });
  if (place === null) return null;
  const end = place.at + place.length;
  return (
    <div ref={line} className={styles.underline} aria-hidden="true">
      {text.slice(0, place.at)}
      <span>{text.slice(place.at, end)}</span>
      {text.slice(end)}
    </div>
  );
}

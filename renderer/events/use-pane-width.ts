// The width of the detail pane, moved by dragging its edge or by the arrow keys on it, and kept for the next time.

import { type KeyboardEvent, type PointerEvent, useState } from 'react';

const least = 320;
const most = 720;
const usual = 384;
const step = 20;
const kept = 'detail-width';

const clamp = (width: number) => Math.round(Math.min(Math.max(width, least), most));

function start(): number {
  const saved = Number(window.localStorage.getItem(kept));
  if (saved > 0) return clamp(saved);
  return window.innerWidth < 1200 ? 360 : usual;
}

export function usePaneWidth() {
  const [now, setNow] = useState(start);
  const set = (width: number) => {
    setNow(clamp(width));
    window.localStorage.setItem(kept, String(clamp(width)));
  };
  return {
    now,
    least,
    most,
    onKeyDown: (event: KeyboardEvent) => {
      const to = { ArrowLeft: now + step, ArrowRight: now - step, Home: most, End: least }[event.key];
      if (to === undefined || event.altKey) return;
      event.preventDefault();
      set(to);
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const edge = event.currentTarget;
      const from = event.clientX;
      edge.setPointerCapture(event.pointerId);
      const onMove = (moved: globalThis.PointerEvent) => set(now + from - moved.clientX);
      edge.addEventListener('pointermove', onMove);
      edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', onMove), {
        once: true,
      });
    },
  };
}

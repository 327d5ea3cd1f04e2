// The width of the detail pane, moved by dragging its edge, by the arrow keys on it, or by pressing it, which goes from one
// of three widths to the next for hands that do not drag. Kept for the next time.

import { type KeyboardEvent, type PointerEvent, useState } from 'react';

const least = 320;
const most = 720;
const usual = 384;
const step = 20;
const dragFrom = 3; // px a press may shake
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
      let isDragged = false;
      const onMove = (moved: globalThis.PointerEvent) => {
        isDragged ||= Math.abs(moved.clientX - from) >= dragFrom;
        if (isDragged) set(now + from - moved.clientX);
      };
      const onEnd = () => {
        edge.removeEventListener('pointermove', onMove);
        if (!isDragged) set(now < usual ? usual : now < (usual + most) / 2 ? most : least);
      };
      edge.addEventListener('pointermove', onMove);
      edge.addEventListener('lostpointercapture', onEnd, { once: true });
    },
  };
}

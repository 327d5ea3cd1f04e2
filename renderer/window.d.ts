// What the preload script puts on the window.

import type { DesktopApi } from '#preload/desktop-api.ts';

declare global {
  interface Window {
    readonly exhibit: DesktopApi;
  }
}

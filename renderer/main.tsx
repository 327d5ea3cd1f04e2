// The page's beginning: look, language, the engine's questions, the frame.

import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/400.css';
import './theme.css';
import './appearance/appearance.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { restorePlace } from './address/last-place.ts';
import { startAppearance } from './appearance/appearance.ts';
import { mendLiveRegion } from './controls/live-region.ts';
import { queries } from './engine/engine.ts';
import { Frame } from './frame/frame.tsx';
import { keepFocus } from './frame/keep-focus.ts';

mendLiveRegion();
keepFocus();
startAppearance();
// Not for long: the place is on this computer. Where it cannot be had the window opens at its start.
await restorePlace().catch(() => undefined);
const place = document.getElementById('window');
if (!place) throw new Error('index.html has no element for the window.');
createRoot(place).render(
  <StrictMode>
    {/* English of Canada writes dates year first, as every time in the window is written. */}
    <I18nProvider locale="en-CA">
      <QueryClientProvider client={queries}>
        <Frame />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);

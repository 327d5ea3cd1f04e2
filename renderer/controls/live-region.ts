// React Aria tells screen readers of changes through two hidden logs, and empties them by `innerHTML = ''`. The page
// allows no text to become markup, not even the empty one, so those two elements are emptied another way.

/** Call once, before anything is shown. The logs are made when they are first needed. */
export function mendLiveRegion(): void {
  const observer = new MutationObserver(() => {
    const region = document.querySelector('[data-live-announcer]');
    if (!region) return;
    observer.disconnect();
    for (const log of region.children) {
      Object.defineProperty(log, 'innerHTML', { set: () => log.replaceChildren() });
    }
  });
  observer.observe(document.body, { childList: true });
}

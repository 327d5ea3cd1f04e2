// Finding on a screen: the focus goes to the box that searches what the screen shows.

/** Focuses the screen's search where it has one, else nothing happens. */
export function focusSearch(): void {
  const main = document.querySelector('main');
  const box = main?.querySelector<HTMLInputElement>(
    'input[role="combobox"], search input, input[type="search"]',
  );
  if (!box) return;
  box.focus();
  box.select();
}

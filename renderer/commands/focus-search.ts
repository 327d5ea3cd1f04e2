// Finding on a screen: the focus goes to the box that searches what the screen shows.

/** Focuses the screen's search; false where it has none. */
export function focusSearch(): boolean {
  const main = document.querySelector('main');
  const box = main?.querySelector<HTMLInputElement>(
    'input[role="combobox"], search input, input[type="search"]',
  );
  if (!box) return false;
  box.focus();
  box.select();
  return true;
}

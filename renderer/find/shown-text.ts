// The text that a screen shows, as pieces: every visible text node, with a null where another block begins.

/** Reads it from below `root`. What is folded away or hidden is left out. */
export function shownText(root: Element): { pieces: (string | null)[]; nodes: (Text | null)[] } {
  const pieces: (string | null)[] = [];
  const nodes: (Text | null)[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let block: Element | null = null;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const parent = node.parentElement;
    if (!parent || node.data === '' || parent.closest('.unseen, svg')) continue;
    if (!parent.checkVisibility({ visibilityProperty: true })) continue;
    const own = blockOf(parent, root);
    if (own !== block) {
      pieces.push(null);
      nodes.push(null);
      block = own;
    }
    pieces.push(node.data);
    nodes.push(node);
  }
  return { pieces, nodes };
}

/** The nearest element around it that does not flow within a line. */
function blockOf(element: Element, root: Element): Element {
  let one = element;
  while (one !== root && one.parentElement && getComputedStyle(one).display === 'inline')
    one = one.parentElement;
  return one;
}

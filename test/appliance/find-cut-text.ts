import type { Page } from 'playwright-core';

/**
 * Words on the page, or on the dialog that is open, that end at an edge: of the screen, or of a part that hides what
 * does not fit. A line for each; empty when all can be read. What ends in an ellipsis says so and is left out, as is
 * what can be scrolled to.
 */
export function findCutText(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = document.documentElement;
    // A screen that has just become another size is laid out within a few frames.
    for (let frames = 0; frames < 2 || (frames < 60 && root.scrollWidth > root.clientWidth); frames += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
    const words = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    const cut = new Set<string>();
    const range = document.createRange();
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      const parent = node.parentElement;
      const said = node.textContent?.trim() ?? '';
      if (
        !parent ||
        said === '' ||
        !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      )
        continue;
      if (parent.closest('.unseen, select, option, script, style')) continue;
      range.selectNodeContents(node);
      const { left, right, width } = range.getBoundingClientRect();
      if (width === 0) continue;
      let edge = { left: 0, right: root.clientWidth };
      for (let part: Element | null = parent; part; part = part.parentElement) {
        const { overflowX, textOverflow, position, clipPath } = getComputedStyle(part);
        if (
          textOverflow === 'ellipsis' ||
          clipPath !== 'none' ||
          overflowX === 'auto' ||
          overflowX === 'scroll'
        ) {
          edge = { left: -Infinity, right: Infinity };
          break;
        }
        if (overflowX === 'hidden' || overflowX === 'clip') {
          const box = part.getBoundingClientRect();
          edge = { left: Math.max(edge.left, box.left), right: Math.min(edge.right, box.right) };
        }
        if (position === 'fixed' || part === top) break;
      }
      if (left < edge.left - 1 || right > edge.right + 1)
        cut.add(`“${said.slice(0, 60)}” in ${parent.tagName.toLowerCase()}.${parent.className}`);
    }
    const wide = root.scrollWidth - root.clientWidth;
    if (wide > 0) {
      const parts = [...document.querySelectorAll('*')].map((part) => ({
        part,
        right: part.getBoundingClientRect().right,
      }));
      const { part } = parts.reduce((widest, one) => (one.right > widest.right ? one : widest));
      cut.add(
        `the page is ${wide} px wider than the screen, as is ${part.tagName.toLowerCase()}.${part.className}`,
      );
    }
    return [...cut];
  });
}

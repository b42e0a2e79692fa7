/** Finds what a page shows badly: what goes beyond its place, texts that cover each other, and charts without a table. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/**
 * Faults of the page as it stands, each in a few words; none if all is well. What lies in a part that can be scrolled
 * by itself may be wider than that part.
 */
export function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(audit);
}

/** Runs in the page. Boxes may touch each other, and their lines are taller than their letters. */
const audit = `(() => {
  const slack = 1;
  const faults = [];
  const named = (node) => (node.textContent ?? '').trim().slice(0, 40) || node.tagName;
  const isShown = (box) => box.width > 0 && box.height > 0;
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push('the page is wider than the window by ' + wide);
  for (const node of document.querySelectorAll('#page *:not(svg *)')) {
    const box = node.getBoundingClientRect();
    const isInScroll = node.closest('.scroll, pre') !== null;
    if (isShown(box) && !isInScroll && box.right > innerWidth + slack) faults.push('goes beyond the window: ' + named(node));
    const style = getComputedStyle(node);
    const cuts = style.overflowX !== 'visible' && !['auto', 'scroll'].includes(style.overflowX);
    if (cuts && !['SELECT', 'OPTION'].includes(node.tagName) && node.scrollWidth > node.clientWidth + slack) faults.push('is cut off: ' + named(node));
  }
  for (const chart of document.querySelectorAll('figure > svg')) {
    const frame = chart.closest('figure').getBoundingClientRect();
    const title = named(chart.closest('figure').querySelector('figcaption'));
    const texts = [...chart.querySelectorAll('text')].filter((text) => text.textContent !== '');
    const boxes = texts.map((text) => text.getBoundingClientRect());
    boxes.forEach((box, at) => {
      if (box.left < frame.left - slack || box.right > frame.right + slack) faults.push(title + ': cut off: ' + named(texts[at]));
      for (let other = 0; other < at; other += 1) {
        const [x, y] = ['left', 'top'].map((side) => {
          const far = side === 'left' ? 'right' : 'bottom';
          return Math.min(box[far], boxes[other][far]) - Math.max(box[side], boxes[other][side]);
        });
        if (x > slack && y > 4) faults.push(title + ': ' + named(texts[at]) + ' covers ' + named(texts[other]));
      }
    });
    if (chart.closest('figure').querySelectorAll('tbody tr').length === 0) faults.push(title + ': no table');
    if (chart.querySelectorAll('path, rect, circle, line').length === 0) faults.push(title + ': an empty chart');
  }
  const marks = [...document.querySelectorAll('.canvas .mark')].filter((mark) => mark.querySelector('text') !== null);
  const places = marks.map((mark) => mark.querySelector('circle').getBoundingClientRect());
  places.forEach((box, at) => {
    for (let other = 0; other < at; other += 1) {
      const apart = Math.hypot(box.left - places[other].left, box.top - places[other].top);
      if (apart < box.width * 0.8) faults.push('version ' + named(marks[at]) + ' covers ' + named(marks[other]));
    }
  });
  const overtaking = document.querySelector('.overtaking');
  if (overtaking !== null) {
    const box = overtaking.getBoundingClientRect();
    const frame = overtaking.closest('svg').getBoundingClientRect();
    if (box.left < frame.left || box.right > frame.right) faults.push('is cut off: ' + named(overtaking));
    places.forEach((place, at) => {
      const [x, y] = [Math.min(box.right, place.right) - Math.max(box.left, place.left), Math.min(box.bottom, place.bottom) - Math.max(box.top, place.top)];
      if (x > 2 && y > 4) faults.push(named(overtaking) + ' covers version ' + named(marks[at]));
    });
  }
  return faults;
})()`;

/** What axe-core has to say against the page, an element each. */
export async function barriersOf(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const violations: { id: string; nodes: { html: string }[] }[] = await page.evaluate(
    'axe.run().then((found) => found.violations)',
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

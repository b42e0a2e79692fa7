/** The sign of an outcome, with its word for those who do not see it. */
import type { PageOutcome } from '../src/report/page/page-data.js';
import { element } from './dom.js';

const signs: Readonly<Record<PageOutcome, string>> = { ordered: '✓', violated: '✗', inconclusive: '?' };

export function sign(outcome: PageOutcome): HTMLElement {
  return element('span', { class: `sign ${outcome}`, role: 'img', 'aria-label': outcome }, signs[outcome]);
}

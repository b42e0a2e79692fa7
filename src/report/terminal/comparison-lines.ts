/** Lays out a comparison: its table with notes, what each candidate promises and costs, and the recommendation. */
import type { ComparisonView } from '../view/comparison/comparison-view.js';
import type { RecommendationView } from '../view/comparison/recommendation-view.js';
import { drawCandidates } from './candidate-layout.js';
import { wrapText } from './line-wrapping.js';
import { renderNotes } from './note-lines.js';
import { drawPromises } from './promise-layout.js';
import { renderFindings, renderSection, widestProse } from './section-lines.js';
import type { Screen } from './theme.js';

export function renderComparison({ table, notes }: ComparisonView, screen: Screen): string[] {
  return [...drawCandidates(table, screen, { details: true }), '', ...renderNotes(notes, proseOn(screen))];
}

/** The table of promises, then the costs of each strategy. */
export function renderClaims({ promises, promiseNote, costs }: ComparisonView, screen: Screen): string[] {
  const { theme } = screen;
  const prose = proseOn(screen);
  return [
    ...drawPromises(promises, screen),
    '',
    ...wrapText(theme.tones.aside(theme.text(promiseNote)), prose.width, '', 2),
    '',
    ...renderSection(costs, { ...prose, widestName: 20, namePaint: theme.strong }),
  ];
}

export function renderRecommendation({ title, headline, parts }: RecommendationView, screen: Screen): string[] {
  const { theme } = screen;
  const prose = proseOn(screen);
  const lines = wrapText(theme.text(headline), prose.width, '  ');
  return [
    theme.strong(title),
    ...(parts.length === 0 ? lines : lines.map((line) => theme.strong(line))),
    ...renderFindings(parts, { ...prose, widestName: 20, namePaint: theme.tones.aside }),
  ];
}

function proseOn(screen: Screen): Screen {
  return { ...screen, width: Math.min(screen.width, widestProse) };
}

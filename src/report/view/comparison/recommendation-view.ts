/**
 * Makes the view of the recommendation: the headline, the reason in one sentence, then its parts as details, each under a
 * title such as `Why`.
 */
import type { AdviceKind, Recommendation } from '../../../domain/report/comparison.js';
import type { Finding } from '../model/finding.js';

export interface RecommendationView {
  readonly title: string;
  /** Which candidate to take, or that there is none to recommend. */
  readonly headline: string;
  /** Why, what it costs and what it does not survive, in one sentence; null: nothing is recommended, or it is not known. */
  readonly because: string | null;
  /** The details. Empty if nothing is recommended, or if the report is older than 2.0. */
  readonly parts: readonly Finding[];
}

const titles: Readonly<Record<AdviceKind, string>> = {
  why: 'Why',
  worth: 'Evidence',
  probe: 'Failures',
  cost: 'Cost',
  promise: 'Promise',
  instead: 'Instead',
  besides: 'Besides',
  'not-a-fix': 'No fix',
  measured: 'Load',
};

export function recommendationView({ text, headline, because, parts }: Recommendation): RecommendationView {
  return {
    title: 'Recommendation',
    headline: parts.length === 0 ? text : headline,
    because,
    parts: parts.map((part) => ({ status: null, title: titles[part.kind], text: part.text })),
  };
}

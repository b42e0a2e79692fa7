/** Makes the view of the recommendation: the headline, then its parts, each under a title such as `Why`. */
import type { AdviceKind, Recommendation } from '../../../domain/report/comparison.js';
import type { Finding } from '../model/finding.js';

export interface RecommendationView {
  readonly title: string;
  /** Which candidate to take, or that there is none to recommend. */
  readonly headline: string;
  /** Empty if nothing is recommended, or if the report is older than 2.0. */
  readonly parts: readonly Finding[];
}

const titles: Readonly<Record<AdviceKind, string>> = {
  why: 'Why',
  worth: 'Evidence',
  cost: 'Cost',
  promise: 'Promise',
  instead: 'Instead',
  besides: 'Besides',
  'not-a-fix': 'No fix',
  measured: 'Load',
};

export function recommendationView({ text, headline, parts }: Recommendation): RecommendationView {
  return {
    title: 'Recommendation',
    headline: parts.length === 0 ? text : headline,
    parts: parts.map((part) => ({ status: null, title: titles[part.kind], text: part.text })),
  };
}

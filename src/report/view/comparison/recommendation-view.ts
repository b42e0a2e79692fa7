/** Says which candidate to take: in a sentence, then why and when not, each part beside what it speaks of. */
import type { AdviceKind, Recommendation } from '../../../domain/report/comparison.js';
import type { Finding } from '../model/finding.js';

export interface RecommendationView {
  readonly title: string;
  /** Which candidate to take, or that there is none to recommend. */
  readonly headline: string;
  /** None where nothing is recommended, and of a report older than 2.0. */
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

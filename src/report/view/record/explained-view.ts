/** The view of what the first lines of a record would become. */
import type { ExplainedMap } from '../../../domain/record/explained-map.js';
import { explainedTitle, lineEntries, lineTitle, missingTexts } from '../../words/record/explained-text.js';
import type { Section } from '../model/finding.js';

export interface ExplainedView {
  readonly title: string;
  /** One a line. */
  readonly sections: readonly Section[];
  /** What no line has, and a map that may fit. */
  readonly missing: readonly string[];
}

export function explainedView(explained: ExplainedMap): ExplainedView {
  return {
    title: explainedTitle(explained),
    sections: explained.lines.map((line) => ({
      title: lineTitle(line),
      findings: lineEntries(line).map((entry) => ({ status: null, ...entry })),
    })),
    missing: missingTexts(explained),
  };
}

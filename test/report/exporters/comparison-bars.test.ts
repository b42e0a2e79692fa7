/** The small picture of a comparison in a job summary. */
import { describe, expect, it } from 'vitest';
import { comparisonBars } from '../../../src/report/exporters/comparison-bars.js';
import { render } from '../../../src/report/exporters/markdown.js';
import { goldenCases } from '../../golden/cases.js';

const { report } = goldenCases.find(({ name }) => name === 'compared')!;
const comparison = report.comparison!;
const [first] = comparison.candidates;

const barsOf = (...speeds: readonly (number | null)[]): number[] =>
  comparisonBars({
    ...comparison,
    candidates: speeds.map((handledPerSecond) => ({ ...first!, handledPerSecond })),
  }).map((line) => (line.match(/█/g) ?? []).length);

describe('the bars of a comparison', () => {
  it('are as long as the shares of the fastest, and no speed above zero is without one', () => {
    expect(barsOf(100, 50, 25, 0.001)).toEqual([24, 12, 6, 1]);
  });

  it('are missing where nothing was measured', () => {
    expect(barsOf(null, 0, 10)).toEqual([0, 0, 24]);
    expect(barsOf(null)).toEqual([0]);
  });

  it('stand beside the sign, the name and the violations of each candidate, in columns', () => {
    const lines = comparisonBars(comparison);
    expect(lines).toHaveLength(comparison.candidates.length);
    comparison.candidates.forEach(({ name, violations, notRun }, at) => {
      expect(lines[at]).toContain(name.slice(0, 39));
      expect(lines[at]).toMatch(
        notRun === null ? new RegExp(`${violations.toLocaleString('en-US')} violation`) : /not run$/,
      );
    });
    expect(new Set(lines.map((line) => line.search(/[\d–]\/s /))).size).toBe(1);
  });

  it('are part of the job summary', () => {
    expect(render([{ report, gate: null }])).toContain(`\`\`\`text\n${comparisonBars(comparison).join('\n')}\n\`\`\``);
  });
});

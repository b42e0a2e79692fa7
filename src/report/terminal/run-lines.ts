/**
 * Lays out what is told of single runs: what happened to each while it went on, and its worst aggregates. Of many there
 * are a few, and how many more the report has.
 */
import { formatCount, plural } from '../../text/numbers.js';
import type { Section } from '../view/model/finding.js';
import { shortened, wrapText } from './line-wrapping.js';
import { renderFindings, renderSection } from './section-lines.js';
import type { Screen } from './theme.js';

const eventsMax = 8;
const sectionsMax = 3;

/** One block of lines a run. */
export function renderTimelines(timelines: readonly Section[], screen: Screen): string[][] {
  return timelines.map((timeline) => {
    const { findings } = timeline;
    const left = findings.length - eventsMax;
    return [
      ...renderSection({ ...timeline, findings: findings.slice(0, eventsMax) }, { ...screen, widestName: 12 }),
      ...(left > 0 ? [screen.theme.tones.aside(`  ${formatCount(left)} more in the report`)] : []),
    ];
  });
}

/** One block of lines a run, and one that says of how many more the report tells. */
export function renderWorstAggregates(sections: readonly Section[], screen: Screen): string[][] {
  const aggregatesMax = sections.length === 1 ? 5 : 3;
  const left = sections.length - sectionsMax;
  const rest = `The aggregates of ${plural(left, 'more row')} are in the report.`;
  return [
    ...sections.slice(0, sectionsMax).map((section) => renderAggregates(section, aggregatesMax, screen)),
    ...(left > 0 ? [wrapText(rest, screen.width)] : []),
  ];
}

function renderAggregates({ title, aside = '', findings }: Section, most: number, screen: Screen): string[] {
  const { width, theme } = screen;
  const beside = `  ${aside}`;
  const fitting = shortened(theme.text(title), width - beside.length, theme.ellipsis);
  return [
    `${theme.strong(fitting)}${theme.tones.aside(beside)}`,
    ...renderFindings(findings.slice(0, most), { ...screen, widestName: 24 }),
  ];
}

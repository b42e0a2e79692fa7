/**
 * Lays out the details of single runs: their timelines and their worst aggregates. Long lists are cut, with a line that
 * says how many more the report has.
 */
import { formatCount, plural } from '../../text/numbers.js';
import type { Section } from '../view/model/finding.js';
import { shortened, wrapText } from './line-wrapping.js';
import { renderFindings, renderSection } from './section-lines.js';
import type { Screen } from './theme.js';

const eventsMax = 8;
const sectionsMax = 3;

/** @returns one block of lines for each timeline */
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

/** @returns one block of lines for each of the first sections, and one that says how many more there are */
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
  const hasRoom = beside.length <= width / 2;
  const fitting = shortened(theme.text(title), hasRoom ? width - beside.length : width, theme.ellipsis);
  return [
    `${theme.strong(fitting)}${hasRoom ? theme.tones.aside(beside) : ''}`,
    ...(hasRoom ? [] : wrapText(aside, width, '  ').map((line) => theme.tones.aside(line))),
    ...renderFindings(findings.slice(0, most), { ...screen, widestName: 24 }),
  ];
}

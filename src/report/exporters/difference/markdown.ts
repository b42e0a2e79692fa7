/** Renders what differs between two reports as GitHub's Markdown, for a job summary or a comment on a pull request. */
import type { ReportDifference } from '../../../domain/report/report-difference.js';
import { differenceView } from '../../view/difference-view.js';
import type { Section } from '../../view/model/finding.js';
import { escaped, finding, tableOf } from '../markdown-text.js';

export function renderDifference(difference: ReportDifference): string {
  const { tool, title, sides, beforehand, cautions, summary, table, notes, rows, others } = differenceView(difference);
  const list = (items: readonly string[]): string[] => (items.length === 0 ? [] : [items.join('\n')]);
  const section = ({ title: name, findings }: Section): string[] => [
    `### ${escaped(name)}`,
    ...list(findings.map(finding)),
  ];
  const blocks = [
    `## ${escaped(`${tool}: ${title}`)}`,
    ...list(sides.map(finding)),
    ...(beforehand === null ? [] : section(beforehand)),
    ...cautions.map((text) => `**${escaped(text)}**`),
    `**${escaped(summary)}**`,
    ...(table === null ? [] : [tableOf(table)]),
    ...(notes.length === 0 ? [] : [notes.map(escaped).join(' ')]),
    ...rows.flatMap(section),
    ...list(others.map(finding)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

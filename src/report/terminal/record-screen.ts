/** Renders a checked record for a terminal: what it has, the verdict, the counts, the worst aggregates, what is missing. */
import type { RecordReport } from '../../domain/record/record-report.js';
import { withoutCommands } from '../../text/printable.js';
import type { Section } from '../view/model/finding.js';
import { recordView } from '../view/record/record-view.js';
import { wrapText } from './line-wrapping.js';
import { renderFindings } from './section-lines.js';
import { drawTable } from './table-layout.js';
import { apart } from './table-layout.js';
import type { TerminalOptions } from './terminal.js';
import { createTheme, type Screen } from './theme.js';
import { renderVerdict } from './verdict-lines.js';

const narrowest = 40;
const worstShown = 5;

export function renderRecord(
  report: RecordReport,
  {
    width: asked,
    color,
    ascii = false,
    details = false,
  }: Pick<TerminalOptions, 'width' | 'color' | 'ascii' | 'details'>,
): string {
  const screen: Screen = { width: Math.max(narrowest, asked), theme: createTheme({ color, ascii }) };
  const { theme, width } = screen;
  const view = recordView(report);
  const layout = { longest: () => Infinity, nameLines: (name: string) => [name], leastGap: 1 };
  const blocks = [
    [
      ...wrapText(
        theme.text(`on ${view.what}`),
        width,
        `${theme.strong(theme.text(`${view.tool} ${view.version}`))} `,
        2,
      ),
      ...wrapText(theme.text(view.has), width),
    ],
    renderVerdict(view.verdict, screen),
    [
      ...drawTable(
        view.counts,
        [
          { ...layout, places: apart(view.counts.columns.map(({ id }) => id)) },
          { ...layout, places: apart(view.counts.columns.map(({ id }) => id)), hidesZeros: true },
        ],
        screen,
      ),
      ...view.notes.flatMap((note) => wrapText(theme.text(note), width).map((line) => theme.tones.aside(line))),
    ],
    section(view.badLines, Infinity, screen),
    section(view.witnesses, Infinity, screen),
    section(view.worst, details ? Infinity : worstShown, screen),
    section(view.further, Infinity, screen),
  ];
  const shown = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return withoutCommands(`${shown.join('\n\n')}\n`);
}

function section(found: Section | null, most: number, screen: Screen): string[] {
  if (found === null) return [];
  const { theme } = screen;
  const left = found.findings.length - most;
  const aside = found.aside === undefined || found.aside === '' ? '' : theme.tones.aside(`  ${found.aside}`);
  return [
    `${theme.strong(theme.text(found.title))}${aside}`,
    ...renderFindings(found.findings.slice(0, most), { ...screen, widestName: 24 }),
    ...(left > 0 ? [theme.tones.aside(`  ${left} more with --details`)] : []),
  ];
}

/** Renders what differs between two reports for a terminal. */
import type { ReportDifference } from '../../domain/report/report-difference.js';
import { withoutCommands } from '../../text/printable.js';
import { differenceView, type DifferenceColumn } from '../view/difference-view.js';
import { wrapText } from './line-wrapping.js';
import { breakName } from './name-lines.js';
import { renderCautions, renderNotes } from './note-lines.js';
import { renderFindings, renderSection } from './section-lines.js';
import { apart, drawTable } from './table-layout.js';
import type { TerminalOptions } from './terminal.js';
import { createTheme, type Screen } from './theme.js';

const narrowest = 40;
const widestName = 20;

export function renderDifference(
  difference: ReportDifference,
  { look }: { readonly look: Pick<TerminalOptions, 'width' | 'color' | 'ascii'> },
): string {
  const { color, ascii = false } = look;
  const screen: Screen = { width: Math.max(narrowest, look.width), theme: createTheme({ color, ascii }) };
  const { theme, width } = screen;
  const view = differenceView(difference);
  const blocks = [
    [`${theme.strong(view.tool)} ${view.title}`, ...renderFindings(view.sides, { ...screen, widestName })],
    [
      ...(view.beforehand === null ? [] : renderSection(view.beforehand, { ...screen, widestName })),
      ...renderCautions(view.cautions, screen),
    ],
    wrapText(theme.text(view.summary), width).map((line) => theme.strong(line)),
    [
      ...(view.table === null
        ? []
        : drawTable(
            view.table,
            layouts(
              view.table.columns.map(({ id }) => id),
              screen,
            ),
            screen,
          )),
      ...renderNotes(
        view.notes.map((text) => ({ text })),
        screen,
      ),
    ],
    ...view.rows.map((section) => renderSection(section, { ...screen, widestName })),
    view.others.length === 0 ? [] : renderFindings(view.others, { ...screen, widestName: 24 }),
  ];
  const shown = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return withoutCommands(`${shown.join('\n\n')}\n`);
}

/** The widths of names, and the columns that a narrower screen does without. */
const steps: readonly {
  readonly name: number;
  readonly longest: number;
  readonly without: readonly DifferenceColumn[];
}[] = [
  { name: 40, longest: Infinity, without: [] },
  { name: 20, longest: Infinity, without: [] },
  { name: 20, longest: 16, without: ['p99'] },
  { name: 14, longest: 14, without: ['p99', 'handledPerSecond'] },
  { name: 12, longest: 5, without: ['p99', 'handledPerSecond'] },
  { name: 12, longest: 0, without: ['p99', 'handledPerSecond', 'violations'] },
];

function layouts(
  ids: readonly DifferenceColumn[],
  { theme }: Screen,
): Parameters<typeof drawTable<DifferenceColumn>>[1] {
  return steps.map(({ name, longest, without }) => ({
    places: apart(ids.filter((id) => !without.includes(id))),
    longest: (id: DifferenceColumn) => (id === 'row' ? Infinity : longest),
    nameLines: (text: string) => breakName(text, name, theme.ellipsis),
    titles: longest === Infinity ? 'full' : 'short',
    leastGap: 1,
  }));
}

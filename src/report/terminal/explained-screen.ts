/** Renders for a terminal what the first lines of a record would become. */
import type { ExplainedMap } from '../../domain/record/explained-map.js';
import { withoutCommands } from '../../text/printable.js';
import { explainedView } from '../view/record/explained-view.js';
import { wrapText } from './line-wrapping.js';
import { renderSection } from './section-lines.js';
import type { TerminalOptions } from './terminal.js';
import { createTheme, type Screen } from './theme.js';

const narrowest = 40;

export function renderExplained(
  explained: ExplainedMap,
  { width, color, ascii = false }: Pick<TerminalOptions, 'width' | 'color' | 'ascii'>,
): string {
  const screen: Screen = { width: Math.max(narrowest, width), theme: createTheme({ color, ascii }) };
  const { title, sections, missing } = explainedView(explained);
  const blocks = [
    wrapText(screen.theme.text(title), screen.width),
    ...sections.map((section) => renderSection(section, { ...screen, widestName: 24 })),
    missing.flatMap((text) => wrapText(screen.theme.text(text), screen.width)),
  ];
  const shown = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return withoutCommands(`${shown.join('\n\n')}\n`);
}

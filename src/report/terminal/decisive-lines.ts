/** Lays out the commands that would decide inconclusive rows. Every line but the title is valid input for a shell. */
import type { CommandsView } from '../view/commands-view.js';
import { wrapCommand } from './command-lines.js';
import { wrapText } from './line-wrapping.js';
import type { Screen } from './theme.js';

const commandsMax = 3;

export function renderDecisive({ title, commands }: CommandsView, { width, theme }: Screen): string[] {
  if (commands.length === 0) return [];
  return [
    theme.strong(title),
    ...commands
      .slice(0, commandsMax)
      .flatMap(({ about, command }) => [
        ...commentLines(theme.text(about), width).map((line) => theme.tones.aside(line)),
        ...wrapCommand(theme.text(command), width, '  '),
      ]),
  ];
}

function commentLines(text: string, width: number): string[] {
  const mark = '  # ';
  return wrapText(text, width - mark.length).map((line) => mark + line);
}

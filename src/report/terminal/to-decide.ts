/** What a person can run where rows could not tell: one command for each kind of row that is inconclusive. */
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { decisiveCommandOf } from '../words/decisive.js';
import { groupRows } from '../repeats/row-order.js';
import { wrapCommand } from './command-lines.js';
import { wrapText } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import type { Theme } from './theme.js';

const commandsShown = 3;

export interface ToDecide {
  readonly row: RunRow;
  readonly command: string;
}

/** The first inconclusive repeat of each row that has a command; no command twice. */
export function commandsToDecide(report: RunReport): ToDecide[] {
  const found = groupRows(report.runs).flatMap(({ rows }): ToDecide[] => {
    const row = rows.find(({ outcome }) => outcome === 'inconclusive');
    const command = row === undefined ? null : decisiveCommandOf(row, report);
    return row === undefined || command === null ? [] : [{ row, command }];
  });
  return found.filter(({ command }, at) => found.findIndex((one) => one.command === command) === at);
}

/** Where nothing guarantees the order of a row, no more of the same decides; the command changes what it is. */
function whatChanges({ reasons }: RunRow): string {
  const lacks = reasons.some((reason) => reason.kind === 'latent' && reason.of !== 'near-timeout');
  return lacks ? ', changed so that its order is guaranteed' : '';
}

/** Every line of it is one for a shell. */
function comment(text: string, width: number): string[] {
  const mark = '  # ';
  return wrapText(text, width - mark.length).map((line) => mark + line);
}

export function renderToDecide(
  report: RunReport,
  { width, theme, label }: { readonly width: number; readonly theme: Theme; readonly label: (row: RunRow) => string },
): string[] {
  const commands = commandsToDecide(report);
  if (commands.length === 0) return [];
  return [
    theme.strong('What would decide'),
    ...commands
      .slice(0, commandsShown)
      .flatMap(({ row, command }) => [
        ...comment(theme.text(`${printable(label(row))}${whatChanges(row)}`), width).map((line) => theme.faint(line)),
        ...wrapCommand(printable(command), width, '  '),
      ]),
  ];
}

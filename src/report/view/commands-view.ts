/** Collects the commands that would decide inconclusive rows: at most one for each row, without duplicates. */
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import type { RowGroup } from '../repeats/row-order.js';
import { decisiveCommandOf } from '../words/decisive-command.js';
import type { RowNaming } from './row-naming.js';

export interface CommandsView {
  readonly title: string;
  readonly commands: readonly CommandView[];
}

export interface CommandView {
  /** The row that the command decides, and whether the command changes its settings. */
  readonly about: string;
  readonly command: string;
}

/** The command for the first inconclusive repeat of each row, if there is one; no command twice. */
export function decisiveCommands(report: RunReport, groups: readonly RowGroup[], { label }: RowNaming): CommandsView {
  const found = groups.flatMap(({ rows }): CommandView[] => {
    const row = rows.find(({ outcome }) => outcome === 'inconclusive');
    const command = row === undefined ? null : decisiveCommandOf(row, report);
    return row === undefined || command === null ? [] : [{ about: `${label(row)}${whatChanges(row)}`, command }];
  });
  const commands = found.filter(({ command }, at) => found.findIndex((one) => one.command === command) === at);
  return { title: 'What would decide', commands };
}

/** A row whose order nothing guarantees is not decided by more runs, so its command changes the settings of the row. */
function whatChanges({ reasons }: RunRow): string {
  const lacks = reasons.some((reason) => reason.kind === 'latent' && reason.of !== 'near-timeout');
  return lacks ? ', changed so that its order is guaranteed' : '';
}

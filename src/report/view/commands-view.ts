/** Collects what a person can run where rows could not tell: one command for each kind of row that is inconclusive. */
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import type { RowGroup } from '../repeats/row-order.js';
import { decisiveCommandOf } from '../words/decisive-command.js';
import type { RowNaming } from './row-naming.js';

export interface CommandsView {
  readonly title: string;
  readonly commands: readonly CommandView[];
}

export interface CommandView {
  /** The row that the command decides, and what it changes about it. */
  readonly about: string;
  readonly command: string;
}

/** Of the first inconclusive repeat of each row that has a command; no command twice. */
export function decisiveCommands(report: RunReport, groups: readonly RowGroup[], { label }: RowNaming): CommandsView {
  const found = groups.flatMap(({ rows }): CommandView[] => {
    const row = rows.find(({ outcome }) => outcome === 'inconclusive');
    const command = row === undefined ? null : decisiveCommandOf(row, report);
    return row === undefined || command === null ? [] : [{ about: `${label(row)}${whatChanges(row)}`, command }];
  });
  const commands = found.filter(({ command }, at) => found.findIndex((one) => one.command === command) === at);
  return { title: 'What would decide', commands };
}

/** Where nothing guarantees the order of a row, no more of the same decides; the command changes what it is. */
function whatChanges({ reasons }: RunRow): string {
  const lacks = reasons.some((reason) => reason.kind === 'latent' && reason.of !== 'near-timeout');
  return lacks ? ', changed so that its order is guaranteed' : '';
}

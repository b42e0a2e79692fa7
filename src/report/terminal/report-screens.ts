/** Renders reports for a terminal, one below the other: the format `terminal` of the command `report`. */
import type { JudgedReport } from '../../domain/report/gate.js';
import { renderTerminal, type TerminalOptions } from './terminal.js';

/** @param asked how the terminal looks */
export function render(
  reports: readonly JudgedReport[],
  asked: { readonly look: Pick<TerminalOptions, 'width' | 'color' | 'ascii' | 'details'> },
): string {
  return reports
    .map(({ report, gate }) => renderTerminal(report, { ...asked.look, gate, reportPath: null }))
    .join('\n');
}

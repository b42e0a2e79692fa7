/** Renders the confusion matrix of hazards as a page. */
import type { HazardMatrix } from '../../domain/report/hazard-tally.js';
import { renderPages } from '../../report/exporters/html.js';
import { pageOfHazards } from '../../report/page/page-of-hazards.js';
import { shellCommand } from '../../report/words/shell-command.js';
import { readEnvironment } from '../../run/environment.js';
import { readToolInfo } from '../../run/tool-info.js';
import { redactCommand } from '../redact.js';

/** @param args the arguments after the program's name */
export function renderMatrixPage(matrix: HazardMatrix, args: readonly string[]): Promise<string> {
  const replay = shellCommand(redactCommand(args));
  return renderPages([pageOfHazards({ matrix, replay, tool: readToolInfo(), environment: readEnvironment() })]);
}

/** Names the command that shows all of a stored report. */
import { shellCommand } from '../words/shell-command.js';

export function detailsCommand(reportPath: string): string {
  return shellCommand(['report', reportPath, '--details']);
}

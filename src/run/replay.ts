/** Builds the command that repeats a run: the command as given, with the seed that was used. */
import { shellCommand } from '../report/words/shell-command.js';

/** @param command arguments behind the program's name, as given */
export function replayCommand(command: readonly string[], seed: number): string {
  const hasSeed = command.some((argument) => argument === '--seed' || argument.startsWith('--seed='));
  return shellCommand(hasSeed ? command : [...command, '--seed', String(seed)]);
}

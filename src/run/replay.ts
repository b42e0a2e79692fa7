/** Which command repeats a run? The one that was given, with the seed that was used. */

/** @param command arguments behind the program's name, as given */
export function replayCommand(command: readonly string[], seed: number): string {
  const hasSeed = command.some((argument) => argument === '--seed' || argument.startsWith('--seed='));
  const words = hasSeed ? command : [...command, '--seed', String(seed)];
  return ['eventbus-bench', ...words.map(shellWord)].join(' ');
}

/** Quotes what a POSIX shell would take apart. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Writes a command of this tool as one line that people can paste into a POSIX shell. */

/** The words of a command of this tool as one line that a POSIX shell takes apart again. @param words behind its name */
export function shellCommand(words: readonly string[]): string {
  return ['eventbus-bench', ...words.map(shellWord)].join(' ');
}

/** Quotes what a POSIX shell would take apart. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

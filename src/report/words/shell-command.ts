/** Writes a command of this tool as one line that people can paste into a POSIX shell. */

/**
 * Joins the words of a command to one line that a POSIX shell splits into the same words.
 * @param words the arguments after the program's name
 */
export function shellCommand(words: readonly string[]): string {
  return ['eventbus-bench', ...words.map(shellWord)].join(' ');
}

/** Quotes a word that a POSIX shell would split or interpret. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

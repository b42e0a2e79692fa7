/**
 * Makes text from elsewhere (names, messages, paths) safe to print: the text is normalised (NFC), and every character
 * that a terminal or a parser would act on is written as a readable escape.
 */

/** Control characters, directional marks, line separators and unassigned code points become `\xNN` or `\u{…}`. */
export function printable(text: string): string {
  return text.normalize().replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu, escaped);
}

/**
 * Several lines made safe to print, of which all but the first are indented: a line break that no space follows comes
 * from a quoted name, and is escaped like any other control character.
 */
export function printableLines(text: string): string {
  return text
    .split(/\n(?= )/)
    .map(printable)
    .join('\n');
}

/**
 * Lines of which none is a command to the runner of GitHub Actions, which reads what a step prints: `::error::…` at the
 * start of a line, `##[error]…` anywhere. A backslash takes the place of a character, so that lines keep their width.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^((?:\u001b\[\d+m|\s)*):(?=:)/gm, '$1\\').replaceAll('##[', '#\\[');
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

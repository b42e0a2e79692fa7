/**
 * Makes text from elsewhere (names, messages, paths) safe to print: composed characters become one, and whatever a
 * terminal or a parser would act on is written as an escape that people can read.
 */

/** Control characters, escapes, directional marks and what Unicode has not assigned become `\xNN` or `\u{…}`. */
export function printable(text: string): string {
  return text.normalize().replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

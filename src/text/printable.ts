/**
 * Makes text from elsewhere (names, messages, paths) safe to print: the text is normalised (NFC), and every character
 * that a terminal or a parser would act on is written as a readable escape.
 */

/** Control characters, directional marks, line separators and unassigned code points become `\xNN` or `\u{…}`. */
export function printable(text: string): string {
  return text.normalize().replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

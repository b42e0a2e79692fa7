/** What a text that is printed must not have: what a terminal, a reader's eye or the runner of GitHub Actions would act on. */

/** Control and formatting characters, marks of direction, half pairs, unusual line ends; line feeds are the document's own. */
export const acted = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const ownColours = /\u001b\[(?:1|2|22|31|32|33|39)m/g;

/** The first such thing in what a screen shows; null: there is none. */
export function screenProblem(text: string): string | null {
  const shown = text.replaceAll(ownColours, '');
  return acted.exec(shown)?.[0] ?? /^\s*::.*|.*##\[.*/m.exec(shown)?.[0] ?? null;
}

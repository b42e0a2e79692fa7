/** Turns a clause into a sentence. */

/** The text with a capital at its beginning and one full stop at its end. */
export function sentence(text: string, capital = true): string {
  const trimmed = text.trim().replace(/[.\s]+$/, '');
  return `${capital ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed}.`;
}

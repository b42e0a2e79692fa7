/**
 * Makes names from elsewhere fit for the files of other programs: without control characters and halves of characters,
 * and not longer than a line. Two names stay two, and a name is told the same each time.
 */
import { printable } from '../../text/printable.js';

const nameLengthMax = 120;
const textLengthMax = 500;

export class ToldNames {
  readonly #toldOf = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(name: string): string {
    const known = this.#toldOf.get(name);
    if (known !== undefined) return known;
    const plain = shortened(printable(name), nameLengthMax);
    let told = plain;
    for (let number = 2; this.#taken.has(told); number++) told = `${plain} (${String(number)})`;
    this.#taken.add(told);
    this.#toldOf.set(name, told);
    return told;
  }
}

/** A text that names nothing, in the same way. */
export function toldText(text: string): string {
  return shortened(printable(text), textLengthMax);
}

function shortened(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  // The last character is left out if only half of it is within the length.
  return `${text.slice(0, lengthMax - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

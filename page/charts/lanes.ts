/** Lays candidates out in lines, those that promise the same under one heading; beside their names, or below them. */

interface Named {
  readonly number: number;
  readonly name: string;
  readonly promise: string;
}

export interface Lane<Of> {
  readonly of: Of;
  /** Pixels from the top, of the line and of its name. */
  readonly y: number;
  readonly labelY: number;
  readonly label: string;
}

export interface Lanes<Of> {
  readonly lanes: readonly Lane<Of>[];
  readonly headings: readonly { readonly y: number; readonly text: string }[];
  /** Pixels. */
  readonly height: number;
  readonly marginLeft: number;
}

const characterWidth = 6.9;
const lineHeight = 17;
const laneHeight = 22;
/** Names take at most so much of the width beside their lines; longer ones stand above them. */
const besideMax = 0.5;

/** @param all those with the same promise one after the other */
export function lanesOf<Of extends Named>(all: readonly Of[], width: number): Lanes<Of> {
  const labelOf = ({ number, name }: Of): string => `${String(number)}  ${name}`;
  const labelWidth = Math.max(...all.map((one) => labelOf(one).length)) * characterWidth + 12;
  const isBeside = labelWidth <= width * besideMax;
  const lanes: Lane<Of>[] = [];
  const headings: { y: number; text: string }[] = [];
  let y = 0;
  let promise: string | null = null;
  for (const of of all) {
    if (of.promise !== promise) {
      const lines = wrapped(of.promise, Math.floor(width / characterWidth) - 2);
      headings.push({ y: y + 8, text: lines.join('\n') });
      y += 10 + lines.length * lineHeight;
      promise = of.promise;
    }
    const labelY = y + laneHeight / 2;
    y += isBeside ? laneHeight : laneHeight + lineHeight;
    lanes.push({ of, label: labelOf(of), labelY, y: y - laneHeight / 2 });
  }
  return { lanes, headings, height: y, marginLeft: isBeside ? Math.ceil(labelWidth) : 8 };
}

function wrapped(text: string, charactersMax: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < charactersMax) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * Breaks text into lines for a terminal: words are wrapped at a width in columns with a hanging indent, and a number
 * stays on one line with its unit. A text that has to fit into one line can be shortened in its middle.
 */
import measuredWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** The number of columns that the text takes in a terminal. Plain text is not measured, which takes 25 ms the first time. */
export function stringWidth(text: string): number {
  return /^[\x20-\x7e…]*$/.test(text) ? text.length : measuredWidth(text);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Stands between a number and its unit while wrapping; replaced by a plain space afterwards. */
const tie = '\u00a0';

/** Lines of at most `width` columns, the first behind `first`, the others behind as many spaces as `rest`. */
export function wrapText(text: string, width: number, first = '', rest = stringWidth(first)): string[] {
  const room = Math.max(1, width - Math.max(stringWidth(first), rest));
  const tied = text.replace(/(\d) (%|ms\b|s\b)/g, `$1${tie}$2`);
  return wrapWithin(tied, room).map(
    (line, index) => (index === 0 ? first : ' '.repeat(rest)) + line.replaceAll(tie, ' '),
  );
}

/**
 * Combining characters have another width alone than in a word, so a line may come out too wide: then wrap narrower.
 */
function wrapWithin(text: string, room: number): string[] {
  for (let narrower = room; ; narrower -= 1) {
    const lines = wrapAnsi(text, narrower, { hard: true, trim: true }).split('\n');
    if (narrower <= 1 || lines.every((line) => stringWidth(line) <= room)) return lines;
  }
}

/** The text, or its two ends around an ellipsis where it is wider than `width`. */
export function shortened(text: string, width: number, ellipsis = '…'): string {
  if (stringWidth(text) <= width) return text;
  // Read from both ends, since a name from outside may be long.
  const characters = graphemes.segment(text);
  let [from, to] = [0, text.length];
  let [headWidth, tailWidth] = [0, 0];
  while (from < to) {
    const fromHead = headWidth <= tailWidth;
    const { segment } = characters.containing(fromHead ? from : to - 1)!;
    const wide = stringWidth(segment);
    if (headWidth + tailWidth + wide + stringWidth(ellipsis) > width) break;
    if (fromHead) [from, headWidth] = [from + segment.length, headWidth + wide];
    else [to, tailWidth] = [to - segment.length, tailWidth + wide];
  }
  return text.slice(0, from) + ellipsis + text.slice(to);
}

/** The text with spaces up to `width` columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

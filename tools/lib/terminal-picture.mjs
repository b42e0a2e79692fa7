// Draws what a command prints to a terminal as an SVG: one text element for each run of characters of one style, at the
// column where it stands, so that columns keep their place with any monospaced font.
import { createAnsiSequenceParser } from 'ansi-sequence-parser';
import stringWidth from 'string-width';

const [cellWidth, lineHeight, margin] = [8.4, 18, 14];
const paper = '#10141a';
const ink = '#d6dbe3';
const inks = { red: '#ff7b72', green: '#56d364', yellow: '#e3b341' };
const dim = '#8b949e';

/**
 * @param text with escape sequences for colours
 * @param title for screen readers
 */
export function terminalPicture(text, { columns, title }) {
  const parser = createAnsiSequenceParser();
  const lines = text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => parser.parse(line));
  const [width, height] = [columns * cellWidth + 2 * margin, lines.length * lineHeight + 2 * margin];
  const rows = lines.flatMap((tokens, index) => spansOf(tokens, margin + (index + 0.75) * lineHeight));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="100%" height="100%" rx="8" fill="${paper}"/>`,
    `<g font-family="ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${ink}" xml:space="preserve">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function spansOf(tokens, y) {
  let column = 0;
  return tokens.flatMap(({ value, foreground, decorations }) => {
    const [at, width] = [column, stringWidth(value)];
    column += width;
    const text = value.trimEnd();
    if (text === '') return [];
    const start = text.length - text.trimStart().length;
    const shown = text.trimStart();
    const attributes = [
      `x="${round(margin + (at + start) * cellWidth)}"`,
      `y="${round(y)}"`,
      `textLength="${round(stringWidth(shown) * cellWidth)}"`,
      ...(colourOf(foreground, decorations) ?? []),
      ...(decorations.has('bold') ? ['font-weight="700"'] : []),
    ];
    return [`<text ${attributes.join(' ')}>${escaped(shown)}</text>`];
  });
}

function colourOf(foreground, decorations) {
  if (foreground?.type === 'named' && inks[foreground.name] !== undefined) return [`fill="${inks[foreground.name]}"`];
  return decorations.has('dim') ? [`fill="${dim}"`] : null;
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);
}

function round(value) {
  return Math.round(value * 100) / 100;
}

/** Breaks a long command into several lines that a shell still reads as one command. */
import { stringWidth } from './line-wrapping.js';

/**
 * Breaks a command between words, keeping a flag with its value; each line but the last ends in ` \\`.
 *
 * @param width columns
 * @param first text before the first line; further lines are indented by its width
 */
export function wrapCommand(command: string, width: number, first: string): string[] {
  const indent = stringWidth(first);
  const lines: string[] = [];
  for (const piece of piecesOf(command)) {
    const last = lines.at(-1);
    if (last !== undefined && indent + stringWidth(last) + 1 + stringWidth(piece) + 2 <= width) {
      lines[lines.length - 1] = `${last} ${piece}`;
    } else {
      lines.push(piece);
    }
  }
  return lines.map((line, index) => {
    const before = index === 0 ? first : ' '.repeat(indent);
    return `${before}${line}${index < lines.length - 1 ? ' \\' : ''}`;
  });
}

function piecesOf(command: string): string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"])+/g) ?? [];
  return words.reduce<string[]>((pieces, word) => {
    const last = pieces.at(-1);
    const isValue = last !== undefined && /^--?[a-z][\w-]*$/.test(last) && !word.startsWith('-');
    return isValue ? [...pieces.slice(0, -1), `${last} ${word}`] : [...pieces, word];
  }, []);
}

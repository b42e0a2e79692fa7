/** A command as people copy it: quoted for a shell, and a long one over several lines that a shell reads as one. */
import { stringWidth } from '../terminal/line-wrapping.js';

/** The words of a command of this tool as one line that a POSIX shell takes apart again. @param words behind its name */
export function shellCommand(words: readonly string[]): string {
  return ['eventbus-bench', ...words.map(shellWord)].join(' ');
}

/** Quotes what a POSIX shell would take apart. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * A command over several lines of a shell: broken between words only, a flag kept with its value, each line but the
 * last ending in ` \\`.
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

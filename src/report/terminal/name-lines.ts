/** Breaks the name of a row at its separators, so that it fits into a narrow column. */
import { shortened, stringWidth } from './line-wrapping.js';

/** Lines of at most `width` columns, broken only after `:` and `/`, and before `+` and `#`. */
export function breakName(name: string, width: number, ellipsis: string): string[] {
  const lines: string[] = [];
  for (const part of name.split(/(?<=[:/])|(?=[+#])/)) {
    const fitting = shortened(part, width, ellipsis);
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + stringWidth(fitting) <= width)
      lines[lines.length - 1] = last + fitting;
    else lines.push(fitting);
  }
  return lines;
}

/** How is what `clean` found shown? One leftover a line: the stream, what became of it, and whose it was. */
import { formatDuration, plural } from '../report/format.js';
import { printable } from '../report/text.js';
import type { CleanedLeftover } from '../run/clean.js';

export function renderCleaned(found: readonly CleanedLeftover[], where: string): string {
  if (found.length === 0) return `nothing of eventbus-bench is on ${where}\n`;
  return found.map((leftover) => `${leftoverLines(leftover).join('\n')}\n`).join('');
}

function leftoverLines({ stream, fate, messages, ageMs, host, pid }: CleanedLeftover): string[] {
  const whose = `${plural(messages, 'message')}, ${formatDuration(ageMs)} old, process ${pid} on ${host}`;
  return [`${printable(stream)}: ${fate}`, `  ${printable(whose)}`];
}

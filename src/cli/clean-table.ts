/** Renders what `clean` found: for each leftover its name and what was done with it, then its kind, age and owner. */
import { formatDuration, plural } from '../text/numbers.js';
import { printable } from '../text/printable.js';
import type { CleanedLeftover } from '../run/clean.js';

export function renderCleaned(found: readonly CleanedLeftover[], where: string): string {
  if (found.length === 0) return `nothing of eventbus-bench is on ${where}\n`;
  return found.map((leftover) => `${leftoverLines(leftover).join('\n')}\n`).join('');
}

function leftoverLines({ kind, name, fate, messages, ageMs, owner }: CleanedLeftover): string[] {
  const about = [
    kind,
    ...(messages === null ? [] : [plural(messages, 'message')]),
    ...(ageMs === null ? [] : [`${formatDuration(ageMs)} old`]),
    ...(owner === null ? [] : [`process ${owner.pid} on ${owner.host}`]),
  ];
  const later = fate === 'in use' ? ', as members are still in it; it can be removed once their session is over' : '';
  return [`${printable(name)}: ${fate}${later}`, `  ${printable(about.join(', '))}`];
}

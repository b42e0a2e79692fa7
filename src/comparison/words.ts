/** Puts numbers and lists into a sentence, the same on every machine and locale. */

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2)).toString()} %`;
}

/** Three digits. */
export function significant(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US');
}

/** By how much something is faster: `0.053`, `1.05`, `36.3`. */
export function factor(value: number): string {
  if (value < 0.1) return value.toFixed(3);
  return value < 10 ? value.toFixed(2) : significant(value);
}

export function listed(items: readonly string[], last: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)!}`;
}

/** How are numbers and lists put into a sentence? The same on every machine and locale. */

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

export function listed(items: readonly string[], last: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)!}`;
}

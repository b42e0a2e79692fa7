/** The table of names gives each name, within its scope, one number and gives its text back. */
import { expect, it } from 'vitest';
import { NameTable } from '../../../src/record/names/name-table.js';
import { namesMost, NameWords } from '../../../src/record/names/name-words.js';

/** Names of all lengths around a word, with bytes of zero where another name ends, and one longer than any buffer. */
const names = [
  '',
  '\0',
  '\0\0\0\0',
  'a',
  'a\0',
  'a\0\0\0',
  'abc',
  'abcd',
  'abcde',
  'abcdefg',
  'ünïcödé',
  'x'.repeat(9_999),
];
const many = [...names, ...Array.from({ length: 4_000 }, (_, i) => `order-${i}`)];
const named = many.flatMap((text) => [0, 1, 7].map((scope) => ({ text, scope })));

it('numbers names in the order in which they are met, each within its scope, and knows them again', () => {
  const table = new NameTable();
  for (const round of ['new', 'known']) {
    const numbers = named.map(({ text, scope }) => {
      const bytes = Buffer.from(`?${text}?`);
      return table.number(bytes, 1, bytes.length - 1, scope);
    });
    expect(numbers, round).toEqual([...named.keys()]);
  }
  expect(table.size).toBe(named.length);
  expect(named.map((_, number) => ({ text: table.text(number), scope: table.scope(number) }))).toEqual(named);
});

it('gives the same numbers to names that are looked up many at a time', () => {
  const single = new NameTable();
  const table = new NameTable();
  const waiting = new NameWords();
  const into = new Int32Array(namesMost);
  const twice = [...named.slice(0, 900), ...named.slice(0, 900).reverse()];
  for (let from = 0; from < twice.length; from += namesMost) {
    const some = twice.slice(from, from + namesMost).map(({ text, scope }) => ({ bytes: Buffer.from(text), scope }));
    for (const { bytes, scope } of some) waiting.add(bytes, 0, bytes.length, scope);
    table.numbers(waiting, 0, waiting.count, into);
    waiting.clear();
    const expected = some.map(({ bytes, scope }) => single.number(bytes, 0, bytes.length, scope));
    expect([...into.subarray(0, some.length)]).toEqual(expected);
  }
});

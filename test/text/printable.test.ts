import { expect, it } from 'vitest';
import { printable, printableLines } from '../../src/text/printable.js';

it('makes visible what a terminal would act on', () => {
  expect(printable('a\u001b[31mb\nc\u202ed')).toBe('a\\x1b[31mb\\x0ac\\u{202e}d');
});

it('makes one character of one that was composed of two', () => {
  expect(printable('u\u0308')).toBe('\u00fc');
});

it('keeps line breaks that an indentation follows, and no others', () => {
  expect(printableLines('wrong: "a\nb"\n  do that\u001b')).toBe('wrong: "a\\x0ab"\n  do that\\x1b');
});

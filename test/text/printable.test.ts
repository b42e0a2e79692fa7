import { expect, it } from 'vitest';
import { printable } from '../../src/text/printable.js';

it('makes visible what a terminal would act on', () => {
  expect(printable('a\u001b[31mb\nc\u202ed')).toBe('a\\x1b[31mb\\x0ac\\u{202e}d');
});

it('makes one character of one that was composed of two', () => {
  expect(printable('u\u0308')).toBe('\u00fc');
});

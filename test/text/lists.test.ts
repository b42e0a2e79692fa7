import { expect, it } from 'vitest';
import { listed } from '../../src/text/lists.js';

it('puts a word before the last of several, and none where there is one', () => {
  expect(listed([], 'and')).toBe('');
  expect(listed(['a'], 'or')).toBe('a');
  expect(listed(['a', 'b'], 'or')).toBe('a or b');
  expect(listed(['a', 'b', 'c'], 'and')).toBe('a, b and c');
});

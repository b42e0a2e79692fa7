import { describe, expect, it } from 'vitest';
import { fnv1a32 } from '../../src/domain/fnv1a.js';

describe('FNV-1a', () => {
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('hashes %j to its published test vector', (text, hash) => {
    expect(fnv1a32(text)).toBe(hash);
  });
});

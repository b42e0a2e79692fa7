import { describe, expect, it } from 'vitest';
import { key, LineBuffer, piece } from '../../src/trace/line-buffer.js';

describe('LineBuffer', () => {
  it('writes pieces, texts and fields one behind the other, as UTF-8', () => {
    const buffer = new LineBuffer(64);
    buffer.add(piece('{"a":"ü"'));
    buffer.addField(key('b c'), 42);
    buffer.addText(',"d":"€"}');
    expect(buffer.written().toString()).toBe('{"a":"ü","b c":42,"d":"€"}');
  });

  it('writes integers as JavaScript does', () => {
    const integers = [0, 1, 9, 10, 99, 100, 12_345, 999_999_999, 1_000_000_000, 1_000_000_001, 2 ** 31, 2 ** 32 + 7];
    for (const integer of [...integers, Number.MAX_SAFE_INTEGER, 10 ** 15]) {
      for (const value of [integer, -integer]) {
        const buffer = new LineBuffer(1);
        buffer.addInteger(value);
        expect(buffer.written().toString()).toBe(String(value));
      }
    }
  });

  it('writes null for what is no integer, so that a reader does not take it for one', () => {
    const buffer = new LineBuffer(64);
    for (const value of [Number.NaN, Infinity, 0.5, 2 ** 53]) buffer.addInteger(value);
    expect(buffer.written().toString()).toBe('null'.repeat(4));
  });

  it('grows with what is written, and begins anew when cleared', () => {
    const buffer = new LineBuffer(1);
    const long = 'x'.repeat(1_000);
    buffer.addText(long);
    buffer.add(piece(long));
    buffer.addInteger(123_456_789_012);
    expect(buffer.written().toString()).toBe(`${long}${long}123456789012`);
    buffer.clear();
    buffer.addInteger(5);
    expect(buffer.written().toString()).toBe('5');
  });
});

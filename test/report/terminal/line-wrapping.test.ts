/** Text in lines of a terminal. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { wrapCommand } from '../../../src/report/terminal/command-lines.js';
import { renderEntries } from '../../../src/report/terminal/entry-lines.js';
import { shortened, wrapText } from '../../../src/report/terminal/line-wrapping.js';
import { breakName } from '../../../src/report/terminal/name-lines.js';
import { printable } from '../../../src/text/printable.js';

describe('text', () => {
  it('keeps a number and its percent sign on one line', () => {
    for (let width = 12; width < 40; width++) {
      const lines = wrapText('went wrong in 95 % of all cases, 12 ms after', width);
      expect(lines.filter((line) => /^(?:%|ms)/.test(line.trim()))).toEqual([]);
      expect(lines.join(' ')).toBe('went wrong in 95 % of all cases, 12 ms after');
    }
  });

  it('writes no line wider than asked for, whatever the text', () => {
    const text = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 60 }), (given, width) => {
        for (const line of wrapText(printable(given), width, '  a  ')) {
          expect(stringWidth(line), JSON.stringify(line)).toBeLessThanOrEqual(width);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('hangs the lines after the first', () => {
    expect(wrapText('one two three', 9, 'a  ')).toEqual(['a  one', '   two', '   three']);
  });

  it('shortens in the middle, to the width asked for at most', () => {
    expect(shortened('abcdefghij', 5, '…')).toBe('ab…ij');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 3, max: 30 }), (text, width) => {
        expect(stringWidth(shortened(text, width, '…'))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('breaks a row’s name at its joints', () => {
    expect(breakName('nats:multi/per-topic+aggregate-queue#12', 17, '…')).toEqual([
      'nats:multi/',
      'per-topic',
      '+aggregate-queue',
      '#12',
    ]);
    expect(breakName('multi/per-topic', 15, '…')).toEqual(['multi/per-topic']);
  });

  it('gives a long name a line of its own', () => {
    const entries = [
      { name: 'short', text: 'one two' },
      { name: 'a name that is long', text: 'three four' },
    ];
    expect(renderEntries(entries, { width: 30, widestName: 8 })).toEqual([
      '  short  one two',
      '  a name that is long',
      '         three four',
    ]);
  });

  it('keeps a flag with its value when it breaks a command', () => {
    expect(wrapCommand("tool run --topics 5 --fail-on 'a > 0' --json --seed -1", 26, 'R  ')).toEqual([
      'R  tool run --topics 5 \\',
      "   --fail-on 'a > 0' \\",
      '   --json --seed -1',
    ]);
  });
});

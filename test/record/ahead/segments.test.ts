/** Segments of a file, of whatever length, have each of its lines once, in the order of the file. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Segments } from '../../../src/record/ahead/segments.js';
import { NotPacked } from '../../../src/record/engine.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-segments-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Reads that many segments; each must begin where the one before it ends. @returns what they have */
function readAll(content: string, bytes: number, count: number): string {
  const path = join(folder, 'lines');
  writeFileSync(path, content);
  const file = openSync(path, 'r');
  try {
    const segments = new Segments({ file, bytes, count });
    let text = '';
    for (let number = 0; number < count; number++) {
      const { buffer, from, to, end } = segments.read(number);
      const lines = buffer.toString('latin1', from, to);
      const lastLine = text.length + lines.lastIndexOf('\n', Math.max(0, lines.length - 2)) + 1;
      const isOwn = text.length >= number * bytes && (lines.length < 2 || lastLine < (number + 1) * bytes);
      if (lines !== '' && !(isOwn && lines.endsWith('\n'))) expect.fail(`segment ${number} has lines of others`);
      text += lines;
      if (end !== text.length) expect.fail(`segment ${number} ends at ${end}, and not at ${text.length}`);
    }
    return text;
  } finally {
    closeSync(file);
  }
}

describe('segments of a file', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('have its lines, each once (seed %i)', (seed) => {
    const prng = new SeededPrng(seed, 'segments');
    const longest = 1 + prng.below(100);
    const lines = Array.from({ length: 60 }, () => `${'x'.repeat(prng.below(longest))}\n`).join('');
    for (const bytes of [1, 2, 7, 64, 1_000]) {
      const count = Math.floor((lines.length - longest - 1) / bytes);
      const text = readAll(lines, bytes, count);
      expect(text).toBe(lines.slice(0, text.length));
      expect(text.length).toBeGreaterThanOrEqual(count * bytes);
    }
  });

  it.each([15, 16, 17])('are right where segments of %i bytes end about where lines of 16 do', (bytes) => {
    const text = readAll('123456789abcdef\n'.repeat(100), bytes, 90);
    expect(text).toBe('123456789abcdef\n'.repeat(Math.ceil((90 * bytes) / 16)));
  });

  it('have a line whole that is longer than many of them', () => {
    const long = `${'y'.repeat(5_000)}\n`;
    expect(readAll(`a\n${long}b\nc\n`, 10, 500)).toBe(`a\n${long}`);
  });

  it('are given up where the file ends before they do', () => {
    expect(() => readAll('a\nb\nc\n', 4, 2)).toThrow(NotPacked);
    expect(() => readAll('a\nbcdefghij', 4, 1)).toThrow(NotPacked);
  });

  it('are given up where a line does not end for very long', () => {
    expect(() => readAll(`a\n${'z'.repeat(40_000_000)}\n`, 1_000, 1)).toThrow(NotPacked);
  });

  it('are given up where the file cannot be read', () => {
    expect(() => new Segments({ file: 1_000_000, bytes: 10, count: 1 }).read(0)).toThrow(NotPacked);
  });
});

import { PassThrough, Readable } from 'node:stream';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError, UsageError } from '../../src/domain/errors.js';
import { readLineBatches, type LineReaderOptions } from '../../src/trace/line-reader.js';
import { ScratchFile } from '../observation/fixtures.js';

let file: ScratchFile;
beforeEach(() => {
  file = new ScratchFile();
});
afterEach(() => {
  file.remove();
});

async function linesOf(content: string | Buffer, options: LineReaderOptions = {}): Promise<[number, string][]> {
  writeFileSync(file.path, content);
  const lines: [number, string][] = [];
  for await (const batch of readLineBatches(file.path, options)) {
    batch.lines.forEach((line, i) => lines.push([batch.firstNumber + i, line]));
  }
  return lines;
}

describe('readLineBatches', () => {
  it('gives the same lines, with their numbers, whatever the size of a block', async () => {
    const content = 'eins\n\nzwölf €\r\ndrei\nvier';
    for (const blockBytes of [1, 2, 3, 5, 7, 100]) {
      expect(await linesOf(content, { blockBytes })).toEqual([
        [1, 'eins'],
        [2, ''],
        [3, 'zwölf €\r'],
        [4, 'drei'],
        [5, 'vier'],
      ]);
    }
  });

  it('says of the last line whether it was ended', async () => {
    const ended: boolean[] = [];
    for (const content of ['a\nb', 'a\nb\n']) {
      writeFileSync(file.path, content);
      for await (const batch of readLineBatches(file.path)) ended.push(!batch.unterminated);
    }
    expect(ended).toEqual([true, false, true]);
  });

  it('gives nothing of an empty file', async () => {
    expect(await linesOf('')).toEqual([]);
  });

  it('gives only the beginning of a line that is too long, and what follows it whole', async () => {
    const options = { blockBytes: 16, longestLineBytes: 100 };
    const lines = await linesOf(`${'x'.repeat(10_000)}\nnext`, options);
    expect(lines[0]![1].length).toBeLessThan(120);
    expect(lines[1]).toEqual([2, 'next']);
  });

  it('reads bytes that are no text without failing', async () => {
    const binary = Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 97) % 256));
    expect((await linesOf(binary)).length).toBeGreaterThan(1);
  });

  it('says what to name instead of a file that is not there, or of a folder', async () => {
    for (const path of [`${file.path}.missing`, '/']) {
      const reading = readLineBatches(path).next();
      await expect(reading).rejects.toThrow(UsageError);
      await expect(reading).rejects.toThrow(path);
    }
  });

  it('stops when it is told to', async () => {
    writeFileSync(file.path, 'a\nb\n');
    await expect(readLineBatches(file.path, { signal: AbortSignal.abort() }).next()).rejects.toThrow(InterruptedError);
  });

  it('reads a stream in place of a file, of which it makes the same lines', async () => {
    const input = Readable.from([Buffer.from('one\ntw'), Buffer.from('o\nthree')]);
    const lines: string[] = [];
    for await (const batch of readLineBatches('standard input', { input })) lines.push(...batch.lines);
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  it('ends the wait for a stream that gives nothing once it is aborted', async () => {
    const aborting = new AbortController();
    const reading = readLineBatches('standard input', { input: new PassThrough(), signal: aborting.signal }).next();
    aborting.abort();
    await expect(reading).rejects.toThrow(InterruptedError);
  });
});

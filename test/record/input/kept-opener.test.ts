/** What can be read only once is opened twice as long as it is short, and else the way out is named. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { InterruptedError } from '../../../src/domain/errors.js';
import { interruptible } from '../../../src/record/input/live/interruptible.js';
import type { OpenedSource } from '../../../src/record/input/open-source.js';
import { streamOpener } from '../../../src/record/input/stream-opener.js';

async function allOf(source: OpenedSource): Promise<string> {
  const buffer = Buffer.alloc(3);
  let text = '';
  for (let more = await source.readInto(buffer, 0); more > 0; more = await source.readInto(buffer, 0)) {
    text += buffer.toString('utf8', 0, more);
  }
  return text;
}

const mebibyte = Buffer.alloc(1_048_576);

describe('a pipe', () => {
  it('is the same when it is opened once more', async () => {
    const opener = streamOpener(Readable.from([Buffer.from('abcdefg'), Buffer.from('hij')]), 'standard input');
    const first = await opener.open();
    await first.readInto(Buffer.alloc(5), 0);
    expect(await allOf(await opener.open())).toBe('abcdefghij');
    expect(await allOf(await opener.open())).toBe('abcdefghij');
  });

  it('is not opened once more when more was read than is kept, and --events is named', async () => {
    const opener = streamOpener(Readable.from(Array.from({ length: 17 }, () => mebibyte)), 'standard input');
    const source = await opener.open();
    for (let i = 0; i < 17; i++) await source.readInto(Buffer.alloc(mebibyte.length), 0);
    await expect(opener.open()).rejects.toMatchObject({ wayOut: expect.stringContaining('--events') as string });
  });

  it('that says nothing is given up when reading is interrupted', async () => {
    const interrupt = new AbortController();
    const silent = new Readable({ read: () => {} });
    const source = await interruptible(streamOpener(silent, 'standard input'), interrupt.signal).open();
    const read = source.readInto(Buffer.alloc(9), 0);
    interrupt.abort();
    await expect(read).rejects.toThrow(InterruptedError);
    await source.close();
  });
});

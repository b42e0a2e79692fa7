/** A file is read as it was when it was opened, or the record says that it is not. */
import { mkdtempSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decompressing } from '../../../src/record/input/compressed/decompressed.js';
import { interruptible } from '../../../src/record/input/live/interruptible.js';
import { fileOpener, type OpenedSource } from '../../../src/record/input/open-source.js';
import { checkOpeners } from '../check-lines.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-source-'));
  path = join(folder, 'orders.ndjson');
  const lines = Array.from({ length: 100_000 }, (_, index) => `{"aggregate":"a","version":${index}}\n`);
  writeFileSync(path, lines.join(''));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Does something to the file once its first bytes were read. */
async function checkedWhile(disturb: () => void) {
  const opener = decompressing(interruptible(fileOpener(path), new AbortController().signal));
  const open = async (): Promise<OpenedSource> => {
    const source = await opener.open();
    let isBegun = false;
    return {
      ...source,
      get badEnd() {
        return source.badEnd ?? null;
      },
      readInto: async (buffer, from) => {
        const length = await source.readInto(buffer, from);
        if (!isBegun) disturb();
        isBegun = true;
        return length;
      },
    };
  };
  return checkOpeners([{ open }]);
}

describe('a file that is read', () => {
  it('has a bad line where it was cut short, also at the end of a line', async () => {
    const { lines, badLines } = await checkedWhile(() => truncateSync(path, 0));
    expect(lines.bad).toBe(1);
    expect(lines.record).toBeLessThan(100_000);
    expect(badLines[0]).toMatchObject({ problem: 'the file was cut short while it was read' });
  });

  it('is read to its end, though it has been removed', async () => {
    const { lines } = await checkedWhile(() => unlinkSync(path));
    expect(lines).toMatchObject({ bad: 0, record: 100_000 });
  });
});

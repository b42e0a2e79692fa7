/** A file that grows is read as `tail -F` reads it: whatever becomes of it, no line is read twice, and none is cut. */
import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FollowedFile, lookMs, type Following } from '../../../../src/record/input/live/followed-file.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-follow-'));
  path = join(folder, 'app.log');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Time passes only where the follower waits; in each wait something is done to the file. */
async function read(
  steps: readonly (() => void)[],
  limits: Partial<Pick<Following, 'forMs' | 'idleMs'>> = { idleMs: 4 * lookMs },
): Promise<{ readonly text: string; readonly looks: number; readonly truncations: number }> {
  const left = [...steps];
  let nowMs = 0;
  const file = new FollowedFile(path, {
    ...{ forMs: null, idleMs: null, ...limits },
    nowMs: () => nowMs,
    pause: async (ms) => {
      nowMs += ms;
      left.shift()?.();
    },
  });
  await file.open();
  let text = '';
  for (let piece = await file.next(); piece !== null; piece = await file.next()) {
    text += Buffer.from(piece).toString('utf8');
  }
  await file.close();
  return { text, looks: nowMs / lookMs, truncations: file.truncations };
}

describe('a file that is followed', () => {
  it('is read from its beginning, and on as it grows', async () => {
    writeFileSync(path, '1\n');
    const grow = (): void => appendFileSync(path, '2\n3');
    expect((await read([grow, grow])).text).toBe('1\n2\n32\n3');
  });

  it('is read to its end after it was renamed, before the new one', async () => {
    writeFileSync(path, '1\n');
    const steps = [
      (): void => renameSync(path, `${path}.1`),
      (): void => appendFileSync(`${path}.1`, '2\n'),
      (): void => writeFileSync(path, '4\n'),
      (): void => appendFileSync(`${path}.1`, '3\n'),
    ];
    expect((await read(steps)).text).toBe('1\n2\n3\n4\n');
  });

  it('keeps the last line of the old file apart from the first of the new one', async () => {
    writeFileSync(path, '1\n2');
    const steps = [
      (): void => {
        unlinkSync(path);
        writeFileSync(path, '3\n');
      },
    ];
    expect((await read(steps)).text).toBe('1\n2\n3\n');
  });

  it('is read anew after it was truncated, and that is told', async () => {
    writeFileSync(path, '1\n2\n');
    const steps = [(): void => truncateSync(path), (): void => appendFileSync(path, '3\n')];
    expect(await read(steps)).toMatchObject({ text: '1\n2\n3\n', truncations: 1 });
  });

  it('is waited for while it is gone', async () => {
    writeFileSync(path, '1\n');
    const steps = [(): void => unlinkSync(path), (): void => {}, (): void => writeFileSync(path, '2\n')];
    expect((await read(steps, { idleMs: 6 * lookMs })).text).toBe('1\n2\n');
  });

  it('ends when nothing has come for as long as was said', async () => {
    writeFileSync(path, '1\n');
    expect((await read([], { idleMs: 3 * lookMs })).looks).toBe(3);
    const grow = (): void => appendFileSync(path, '2\n');
    expect((await read([grow], { idleMs: 3 * lookMs })).looks).toBe(4);
  });

  it('ends when its time is over, though it grows', async () => {
    writeFileSync(path, '1\n');
    const grow = (): void => appendFileSync(path, '2\n');
    expect((await read([grow, grow, grow, grow, grow], { forMs: 3 * lookMs })).looks).toBe(3);
  });

  it('is not there, which is said', async () => {
    await expect(read([])).rejects.toThrow(`there is no file ${path}`);
  });
});

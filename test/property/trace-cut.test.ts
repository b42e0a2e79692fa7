import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import { readBack, ScratchFile, writeTrace, type Step } from '../observation/fixtures.js';

const scratch = new ScratchFile();
afterAll(() => {
  scratch.remove();
});

const steps = Array.from({ length: 40 }, (_, i): Step => [(i * 5) % 8, i]);

describe('a trace that is cut off', () => {
  const [log] = writeTrace(scratch.path, [steps]);
  const whole = readFileSync(scratch.path);
  const headerEnd = whole.indexOf('\n');
  const endBegin = whole.lastIndexOf('{"kind":"end"');

  it('says at every byte behind its header that it is truncated, unless all of its end is there', async () => {
    for (let cut = headerEnd; cut <= whole.length; cut++) {
      writeFileSync(scratch.path, whole.subarray(0, cut));
      const { segments, calls } = await readBack(scratch.path);
      expect(segments.length).toBe(1);
      expect({ cut, whole: segments[0]!.truncation === null }).toEqual({ cut, whole: cut >= whole.length - 1 });
      expect(calls[0]).toEqual(log!.calls.slice(0, calls[0]!.length));
      if (cut >= endBegin) expect(calls[0]).toEqual(log!.calls);
    }
  });

  it('is refused, with the reason, where not even its header is whole', async () => {
    for (let cut = 0; cut < headerEnd; cut += 7) {
      writeFileSync(scratch.path, whole.subarray(0, cut));
      await expect(readBack(scratch.path)).rejects.toThrow(UsageError);
    }
  });
});

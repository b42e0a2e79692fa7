import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, assert, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import { readBack, ScratchFile, writeTrace, type Step } from '../observation/fixtures.js';

const scratch = new ScratchFile();
afterAll(() => {
  scratch.remove();
});

const steps = Array.from({ length: 20 }, (_, i): Step => [(i * 5) % 8, i]);

describe('a trace that is cut off', () => {
  const [log] = writeTrace(scratch.path, [steps]);
  const whole = readFileSync(scratch.path);
  const headerEnd = whole.indexOf('\n');
  const endBegin = whole.lastIndexOf('{"kind":"end"');

  it(
    'says at every byte behind its header that it is truncated, unless all of its end is there',
    { timeout: 60_000 },
    async () => {
      const expected = log!.observed.map((one) => JSON.stringify(one));
      for (let cut = headerEnd; cut <= whole.length; cut++) {
        writeFileSync(scratch.path, whole.subarray(0, cut));
        const { segments, observed } = await readBack(scratch.path);
        const read = observed[0]!.map((one) => JSON.stringify(one));
        assert.equal(segments.length, 1, `cut at ${cut}`);
        assert.equal(segments[0]!.foreignLines, 0, `cut at ${cut}`);
        assert.equal(segments[0]!.truncation === null, cut >= whole.length - 1, `cut at ${cut}`);
        assert.deepEqual(read, cut >= endBegin ? expected : expected.slice(0, read.length), `cut at ${cut}`);
      }
    },
  );

  it('is refused, with the reason, where not even its header is whole', async () => {
    for (let cut = 0; cut < headerEnd; cut += 7) {
      writeFileSync(scratch.path, whole.subarray(0, cut));
      await expect(readBack(scratch.path)).rejects.toThrow(UsageError);
    }
  });
});

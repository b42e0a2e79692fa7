/** A trace with damaged lines is read as far as it goes, or refused with a reason, and its reader never breaks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';
import { readBack, ScratchFile, writeTrace, type Step } from '../observation/fixtures.js';
import { mutated } from './record/mutated/mutations.js';

const scratch = new ScratchFile();
afterAll(() => {
  scratch.remove();
});

const steps = Array.from({ length: 30 }, (_, i): Step => [(i * 5) % 8, i]);
const traces = 1_500;

describe('a trace with damaged lines', () => {
  it('is read or refused', { timeout: 60_000 }, async () => {
    writeTrace(scratch.path, [steps, steps]);
    const lines = readFileSync(scratch.path, 'latin1').split(/(?<=\n)/);
    const seen = { read: 0, refused: 0, foreign: 0 };
    for (let seed = 0; seed < traces; seed++) {
      const prng = new SeededPrng(seed, 'mutated trace');
      const share = prng.float() / 4;
      const isHeaderSafe = prng.float() < 0.8;
      const damaged = lines.map((line, index) => {
        const isSafe = (index === 0 && isHeaderSafe) || prng.float() >= share;
        return isSafe ? Buffer.from(line, 'latin1') : mutated(Buffer.from(line, 'latin1'), prng);
      });
      writeFileSync(scratch.path, Buffer.concat(damaged));
      try {
        const { segments } = await readBack(scratch.path);
        seen.read++;
        if (segments.some(({ foreignLines, truncation }) => foreignLines > 0 || truncation !== null)) seen.foreign++;
      } catch (error) {
        expect(error, `seed ${seed}: ${String((error as Error).stack)}`).toBeInstanceOf(UsageError);
        seen.refused++;
      }
    }
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
  });
});

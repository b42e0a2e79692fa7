/** Damaged records that are read ahead, by a thread of its own, have the report of those that are not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { expectSame } from '../../record/ahead/check-built.js';
import { kinds } from './mutated/kinds.js';
import { mutated } from './mutated/mutations.js';
import { mutatedFirstSeed, mutatedTimeoutMs, mutatedWanted } from './mutated/reading.js';

const records = Math.ceil(mutatedWanted / 5_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-mutated-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a record with damaged lines that is read ahead', () => {
  it.each(Object.entries(kinds))(
    'has the report of one that is not, as %s',
    async (name, draw) => {
      for (let seed = mutatedFirstSeed; seed < mutatedFirstSeed + records; seed++) {
        const prng = new SeededPrng(seed, `mutated ahead ${name}`);
        const { header, lines, asked } = draw(prng, 1 + prng.below(400));
        // A pattern cannot be sent to a thread.
        if (asked.pattern !== undefined) return;
        const share = prng.float() / 3;
        const damaged = lines.map((line) =>
          prng.float() < share ? mutated(Buffer.from(line), prng) : Buffer.from(line),
        );
        const path = join(folder, `${seed}`);
        writeFileSync(path, Buffer.concat([Buffer.from(header ?? ''), ...damaged]));
        // Threads share it in segments of which some are shorter than its lines.
        const sharing = { bytes: 20 + prng.below(3_000), claims: () => seed % 2 === 0 };
        await expectSame([path], { ...asked, sharing }, `seed ${seed}`);
      }
    },
    mutatedTimeoutMs(records * 200),
  );
});

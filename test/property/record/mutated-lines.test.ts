/**
 * Damaged lines over all readers, in pieces of every size: nothing breaks, and each line is what a slow and independent
 * reading of the same bytes makes of it, so that whole lines keep their places and their counts.
 *
 * EVENTBUS_BENCH_MUTATED=10000000  damages so many lines  EVENTBUS_BENCH_MUTATED_SEED=N  begins at another seed
 */
import { describe, expect, it } from 'vitest';
import type { Prng } from '../../../src/runtime/ports.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { kinds, type DrawnRecord } from './mutated/kinds.js';
import { mutated } from './mutated/mutations.js';
import type { Taken } from './mutated/read-in-pieces.js';
import { mutatedFirstSeed, mutatedTimeoutMs, mutatedWanted, takenFrom } from './mutated/reading.js';
import { withoutMark } from './mutated/slow/ndjson.js';
import { drawRequest, requestMap, type DrawnRequest } from './mutated/requests.js';

const mostLines = 24;
/** Lines that are damaged of each format. */
const each = Math.ceil(mutatedWanted / (Object.keys(kinds).length + 1));

interface Damaged {
  readonly content: Buffer;
  readonly count: number;
}

function damage({ lines }: DrawnRecord, prng: Prng): Damaged {
  const share = prng.float();
  let count = 0;
  const damaged = lines.map((line) => {
    if (prng.float() >= share) return Buffer.from(line);
    count++;
    return mutated(Buffer.from(line), prng);
  });
  return { content: Buffer.concat(damaged), count };
}

describe('damaged lines', () => {
  it.each(Object.entries(kinds))(
    'are what an independent reading makes of them, as %s',
    (name, draw) => {
      const seen: Record<Taken['kind'], number> = { line: 0, bad: 0, other: 0 };
      let damagedLines = 0;
      for (let seed = mutatedFirstSeed; damagedLines < each; seed++) {
        const prng = new SeededPrng(seed, `mutated ${name}`);
        const drawn = draw(prng, 1 + prng.below(mostLines));
        const { content, count } = damage(drawn, prng);
        damagedLines += count;
        const taken = takenFrom(drawn.asked, Buffer.concat([Buffer.from(drawn.header ?? ''), content]), prng);
        if (taken === null) continue;
        const expected = drawn.slow(drawn.header === null ? withoutMark(content) : content);
        if (!isEqual(taken, expected)) expect(taken, `seed ${seed}: ${content.toString('latin1')}`).toEqual(expected);
        for (const { kind } of taken) seen[kind]++;
      }
      for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(0);
    },
    mutatedTimeoutMs(each),
  );

  it(
    'of OTLP leave whole requests as they were',
    () => {
      let damagedLines = 0;
      for (let seed = mutatedFirstSeed; damagedLines < each / 2; seed++) {
        const prng = new SeededPrng(seed, 'mutated otlp');
        const share = prng.float();
        const whole: DrawnRequest[] = [];
        const lines = Array.from({ length: 1 + prng.below(mostLines) }, (_, index) => {
          const isWhole = prng.float() >= share;
          const request = drawRequest(isWhole ? 'whole' : 'damaged', index, prng);
          const line = Buffer.from(request.line);
          if (isWhole) whole.push(request);
          else damagedLines++;
          return Buffer.concat([isWhole ? line : mutated(line, prng), Buffer.from('\n')]);
        });
        const content = Buffer.concat(lines);
        const taken = takenFrom({ format: 'otlp', map: requestMap }, content, prng);
        if (taken === null) continue;
        const events = whole.flatMap((request) => request.events);
        const expected = events.sort((a, b) => (a.ns < b.ns ? -1 : 1)).map(textOf);
        const found = taken.filter(({ aggregate }) => aggregate?.startsWith('whole')).map(textOf);
        if (found.join() !== expected.join()) expect(found, `seed ${seed}: ${content.toString('latin1')}`).toEqual(expected); // prettier-ignore
      }
    },
    mutatedTimeoutMs(each),
  );
});

function textOf({ aggregate, version, topic }: Omit<Taken, 'kind' | 'number'>): string {
  return `${aggregate} ${version} ${topic}`;
}

/** Quicker than the matcher, which tells what differs. */
function isEqual(one: readonly Taken[], other: readonly Taken[]): boolean {
  return one.length === other.length && one.every((taken, index) => isSame(taken, other[index]!));
}

function isSame(one: Taken, other: Taken): boolean {
  return (
    one.kind === other.kind &&
    one.number === other.number &&
    one.aggregate === other.aggregate &&
    one.version === other.version &&
    one.topic === other.topic
  );
}

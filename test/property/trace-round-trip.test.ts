import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { readBack, ScratchFile, stepKinds, writeTrace, type Step } from '../observation/fixtures.js';

const scratch = new ScratchFile();
afterAll(() => {
  scratch.remove();
});

const anySteps = fc.array(fc.tuple(fc.nat(stepKinds - 1), fc.nat(1_000)), { maxLength: 80 });
/** Without lost observations. */
const wholeSteps = fc.array(fc.tuple(fc.nat(stepKinds - 2), fc.nat(1_000)), { minLength: 1, maxLength: 80 });

function linesOf(steps: readonly Step[]): string[] {
  writeTrace(scratch.path, [steps]);
  return readFileSync(scratch.path, 'utf8').trimEnd().split('\n');
}

describe('a trace', () => {
  it('gives back the same observations in the same order, whatever was observed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySteps, { minLength: 1, maxLength: 2 }), async (rows) => {
        const logs = writeTrace(scratch.path, rows);
        const { segments, observed } = await readBack(scratch.path);
        expect(segments.map(({ truncation }) => truncation)).toEqual(rows.map(() => null));
        expect(observed).toEqual(logs.map((log) => log.observed));
      }),
    );
  });

  it('gives back the same in whatever order the lines between names and end come', async () => {
    const shuffled = wholeSteps.chain((steps) => {
      const between = linesOf(steps).slice(2, -1);
      return fc.tuple(fc.constant(steps), fc.shuffledSubarray(between, { minLength: between.length }));
    });
    await fc.assert(
      fc.asyncProperty(shuffled, async ([steps, between]) => {
        const [log] = writeTrace(scratch.path, [steps]);
        const lines = linesOf(steps);
        writeFileSync(scratch.path, [...lines.slice(0, 2), ...between, ...lines.slice(-1)].join('\n'));
        const { segments, observed } = await readBack(scratch.path);
        expect(segments[0]?.truncation).toBeNull();
        expect(observed[0]).toEqual(log?.observed);
      }),
    );
  });

  it('gives back an exact beginning of the run, and says so, whichever lines are taken out', async () => {
    await fc.assert(
      fc.asyncProperty(wholeSteps, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), async (steps, picks) => {
        const [log] = writeTrace(scratch.path, [steps]);
        const lines = linesOf(steps);
        const gone = new Set(picks.map((pick) => 1 + (pick % (lines.length - 1))));
        writeFileSync(scratch.path, lines.filter((_, i) => !gone.has(i)).join('\n'));
        const { segments, observed } = await readBack(scratch.path);
        expect(segments[0]?.truncation).not.toBeNull();
        expect(observed[0]).toEqual(log?.observed.slice(0, observed[0]?.length));
      }),
    );
  });

  it('never fails on damaged bytes behind its header, and never adds an observation', async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(wholeSteps, damage, async (steps, changes) => {
        const [log] = writeTrace(scratch.path, [steps]);
        const bytes = readFileSync(scratch.path);
        const headerEnd = bytes.indexOf('\n') + 1;
        for (const [at, byte] of changes) bytes[headerEnd + (at % (bytes.length - headerEnd))] = byte;
        writeFileSync(scratch.path, bytes);
        const { segments, observed } = await readBack(scratch.path);
        expect(segments.length).toBe(1);
        expect(observed[0]!.length).toBeLessThanOrEqual(log!.observed.length);
      }),
    );
  });
});

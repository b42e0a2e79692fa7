/** Whether a handling failed is read in the spellings of common languages; what is none of them is a bad line. */
import { describe, expect, it } from 'vitest';
import { checkLines } from './check-lines.js';

const versions = Array.from({ length: 60 }, (_, index) => index + 1);

/** All handled in order; the last one ends as the text says. */
function recordWith(ok: unknown): object[] {
  const line = (ev: string, version: number, more: object = {}): object => ({
    ...{ ev, aggregate: 'a', version, delivery: `d${version}`, ...more },
  });
  return [
    ...versions.map((version) => line('publish', version)),
    ...versions.map((version) => line('deliver', version)),
    ...versions.flatMap((version) => [
      line('start', version),
      line('finish', version, { ok: version === 60 ? ok : true }),
    ]),
  ];
}

describe('the ok of a line', () => {
  it.each([false, 'false', 'False', 'FALSE', 'f', 'no', 'N', 0, '0'])('says that it failed: %j', async (ok) => {
    const report = await checkLines(recordWith(ok), { complete: true });
    expect(report).toMatchObject({ outcome: 'violated', counts: { lost: 1 } });
  });

  it.each([true, 'true', 'True', 'TRUE', 't', 'Yes', 1, '1'])('says that it succeeded: %j', async (ok) => {
    expect((await checkLines(recordWith(ok), { complete: true })).outcome).toBe('ordered');
  });

  it.each(['error', 'ok?', '2'])('makes a bad line, and no pass, if it says neither: %j', async (ok) => {
    const report = await checkLines(recordWith(ok), { complete: true });
    expect(report.outcome).not.toBe('ordered');
    expect(report.reasons).toContainEqual({ kind: 'bad-lines', count: 1 });
  });
});

/** Publishes that are refused because too many are pending: what is recorded of them can be read again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkTrace } from '../../src/run/check-trace.js';
import { ScratchFile } from '../observation/fixtures.js';
import { simulate } from './simulate.js';

describe('a run whose publishes are capped', () => {
  let scratch: ScratchFile;

  beforeEach(() => {
    scratch = new ScratchFile();
  });
  afterEach(() => scratch.remove());

  it.each(['sim:jetstream', 'sim:kafka'])('has a trace that is judged as it was, on %s', async (broker) => {
    const [row] = await simulate({ broker, mode: 'single', publish: 'capped:8', aggregates: '20' }, 1, scratch.path);
    expect(row!.error).toBeNull();
    expect(row!.counts.acked).toBeLessThan(row!.counts.published);
    const { runs } = await checkTrace(scratch.path);
    expect(runs[0]).toMatchObject({ outcome: row!.outcome, counts: row!.counts });
  });
});

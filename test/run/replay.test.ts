import { describe, expect, it } from 'vitest';
import { replayCommand } from '../../src/run/replay.js';

describe('the command that repeats a run', () => {
  it('adds the seed that was used', () => {
    expect(replayCommand(['run', '--topics', '5'], 42)).toBe('eventbus-bench run --topics 5 --seed 42');
  });

  it('leaves a seed that was given', () => {
    expect(replayCommand(['run', '--seed', '7'], 7)).toBe('eventbus-bench run --seed 7');
    expect(replayCommand(['run', '--seed=7'], 7)).toBe('eventbus-bench run --seed=7');
  });

  it('quotes what a shell would take apart', () => {
    expect(replayCommand(['run', "my file's.yaml", '--fail-on', 'regressions>0'], 1)).toBe(
      `eventbus-bench run 'my file'\\''s.yaml' --fail-on 'regressions>0' --seed 1`,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { formatRunId, hostTagOf, parseRunId } from '../../src/domain/run-id.js';

const origin = { startedAtMs: 1_795_372_060_929, hostTag: hostTagOf('bench-7'), pid: 31_415 };

describe("a run's id", () => {
  it('tells when, on which host and in which process the run began', () => {
    expect(parseRunId(formatRunId(origin, '0fe1c2'))).toEqual(origin);
  });

  it('may be followed by the number of a row', () => {
    expect(parseRunId(`${formatRunId(origin, '0fe1c2')}_12`)).toEqual(origin);
  });

  it.each(['', 'sim', 'sim_0', 'mhxy-0fe1c2', 'mhxy-0fe1c2-host', 'mhxy-nothex-a-b', 'mhxy-0fe1c2-a-b.topic-0'])(
    'is not %j',
    (text) => {
      expect(parseRunId(text)).toBeNull();
    },
  );

  it('tells hosts apart', () => {
    expect(hostTagOf('bench-7')).not.toBe(hostTagOf('bench-8'));
  });
});

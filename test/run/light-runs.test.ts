/** A broken bus under a light load is never called ordered on the simulator, however lucky it was. */
import { describe, it } from 'vitest';
import {
  failingHandlers,
  hastyGates,
  noKey,
  replicas,
  resizedPool,
  sharedDurable,
  twoPublishers,
  unawaitedPool,
  unkeyedPool,
} from './drawn-kinds.js';
import { drawnRuns, expectAllJudged, passes, runsPerKind, type DrawnRun } from './drawn-runs.js';
import { simulate } from './simulate.js';

const onSimulator = ({ flags, seed }: DrawnRun) => simulate(flags, seed);

describe(`never ordered, in ${runsPerKind} light runs`, () => {
  const kinds = [
    sharedDurable,
    replicas,
    hastyGates,
    unkeyedPool,
    unawaitedPool,
    twoPublishers,
    resizedPool,
    failingHandlers,
  ];

  for (const kind of kinds) {
    it(kind.name, async () => {
      await expectAllJudged(drawnRuns(kind, runsPerKind), onSimulator, passes);
    });
  }

  it('events without a key, on Kafka', async () => {
    await expectAllJudged(drawnRuns(noKey, runsPerKind, { broker: 'sim:kafka' }), onSimulator, passes);
  });
});

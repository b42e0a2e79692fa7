/** A sound bus under load is always called ordered on the simulator, and no time-out is near only because handlers are slow. */
import { describe, it } from 'vitest';
import {
  durablePerTopic,
  notWaiting,
  onePending,
  partitioned,
  retriedInPlace,
  single,
  slowHandlers,
  soundReplicas,
  throughRebalance,
} from './drawn-kinds.js';
import { doesNotPass, drawnRuns, expectAllJudged, runsPerKind, type DrawnRun } from './drawn-runs.js';
import { simulate } from './simulate.js';

const onSimulator = ({ flags, seed }: DrawnRun) => simulate(flags, seed);

describe(`always ordered, in ${runsPerKind} runs`, () => {
  const kinds = [single, durablePerTopic, onePending, partitioned, retriedInPlace, notWaiting, soundReplicas];

  for (const kind of kinds) {
    it(kind.name, async () => {
      await expectAllJudged(drawnRuns(kind, runsPerKind), onSimulator, doesNotPass);
    });
  }

  it('partition by partition through a rebalance, on Kafka', async () => {
    await expectAllJudged(drawnRuns(throughRebalance, runsPerKind, { broker: 'sim:kafka' }), onSimulator, doesNotPass);
  });

  for (const { name, flags } of slowHandlers) {
    it(name, async () => {
      const runs = Array.from({ length: runsPerKind }, (_, at) => ({ flags, seed: at + 1 }));
      await expectAllJudged(runs, onSimulator, doesNotPass);
    });
  }
});

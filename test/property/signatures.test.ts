/**
 * The streaming checker tallies the signatures that the definitions give, computed over all of a history at once: of
 * random histories, and of runs of broken buses whose sizes, rates and times are drawn.
 */
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { StreamingChecker } from '../../src/checker/streaming-checker.js';
import { traitsOf } from '../../src/domain/broker/registry.js';
import type { Drain } from '../../src/domain/drain.js';
import type { Observation } from '../../src/domain/observation.js';
import type { CheckerOptions } from '../../src/domain/scenario/checker-options.js';
import { queueNamesOf } from '../../src/run/row/claims-of-plan.js';
import { feed } from '../checker/support/feed.js';
import { options, scoped, wholeHistories } from '../checker/support/random-cases.js';
import { readBack, ScratchFile } from '../observation/fixtures.js';
import { commandOf, drawnRuns, drawSeed, type DrawnKind } from '../run/drawn-runs.js';
import * as drawn from '../run/drawn-kinds.js';
import { simulate } from '../run/simulate.js';
import { signaturesOf, tallied } from './oracle/signatures/signatures.js';

/** For a machine that is busy with other things. */
const timeout = 180_000;

function bothTallies(observations: readonly Observation[], checkerOptions: CheckerOptions, drain: Drain) {
  const checker = new StreamingChecker(checkerOptions);
  feed(observations, checker);
  const { tally, isPublisherOpen } = signaturesOf(observations, checkerOptions, drain);
  return { defined: tally, counted: tallied(checker.end(drain).signatures, isPublisherOpen) };
}

it('agrees with the definitions on every signature of any history', { timeout }, () => {
  fc.assert(
    fc.property(wholeHistories, options, fc.boolean(), (observations, given, complete) => {
      // Nothing is forgotten of histories that are so short.
      const checkerOptions = { ...scoped(observations, given), positionWindow: 1024 };
      const drain = { complete, reason: complete ? null : 'time-out', brokerLost: false, givenUp: 0 };
      const { defined, counted } = bothTallies(observations, checkerOptions, drain);
      expect(counted).toEqual(defined);
    }),
    { numRuns: 1500, seed: drawSeed, endOnFailure: true },
  );
});

const runsPerKind = 6;
const crashing: DrawnKind = {
  name: 'a service that dies',
  draw: (chance) => ({
    ...drawn.failingHandlers.draw(chance),
    ...{ ackWait: '300ms', disturb: `crash:300ms@${chance.int(20, 70)}%` },
  }),
};
const refusing: DrawnKind = {
  name: 'a full queue that refuses, or hands over',
  draw: (chance) => ({
    ...drawn.failingHandlers.draw(chance),
    ...{ overflow: chance.oneOf(['reject', 'inline']), queueSize: '2', laneSize: '1', workers: '2', ackWait: '60ms' },
  }),
};
const rebalancing: DrawnKind = {
  name: 'members that join or leave while handlers fail',
  draw: (chance) => ({
    ...{ mode: 'single', members: '2', handlerTime: '5-20ms', rate: '800', handlerFail: '2%', topics: '1' },
    ...{ aggregates: '12', versions: '20', sessionTimeout: '6s', heartbeatInterval: '300ms' },
    disturb: `${chance.oneOf(['join', 'leave'])}@${chance.int(20, 60)}%`,
  }),
};
const resent: DrawnKind = {
  name: 'publishes that are sent again',
  draw: (chance) => ({
    ...{ mode: 'single', aggregates: '10', versions: '20', topics: '1', rate: '2000' },
    ...{ publish: `async:${chance.int(3, 20)}`, disturb: `refuse:300ms@${chance.int(20, 60)}%` },
  }),
};

const { sharedDurable, replicas, unkeyedPool, twoPublishers, resizedPool, failingHandlers, noKey } = drawn;
const onJetStream = [sharedDurable, replicas, unkeyedPool, twoPublishers, resizedPool, failingHandlers];
const kinds = [
  ...[...onJetStream, crashing, refusing].map((kind) => ({ kind, broker: 'sim:jetstream' as const })),
  ...[noKey, twoPublishers, rebalancing, resent].map((kind) => ({ kind, broker: 'sim:kafka' as const })),
];

describe('the history of a broken bus', () => {
  const scratch = new ScratchFile();
  afterAll(() => scratch.remove());

  it.each(kinds.map((one) => ({ ...one, name: one.kind.name })))(
    'has the signatures that the definitions give: $name, on $broker',
    async ({ kind, broker }) => {
      let anomalies = 0;
      for (const run of drawnRuns(kind, runsPerKind, { broker })) {
        await simulate(run.flags, run.seed, scratch.path);
        const { observed, segments, names } = await readBack(scratch.path);
        for (const [row, { header, end }] of segments.entries()) {
          const traits = traitsOf(broker);
          const checkerOptions: CheckerOptions = {
            ...{
              names: names[row]!,
              orderScope: 'topic',
              logs: traits.logs,
              queues: queueNamesOf(header.topology, traits),
            },
          };
          const { defined, counted } = bothTallies(observed[row]!, checkerOptions, end!.drain);
          expect(counted, commandOf(run)).toEqual(defined);
          for (const count of Object.values(counted)) anomalies += count;
        }
      }
      expect(anomalies).toBeGreaterThan(0);
    },
    timeout,
  );
});

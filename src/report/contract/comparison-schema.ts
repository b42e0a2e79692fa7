/** Describes the shape of a report's comparison (its candidates and recommendation) and of the series of a sweep. */
import { z } from 'zod';
import { adviceKinds } from '../../domain/report/comparison.js';
import { probeOmissions } from '../../domain/report/probe.js';
import { handlerFailures } from '../../domain/scenario/handler-failure.js';
import { modeRows, outcomes } from '../../domain/scenario/scenario.js';
import { amount, count, name, share } from './schema-values.js';

const ratio = { low95: amount.nullable(), high95: amount.nullable() };
const mean95 = z.object({ value: amount, low95: z.number().nullable(), high95: amount.nullable() });

const atMostText =
  'Share of runs that may be violated, with 95 % confidence, by those that were ordered; null: fewer than two were, or one was violated.';

const invertedRate = z
  .object({ value: share.nullable(), low95: share.nullable(), high95: share.nullable() })
  .describe(
    'invertedPairs / contestedPairs, the run being the unit; bounds from five runs on, and where any was inverted.',
  );

const probe = z
  .object({
    outcome: z.enum(outcomes),
    unclearBy: z
      .string()
      .nullable()
      .describe(
        'Of an inconclusive run the kind of its first reason: too-few-at-risk, latent:not-survived; else null.',
      ),
    violations: count,
    regressions: count,
    completionInversions: count,
    duplicates: count.describe('But for those that were redone.'),
    redone: count.describe('Delivered again after a handling that had no effect; no violation.'),
    retries: count.describe('Failed events that were tried again in place.'),
    lost: count,
    atRiskPairs: count,
    bufferDepthMax: count.nullable(),
    handledPerSecond: amount.nullable(),
    p99Ms: amount.nullable(),
  })
  .meta({ id: 'probe', description: 'One run of the candidate under the load of the probe.' });

const candidate = z
  .object({
    name: name.describe('Id of its rows without their repeat.'),
    broker: name,
    mode: z.enum(modeRows),
    strategy: name,
    guarantee: z.object({
      order: z.enum(['total', 'per-aggregate', 'per-aggregate, first pass', 'per-partition', 'none']),
      survives: z.object({
        redelivery: z.boolean(),
        crash: z.boolean(),
        resize: z.boolean(),
        rebalance: z.boolean(),
        partitions: z.boolean(),
      }),
    }),
    costs: z.string().describe('What it costs, and when it fails, in words.'),
    repairsInput: z.boolean(),
    repairs: z
      .enum(['behind a fault', 'a sound bus'])
      .nullable()
      .describe('Of one that repairs its input, what it stands behind; null: it repairs nothing.'),
    outcome: z.enum(outcomes).describe('The worst of its runs.'),
    notRun: z.string().nullable().describe('Why its broker or mode cannot do it; null if it was run.'),
    runs: count,
    runsOrdered: count,
    runsViolated: count.nullable().describe('null: the report was written before these were counted.'),
    atMost: share.nullable().describe(atMostText),
    regressions: count,
    regressionsUpstream: count.describe('Of these, those whose order was lost before the dispatcher.'),
    regressionsPerRun: mean95
      .nullable()
      .describe("Mean with its 95 % interval by Student's t; null if nothing was run."),
    duplicates: count,
    duplicatesRedone: count
      .nullable()
      .describe('Of these, those that decide nothing; null: the report was written before they were counted.'),
    lost: count,
    others: count.describe('Phantoms, store inversions, split keys, overlaps and completion inversions.'),
    violations: count,
    contestedPairs: count,
    atRiskPairs: count.nullable().describe('Pairs that could have gone wrong; null: the report is older than 2.0.'),
    invertedPairs: count,
    invertedRate,
    handledPerSecond: amount.nullable().describe('Median of the runs, as are the next three.'),
    p50Ms: amount.nullable(),
    p99Ms: amount.nullable(),
    handlersMean: amount.nullable(),
    relativeSpeed: z
      .object({ ratio: amount, ...ratio })
      .nullable()
      .describe("Handled/s by the baseline's, repeat by repeat, with its 95 % interval."),
    heldMax: count.nullable(),
    bufferDepthMax: count.nullable(),
    peakRssBytes: count.nullable().describe('null since 2.0: the memory of the process says nothing of a candidate.'),
    isParetoOptimal: z
      .boolean()
      .describe('It held order, and no other that did is better in one respect and as good in the others.'),
    probe: probe.nullable().describe('How it came out where a few handlers fail; null: not tried.'),
  })
  .meta({ id: 'candidate' });

export const seriesSchema = z.object({
  field: name,
  name,
  points: z.array(
    z.object({
      value: z.string(),
      runs: count,
      runsOrdered: count.nullable(),
      atMost: share.nullable().describe(atMostText),
      outcome: z.enum(outcomes),
      violations: count,
      regressionsPerRun: mean95.nullable(),
      contestedPairs: count,
      atRiskPairs: count.nullable(),
      invertedRate,
      handledPerSecond: amount.nullable(),
      p50Ms: amount.nullable(),
      p99Ms: amount.nullable(),
      handlersMean: amount.nullable(),
      heldMax: count.nullable(),
    }),
  ),
});

export const comparisonSchema = z.object({
  baseline: name,
  candidates: z.array(candidate),
  probe: z
    .object({ handlerFailShare: share, handlerFailure: z.enum(handlerFailures), versions: count })
    .nullable()
    .describe('The second load, under which each candidate ran once; null: there was none.'),
  probeOmitted: z.enum(probeOmissions).nullable().describe('Why there was no probe; null: there was one.'),
  recommendation: z.object({
    candidate: name.nullable(),
    text: z.string().describe('The headline and all parts, in sentences.'),
    headline: z.string().describe('What to take, in a sentence.'),
    because: z
      .string()
      .nullable()
      .describe('Why, what it costs and what it does not survive, in one sentence; null: nothing is recommended.'),
    parts: z.array(z.object({ kind: z.enum(adviceKinds), text: z.string() })),
  }),
});

/** Reports of any content that the contract allows, likely or not. */
import { againReasons, explainedKinds, noneExplained } from '../../src/domain/report/anomaly-signature.js';
import fc from 'fast-check';
import { evidenceClaims, remedyKinds } from '../../src/domain/report/cause-evidence.js';
import { stages } from '../../src/domain/observation.js';
import type { Reason } from '../../src/domain/report/reason.js';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import {
  answers,
  deliveryStates,
  incidents,
  type CauseWitness,
  type WitnessEvent,
} from '../../src/domain/report/witness.js';
import { outcomes } from '../../src/domain/scenario/scenario.js';
import { everyReason } from './every-reason.js';
import { counts, duplicates, exposure, finding, report, row } from './fixtures.js';

const count = fc.oneof(fc.nat(20), fc.nat(10_000_000), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
const measure = fc.option(fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, noNaN: true })));
const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.stringMatching(/^[a-z. -]{20,200}$/),
);
const id = fc
  .tuple(
    fc.constantFrom('', 'nats:', 'sim:jetstream:'),
    fc.constantFrom('multi/shared', 'multi/per-topic', 'single'),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\+[a-z0-9-]{1,40}$/)),
    fc.integer({ min: 1, max: 2000 }),
  )
  .map(([broker, mode, strategy, repeat]) => `${broker}${mode}${strategy}#${repeat}`);

const countsOf = fc
  .record({
    published: count,
    delivered: count,
    handled: count,
    violations: count,
    regressions: count,
    lost: count,
    unseen: count,
    misroutes: count,
    overlaps: count,
    storeInversions: count,
    splitKeys: count,
    phantoms: count,
    completionInversions: count,
    redone: count,
    redelivered: count,
  })
  .map(({ redelivered, ...others }) => counts({ ...others, duplicates: duplicates(redelivered) }));

const findingOf = fc.record({
  aggregateId: name,
  topic: name,
  regressions: count,
  duplicates: count,
  lost: count,
  gaps: count,
});

const evidenceOf = fc.record({
  claim: fc.constantFrom(...evidenceClaims),
  count: fc.option(count),
  of: fc.option(count),
  detail: fc.option(name),
});

/** Of every kind, with any numbers and any words. */
const reasonOf: fc.Arbitrary<Reason> = fc
  .tuple(fc.constantFrom(...everyReason), fc.array(count, { minLength: 5, maxLength: 5 }), fc.option(name))
  .map(([reason, values, detail]) => {
    const numbers = Object.fromEntries(Object.keys(reason.numbers).map((key, at) => [key, values[at]!]));
    return { ...reason, numbers, detail } as Reason;
  });

const moment = { stamp: count, atMs: fc.constantFrom(0, 14.2, 5_137.925) };

const witnessEventOf: fc.Arbitrary<WitnessEvent> = fc.record({
  version: count,
  publisher: fc.option(count),
  publish: fc.option(fc.record(moment)),
  store: fc.record({ topic: fc.option(name), partition: fc.option(count), position: fc.option(count) }),
  deliver: fc.option(
    fc.record({
      ...{ subscription: name, queue: fc.option(name), owned: fc.boolean(), deliveryCount: fc.option(count) },
      ...{ again: fc.option(fc.constantFrom(...againReasons)), ...moment },
    }),
  ),
  submitStamp: fc.option(count),
  start: fc.option(fc.record({ lane: fc.constantFrom(-1, 0, 12), attempt: count, ...moment })),
  finish: fc.option(fc.record(moment)),
  state: fc.option(fc.constantFrom(...deliveryStates)),
  answer: fc.option(fc.record({ kind: fc.constantFrom(...answers), ...moment })),
});

/** Of every kind, with events that need not fit together. */
const witnessOf: fc.Arbitrary<CauseWitness> = fc.record({
  kind: fc.constantFrom(...explainedKinds),
  aggregateId: name,
  crossedAt: fc.option(fc.constantFrom(...stages, 'unknown' as const)),
  extent: fc.option(count),
  lagMs: fc.option(fc.constantFrom(0, 2.5)),
  stamp: fc.option(count),
  event: witnessEventOf,
  otherDelivery: fc.option(witnessEventOf),
  otherEvent: fc.option(witnessEventOf),
  amid: fc.option(fc.record({ what: fc.constantFrom(...incidents), ...moment })),
});

const causeOf = fc.record<RunRow['causes'][number]>({
  id: fc.constantFrom('shared-durable', 'unkeyed-pool'),
  explains: fc.constant({ ...noneExplained(), regressions: 1 }),
  latent: fc.boolean(),
  confidence: fc.constantFrom('certain', 'likely', 'possible'),
  evidence: fc.array(evidenceOf, { maxLength: 2 }),
  refutes: fc.constant([]),
  remedy: fc.record({ kind: fc.constantFrom(...remedyKinds), detail: fc.option(name) }),
  witnesses: fc.array(witnessOf, { maxLength: 2 }),
});

const rowOf: fc.Arbitrary<RunRow> = fc
  .record({
    id,
    outcome: fc.constantFrom(...outcomes),
    clock: fc.constantFrom('virtual' as const, 'wall' as const),
    reasons: fc.array(reasonOf, { maxLength: 3 }),
    counts: countsOf,
    contested: count,
    inverted: fc.boolean(),
    origin: fc.constantFrom(...stages, 'unknown' as const),
    origins: count,
    causes: fc.array(causeOf, { maxLength: 2 }),
    handledPerSecond: measure,
    p50: measure,
    p99: measure,
    aggregates: fc.array(findingOf, { maxLength: 7 }),
    aggregatesTotal: count,
    aggregatesWithAnomalies: count,
    error: fc.option(fc.record({ code: name, message: name, wayOut: name })),
    url: fc.option(name),
  })
  .map(({ contested, inverted, origin, origins, handledPerSecond, p50, p99, url, aggregates, ...others }) => {
    const plain = row(others.id);
    return row(others.id, {
      ...others,
      broker: { kind: 'nats', version: null, url },
      exposure: exposure(inverted ? Math.floor(contested / 3) : 0, contested),
      origins: { ...plain.origins, [origin]: origins },
      throughput: { publishedPerSecond: null, handledPerSecond },
      latencyMs: { ...plain.latencyMs, endToEnd: { p50, p90: null, p99, p999: null, max: null } },
      aggregates: aggregates.map(({ aggregateId, ...found }) => finding(aggregateId, found)),
    });
  });

export const anyReport: fc.Arbitrary<RunReport> = fc
  .record({ runs: fc.array(rowOf, { maxLength: 8 }), replay: fc.string({ maxLength: 300 }), version: name })
  .map(({ runs, replay, version }) =>
    report(runs, { replay, tool: { name: 'eventbus-bench', version, gitCommit: null } }),
  );

export const anyGate = fc.option(
  fc.record({
    outcome: fc.constantFrom('held' as const, 'breached' as const, 'inconclusive' as const),
    findings: fc.array(
      fc.record({
        kind: fc.constantFrom('breach' as const, 'inconclusive' as const),
        rowId: fc.option(name),
        text: name,
      }),
      { maxLength: 3 },
    ),
  }),
);

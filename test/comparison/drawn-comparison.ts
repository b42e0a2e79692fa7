/**
 * Comparisons drawn at random: candidates on one broker or two, with figures that are often equal, near each other or
 * not known, outcomes of all kinds, rows that were not run, and a probe of some, all or none of them.
 */
import fc from 'fast-check';
import { compareRows } from '../../src/comparison/compare.js';
import type { Compared } from '../../src/domain/report/advice.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { counts, exposure, row, scenario } from '../report/fixtures.js';
import { claiming } from './fixtures.js';

export interface Drawn {
  readonly compared: Compared;
  readonly rowsOf: (name: string) => readonly RunRow[];
}

const outcome = fc.constantFrom('ordered', 'ordered', 'ordered', 'inconclusive', 'violated');
/** Factors of the candidate's usual figure: small ones make intervals that part, great ones intervals that overlap. */
const factor = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(1, 1, 1.001, 0.999) },
  { weight: 1, arbitrary: fc.constantFrom(1.01, 1.3, null) },
);
const usualFigure = fc.constantFrom(100, 100, 100.5, 102, 130, 250);
const depth = fc.constantFrom(null, null, 0, 12);

/** Mostly the one value, so that many candidates come to the later steps of the ranking; else one of the others. */
function usually<const Value, const Other>(value: Value, others: readonly Other[]): fc.Arbitrary<Value | Other> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

const run = fc.record({
  outcome,
  speed: factor,
  p50: factor,
  p99: factor,
  regressions: fc.constantFrom(0, 0, 3),
  duplicates: fc.constantFrom(0, 0, 4),
  atRisk: fc.constantFrom(0, 40, 1000),
});

const candidate = fc.record({
  mode: fc.constantFrom('single', 'multi/shared', 'multi/per-topic'),
  order: usually('per-aggregate', ['none', 'per-aggregate, first pass', 'per-partition', 'total']),
  repairsInput: usually(false, [true]),
  survives: usually({}, [{ redelivery: true }, { crash: true }, { redelivery: true, resize: true, rebalance: true }]),
  speed: usualFigure,
  p50: usualFigure,
  p99: usualFigure,
  /** Mostly one outcome for all runs, since few candidates would hold order otherwise. */
  usual: fc.constantFrom('ordered', 'ordered', null),
  runs: fc.array(run, { minLength: 4, maxLength: 4 }),
  depth,
  isRun: usually(true, [true, false]),
  probed: usually('ordered', ['violated', 'inconclusive', null]),
});

export const drawnComparison: fc.Arbitrary<Drawn> = fc
  .record({
    candidates: fc.array(candidate, { minLength: 1, maxLength: 6 }),
    repeats: fc.constantFrom(1, 3, 4),
    brokers: fc.constantFrom(['sim:jetstream'], ['nats', 'kafka']),
    isProbed: fc.boolean(),
    isCutShort: fc.boolean(),
  })
  .map(({ candidates, repeats, brokers, isProbed, isCutShort }) => {
    const all = candidates.map((one, at) => ({
      ...one,
      strategy: at === 0 ? 'keyed-pool' : `s${String(at)}`,
      broker: brokers[at % brokers.length]!,
    }));
    const prefix = (broker: string): string => (brokers.length > 1 ? `${broker}:` : '');
    const rows = all.flatMap((one) =>
      one.runs.slice(0, repeats).map((drawn, at) => rowOf(one, drawn, `${prefix(one.broker)}${one.mode}`, at + 1)),
    );
    const probed = all.flatMap((one) => {
      if (one.probed === null || !one.isRun) return [];
      const first = { ...one.runs[0]!, outcome: one.probed };
      return [rowOf({ ...one, usual: null }, first, `${prefix(one.broker)}${one.mode}`, 1)];
    });
    const compared = compareRows({
      rows,
      scenario,
      baseline: null,
      probe: isProbed
        ? { scenario: { ...scenario, handlerFailShare: 0.01, handlerFailure: 'nak' }, rows: probed }
        : 'off',
      isCutShort,
      claimsOf: (strategy) => {
        const { survives, order, repairsInput } = all.find((one) => one.strategy === strategy)!;
        return claiming(survives, { order, repairsInput });
      },
      survivorsOf: (threat) => (threat === 'crash' ? ['elsewhere'] : []),
    })!;
    return { compared, rowsOf: (name) => rows.filter(({ id }) => id.replace(/#\d+$/, '') === name) };
  });

type DrawnRun = typeof run extends fc.Arbitrary<infer R> ? R : never;
type DrawnCandidate = (typeof candidate extends fc.Arbitrary<infer C> ? C : never) & {
  readonly strategy: string;
  readonly broker: string;
};

/** A row whose outcome and counts agree: one that is ordered has no violation, one that is violated has some. */
function rowOf(one: DrawnCandidate, drawn: DrawnRun, place: string, repeat: number): RunRow {
  const id = `${place}+${one.strategy}#${String(repeat)}`;
  const plain = row(id);
  const isDone = one.isRun;
  const found = !isDone ? 'inconclusive' : (one.usual ?? drawn.outcome);
  const [regressions, repeated] = found === 'violated' ? [drawn.regressions, drawn.duplicates] : [0, 0];
  const deciding = found === 'violated' && regressions + repeated === 0 ? 1 : 0;
  const { duplicates } = plain.counts;
  const figureOf = (usual: number, times: number | null): number | null =>
    isDone && times !== null ? usual * times : null;
  return {
    ...plain,
    mode: one.mode === 'single' ? 'single' : 'multi',
    durable: one.mode === 'single' ? null : one.mode === 'multi/shared' ? 'shared' : 'per-topic',
    strategy: one.strategy,
    broker: { ...plain.broker, kind: one.broker },
    repeat,
    outcome: found,
    error: isDone ? null : { code: 'unsupported', message: 'it cannot', wayOut: 'another' },
    counts: counts({
      regressions,
      lost: deciding,
      violations: regressions + repeated + deciding,
      duplicates: { ...duplicates, total: repeated },
    }),
    origins: { ...plain.origins, deliver: regressions },
    exposure: exposure(regressions, regressions > 0 || found === 'ordered' ? Math.max(drawn.atRisk, 40) : drawn.atRisk),
    throughput: { publishedPerSecond: null, handledPerSecond: figureOf(one.speed, drawn.speed) },
    latencyMs: {
      ...plain.latencyMs,
      endToEnd: { ...plain.latencyMs.endToEnd, p50: figureOf(one.p50, drawn.p50), p99: figureOf(one.p99, drawn.p99) },
    },
    bufferDepthMax: one.depth,
  };
}

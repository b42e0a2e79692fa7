import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import { plainReason } from '../../src/domain/report/reason.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { Scenario } from '../../src/domain/scenario/scenario.js';
import { breachesGate, checkGates, evaluateGates, repeatsToConfidence, summariseGates } from '../../src/gate/gate.js';
import {
  counts,
  exposure,
  report,
  row,
  scenario as example,
  drainIncomplete,
  tooFewAtRisk,
} from '../report/fixtures.js';
import { inModes } from '../in-modes.js';
import { someCause } from './some-cause.js';

const plain: Scenario = { ...example, ...inModes(['single']), expect: {}, failOn: [], maxViolations: null };

const single = (overrides: Partial<RunRow>): RunRow =>
  row('single#1', {
    mode: 'single',
    durable: null,
    repeat: 1,
    outcome: 'ordered',
    reasons: [],
    counts: counts(),
    ...overrides,
  });
const shared = (overrides: Partial<RunRow>): RunRow =>
  single({ id: 'multi/shared#1', mode: 'multi', durable: 'shared', ...overrides });

const violated = { outcome: 'violated', counts: counts({ violations: 3, regressions: 3 }) } as const;
const inconclusive = { outcome: 'inconclusive', reasons: [tooFewAtRisk(0, 0, 90)] } as const;

function evaluate(gates: Partial<Scenario>, ...rows: RunRow[]) {
  const { breaches, inconclusive, given } = evaluateGates({ ...plain, ...gates }, report(rows));
  return { breaches, inconclusive, given };
}

describe('without a gate', () => {
  it('nothing is breached and nothing undecided, whatever was found', () => {
    expect(evaluate({}, single(violated))).toMatchObject({ breaches: [], inconclusive: [], given: false });
    expect(evaluate({}, single(inconclusive))).toMatchObject({ breaches: [], inconclusive: [], given: false });
  });
});

describe('--max-violations', () => {
  it('holds up to its number', () => {
    expect(evaluate({ maxViolations: 3 }, single(violated))).toMatchObject({
      breaches: [],
      inconclusive: [],
      given: true,
    });
  });

  it('is breached beyond it, in any row', () => {
    const { breaches } = evaluate(
      { maxViolations: 2, ...inModes(['multi/shared', 'single']) },
      shared({}),
      single(violated),
    );
    expect(breaches).toEqual(['single#1 has 3 violations; --max-violations allows 2']);
  });

  it('is undecided by an inconclusive row: no violation seen is no pass', () => {
    expect(evaluate({ maxViolations: 0 }, single(inconclusive))).toMatchObject({
      breaches: [],
      inconclusive: [
        'single#1 is inconclusive (no aggregate ever had two events under way at once (0 of 90 pairs of consecutive events), so nothing could have gone wrong)',
      ],
      given: true,
    });
  });

  it('is undecided by a row that was not run', () => {
    const { inconclusive: undecided } = evaluate(
      { maxViolations: 0, ...inModes(['multi/shared', 'single']), repeat: 2 },
      shared({}),
    );
    expect(undecided).toEqual(['single#1 was not run', 'multi/shared#2 was not run', 'single#2 was not run']);
  });
});

describe('--fail-on', () => {
  it('is breached by a row for which it holds', () => {
    const { breaches } = evaluate({ failOn: ['regressions>2', 'lost>0'] }, single(violated));
    expect(breaches).toEqual(['single#1 has regressions 3; --fail-on is regressions>2']);
  });

  it('is undecided where the value is not known', () => {
    const { breaches, inconclusive: undecided } = evaluate(
      { failOn: ['peakRssBytes>1'] },
      single({ peakRssBytes: null }),
    );
    expect(breaches).toEqual([]);
    expect(undecided).toEqual(['single#1 does not know peakRssBytes, so --fail-on peakRssBytes>1 is undecided']);
  });

  it('can be breached by an inconclusive row: what was seen is certain', () => {
    const row = single({ ...inconclusive, counts: counts({ descents: 1 }) });
    const result = evaluate({ failOn: ['descents>0'] }, row);
    expect(result.breaches).toHaveLength(1);
    expect(result.inconclusive).toHaveLength(1);
  });
});

describe('expect', () => {
  it('holds where the outcome is among those expected and everything is so', () => {
    const expected = { single: { outcome: ['ordered', 'violated'], that: ['regressions==3'] } } as const;
    expect(evaluate({ expect: expected }, single(violated))).toMatchObject({
      breaches: [],
      inconclusive: [],
      given: true,
    });
  });

  it('is breached by another outcome, and by what is not so', () => {
    const expected = { single: { outcome: ['ordered'], that: ['regressions==0', 'lost==0'] } } as const;
    expect(evaluate({ expect: expected }, single(violated)).breaches).toEqual([
      'single#1 is violated; expected is ordered',
      'single#1 has regressions 3; expected is regressions==0',
    ]);
  });

  it('is breached by a cause that is not named, and by one that is not expected; latent ones do not count', () => {
    const latent = someCause('shared-durable', { latent: true });
    const causes = [someCause('unkeyed-pool'), latent, someCause('pool-resize')];
    const expected = { single: { causes: ['missing-ack'], beside: ['pool-resize'] } } as const;
    expect(evaluate({ expect: expected }, single({ ...violated, causes })).breaches).toEqual([
      'single#1 does not name the cause missing-ack, which is expected',
      'single#1 names the cause unkeyed-pool, which is not expected',
    ]);
    const met = { single: { causes: ['unkeyed-pool', 'pool-resize'] } } as const;
    expect(evaluate({ expect: met }, single({ ...violated, causes })).breaches).toEqual([]);
  });

  it('is undecided, not breached, by a cause that an inconclusive row does not name', () => {
    const result = evaluate({ expect: { single: { causes: ['missing-ack'] } } }, single(inconclusive));
    expect(result).toMatchObject({ breaches: [] });
    expect(result.inconclusive).toHaveLength(1);
  });

  it('is breached if something ordered was expected to be violated: a canary must fail', () => {
    expect(evaluate({ expect: { single: { outcome: ['violated'] } } }, single({})).breaches).toHaveLength(1);
  });

  it('is undecided, not breached, by an inconclusive row', () => {
    const expected = { single: { outcome: ['ordered'], that: ['handled>0'] } } as const;
    const result = evaluate({ expect: expected }, single({ ...inconclusive, counts: counts({ handled: 0 }) }));
    expect(result.breaches).toEqual([]);
    expect(result.inconclusive).toEqual([
      'single#1 is inconclusive (no aggregate ever had two events under way at once (0 of 90 pairs of consecutive events), so nothing could have gone wrong)',
    ]);
  });

  it('accepts an inconclusive row where it says so, and still checks the rest', () => {
    const outcome = ['violated', 'inconclusive'] as const;
    expect(evaluate({ expect: { single: { outcome } } }, single(inconclusive)).inconclusive).toEqual([]);
    const result = evaluate(
      { expect: { single: { outcome, that: ['misroutes>0'] } } },
      single({ ...inconclusive, counts: counts({ misroutes: 0 }) }),
    );
    expect(result.breaches).toEqual(['single#1 has misroutes 0; expected is misroutes>0']);
  });

  it('does not make another gate accept an inconclusive row', () => {
    const result = evaluate(
      { expect: { single: { outcome: ['inconclusive'] } }, maxViolations: 0 },
      single(inconclusive),
    );
    expect(result.inconclusive).toHaveLength(1);
  });

  it('speaks of every repeat of a row', () => {
    const rows = [single({}), single({ ...violated, id: 'single#2', repeat: 2 })];
    expect(evaluate({ expect: { single: { outcome: ['ordered'] } }, repeat: 2 }, ...rows).breaches).toEqual([
      'single#2 is violated; expected is ordered',
    ]);
  });
});

describe('gates on some rows', () => {
  const rows = { ...inModes(['multi/shared', 'single']), maxViolations: 0 };

  it('leave the others alone, breached, inconclusive or not run', () => {
    const gates = { ...rows, gateRows: ['single'] };
    expect(evaluate(gates, shared(violated), single({}))).toMatchObject({
      breaches: [],
      inconclusive: [],
      given: true,
    });
    expect(evaluate(gates, shared(inconclusive), single({})).inconclusive).toEqual([]);
    expect(evaluate(gates, single({})).inconclusive).toEqual([]);
    expect(evaluate(gates, shared({})).inconclusive).toEqual(['single#1 was not run']);
  });

  it('name them by mode, strategy and broker', () => {
    for (const name of ['single', 'single+keyed-pool', 'sim:jetstream:single', 'sim:jetstream:single+keyed-pool']) {
      expect(evaluate({ ...rows, gateRows: [name] }, shared({}), single(violated)).breaches, name).toHaveLength(1);
    }
    expect(evaluate({ ...rows, gateRows: ['nats:single'] }, shared({}), single(violated))).toMatchObject({
      breaches: [],
      inconclusive: ['no row was run'],
      given: true,
    });
  });
});

describe('--until-at-risk', () => {
  const gates = { maxViolations: 0, untilAtRisk: 1_000, repeat: 1 };
  const some = single({ exposure: exposure(0, 1_200) });
  const vacuous = single({ id: 'single#2', repeat: 2, ...inconclusive, exposure: exposure(0, 0) });

  it('lets the sum decide, not a repeat without any pair at risk', () => {
    expect(evaluate(gates, some, vacuous)).toMatchObject({ breaches: [], inconclusive: [], given: true });
    expect(evaluate({ ...gates, untilAtRisk: null }, some, vacuous).inconclusive).toHaveLength(1);
    expect(evaluate({ ...gates, expect: { single: { outcome: ['ordered'] } } }, some, vacuous).breaches).toEqual([]);
  });

  it('is a gate of its own, undecided while a row has seen too few', () => {
    const { breaches, inconclusive: open } = evaluate({ untilAtRisk: 5_000 }, some, vacuous);
    expect(breaches).toEqual([]);
    expect(open).toEqual(['single has seen 1,200 of the 5,000 pairs at risk asked for (--until-at-risk) in 2 repeats']);
  });

  it('does not excuse a repeat that is inconclusive for another reason', () => {
    const cut = { ...vacuous, reasons: [plainReason('interrupted'), ...vacuous.reasons] };
    expect(evaluate(gates, some, cut).inconclusive).toHaveLength(1);
  });

  it('misses the rows of a last repeat that was cut short', () => {
    const both = { ...gates, ...inModes(['multi/shared', 'single']) };
    const { inconclusive: open } = evaluate(both, shared(violated), some, shared({ id: 'multi/shared#2', repeat: 2 }));
    expect(open).toEqual(['single#2 was not run']);
  });
});

describe('a confidence', () => {
  const gates = { maxViolations: 0, confidence: 0.75, within: 0.5, repeat: 2 };
  const [first, second] = [single({}), single({ id: 'single#2', repeat: 2 })];
  const third = single({ id: 'single#3', repeat: 3 });

  it('holds once so many runs were ordered, whatever others could not tell', () => {
    const cut = { ...second, ...inconclusive, reasons: [drainIncomplete(3)] };
    expect(evaluate(gates, first, second)).toMatchObject({ breaches: [], inconclusive: [], given: true });
    expect(evaluate(gates, first, cut, third)).toMatchObject({ breaches: [], inconclusive: [], given: true });
    expect(repeatsToConfidence({ ...plain, ...gates }, [first, cut])).toBe(1);
    expect(repeatsToConfidence({ ...plain, ...gates }, [first, cut, third])).toBe(0);
  });

  it('is undecided while too few were ordered', () => {
    const { breaches, inconclusive: open } = evaluate(gates, first, { ...second, ...inconclusive });
    expect(breaches).toEqual([]);
    expect(open).toEqual([expect.stringContaining('single: 1 of 2 runs ordered, 1 inconclusive')]);
  });

  it('is breached by a violated run, and says no more', () => {
    const result = evaluate(gates, first, { ...second, ...violated });
    expect(result.breaches).toHaveLength(1);
    expect(result.inconclusive).toEqual([]);
  });

  it('does not pass runs whose violations a gate allows', () => {
    const { breaches, inconclusive: open } = evaluate({ ...gates, maxViolations: 3 }, first, second, {
      ...third,
      ...violated,
    });
    expect(breaches).toEqual([]);
    expect(open).toEqual([expect.stringContaining('2 of 3 runs ordered, 1 violated')]);
  });

  it('asks nothing of rows that are expected to come out otherwise, or that the gate does not speak of', () => {
    const both = { ...gates, maxViolations: null, ...inModes(['multi/shared', 'single']), repeat: 1 };
    const expect_ = { 'multi/shared': { outcome: ['violated'] }, single: { outcome: ['ordered'] } } as const;
    const rows = [shared(violated), first, { ...shared(violated), id: 'multi/shared#2', repeat: 2 }, second];
    expect(evaluate({ ...both, expect: expect_ }, ...rows)).toMatchObject({ breaches: [], inconclusive: [] });
    const named = { ...both, maxViolations: 0, gateRows: ['single'] };
    expect(evaluate(named, ...rows)).toMatchObject({ breaches: [], inconclusive: [] });
    expect(repeatsToConfidence({ ...plain, ...named }, rows.slice(0, 2))).toBe(1);
  });
});

describe('a held gate', () => {
  it('says on how many runs and pairs at risk it rests', () => {
    const { evidence } = evaluateGates(
      { ...plain, maxViolations: 0 },
      report([single({ exposure: exposure(0, 300) })]),
    );
    expect(evidence).toEqual([
      'single: ordered; 0 of 300 pairs at risk came in the wrong order (one run gives no bound)',
    ]);
  });
});

describe('a row on its own', () => {
  it('breaches a gate, or without one by being violated', () => {
    expect(breachesGate({ ...plain, maxViolations: 2 }, single(violated))).toBe(true);
    expect(breachesGate({ ...plain, maxViolations: 3 }, single(violated))).toBe(false);
    expect(breachesGate({ ...plain, maxViolations: 0, gateRows: ['multi/shared'] }, single(violated))).toBe(false);
    expect(breachesGate({ ...plain, maxViolations: 0 }, single(inconclusive))).toBe(false);
    expect(breachesGate(plain, single(violated))).toBe(true);
  });
});

describe('gates before a run', () => {
  it('are refused if an expression is not one', () => {
    expect(() => checkGates({ failOn: ['regresions>0'], expect: {} })).toThrow(UsageError);
    expect(() => checkGates({ failOn: [], expect: { single: { that: ['lost'] } } })).toThrow(
      /^expect → single: "lost" is not/,
    );
  });

  it('pass otherwise', () => {
    expect(() => checkGates({ failOn: ['lost>0'], expect: { single: { that: ['naive==0'] } } })).not.toThrow();
  });
});

describe('a scenario on several brokers', () => {
  const brokers = ['nats', 'kafka'] as const;
  const on = (broker: (typeof brokers)[number], overrides: Partial<RunRow>): RunRow =>
    single({ id: `${broker}:single#1`, broker: { kind: broker, version: null, url: null }, ...overrides });

  it('expects of the row on one broker what is said of that one, and of the others what is said of all', () => {
    const expect_ = { single: { outcome: ['ordered'] }, 'kafka:single': { outcome: ['violated'] } } as const;
    const gates = { brokers, expect: expect_ };
    expect(evaluate(gates, on('nats', {}), on('kafka', violated)).breaches).toEqual([]);
    const { breaches } = evaluate(gates, on('nats', violated), on('kafka', {}));
    expect(breaches).toEqual([
      'nats:single#1 is violated; expected is ordered',
      'kafka:single#1 is ordered; expected is violated',
    ]);
  });

  it('is undecided if the row on one of them was not run', () => {
    const { inconclusive } = evaluate({ brokers, maxViolations: 0 }, on('nats', {}));
    expect(inconclusive).toEqual(['kafka:single#1 was not run']);
  });
});

describe('the findings', () => {
  it('name their row, one that was not run too', () => {
    const result = evaluateGates({ ...plain, maxViolations: 0, repeat: 2 }, report([single(violated)]));
    expect(result.findings.map(({ kind, rowId }) => [kind, rowId])).toEqual([
      ['breach', 'single#1'],
      ['inconclusive', 'single#2'],
    ]);
  });

  it('are summed up as breached before undecided before held, breaches first; nothing without a gate', () => {
    const summary = (gates: Partial<Scenario>, ...rows: RunRow[]) =>
      summariseGates(evaluateGates({ ...plain, ...gates }, report(rows)));
    expect(summary({}, single(violated))).toBeNull();
    expect(summary({ maxViolations: 3 }, single(violated))).toMatchObject({ outcome: 'held', findings: [] });
    expect(summary({ maxViolations: 0 }, single(inconclusive))).toMatchObject({ outcome: 'inconclusive' });
    const both = summary({ maxViolations: 0 }, single(inconclusive), { ...single(violated), id: 'single#2' });
    expect(both!.outcome).toBe('breached');
    expect(both!.findings.map(({ kind }) => kind)).toEqual(['breach', 'inconclusive']);
  });
});

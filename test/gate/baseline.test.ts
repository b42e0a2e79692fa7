/** A report held against an older one: counts exactly, speed where it is sure, and only like with like. */
import { describe, expect, it } from 'vitest';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import { parseBaseline, type BaselineReport } from '../../src/report/contract/parse-baseline.js';
import { renderJson } from '../../src/report/contract/json.js';
import { compareWithBaseline, type BaselineOptions } from '../../src/gate/baseline.js';
import { worseCounts } from '../../src/domain/report/worse-counts.js';
import { inModes } from '../in-modes.js';
import { counts, drainIncomplete, duplicates, report as reportOf, row, scenario } from '../report/fixtures.js';

const single = (repeat: number, overrides: Partial<RunRow> = {}): RunRow =>
  row(`single#${repeat}`, {
    mode: 'single',
    durable: null,
    repeat,
    outcome: 'ordered',
    reasons: [],
    counts: counts(),
    ...overrides,
  });
const wall = { clock: 'wall' } as const;

function report(rows: readonly RunRow[], overrides: Partial<RunReport> = {}): RunReport {
  return { ...reportOf([...rows]), scenario: { ...scenario, ...inModes(['single']), expect: {} }, ...overrides };
}

/** As it would be read from a file. */
function stored(old: RunReport, change: (raw: Record<string, unknown>) => void = () => undefined): BaselineReport {
  const raw = JSON.parse(renderJson(old)) as Record<string, unknown>;
  change(raw);
  return parseBaseline(JSON.stringify(raw), 'old.json');
}

function compare(now: RunReport, old: BaselineReport, options: Partial<BaselineOptions> = {}) {
  const { findings, evidence, notes } = compareWithBaseline(now, old, { threshold: null, gateRows: [], ...options });
  const texts = (kind: string): string[] => findings.filter((found) => found.kind === kind).map(({ text }) => text);
  return { breaches: texts('breach'), undecided: texts('inconclusive'), evidence, notes };
}

describe('the points of a sweep', () => {
  const at = (value: string, violations: number, overrides: Partial<RunRow> = {}): RunRow => {
    const point = { field: 'workers', value };
    const counted = counts({ violations, regressions: violations });
    return single(1, { id: `single@workers=${value}#1`, point, counts: counted, ...overrides });
  };

  it('are each compared with the same point: one that got worse is not hidden by another', () => {
    const { breaches, evidence } = compare(report([at('1', 3), at('8', 5)]), stored(report([at('1', 0), at('8', 5)])));
    expect(breaches).toEqual([
      'single@workers=1: violations 3, in the baseline 0',
      'single@workers=1: regressions 3, in the baseline 0',
    ]);
    expect(evidence).toEqual(['single@workers=8: no count is worse than in the baseline']);
  });

  it('are not compared where one side lacks them, and never pass for it', () => {
    const now = report([at('8', 0, { clock: 'virtual' })]);
    const before = stored(report([at('1', 0, { clock: 'virtual' })]));
    const { undecided, evidence, notes } = compare(now, before, { threshold: 0.1 });
    expect(evidence).toEqual([]);
    expect(notes).toEqual(['single@workers=8 is not in the baseline, so it is not compared']);
    expect(undecided).toEqual([
      'single@workers=1 is in the baseline, and was not run now',
      'the baseline has no row in common with this report',
    ]);
  });
});

describe('counts', () => {
  it('hold where none is worse', () => {
    const before = report([single(1, { counts: counts({ gaps: 4 }) })]);
    const { breaches, undecided, evidence } = compare(
      report([single(1, { counts: counts({ gaps: 5 }) })]),
      stored(before),
    );
    expect({ breaches, undecided }).toEqual({ breaches: [], undecided: [] });
    expect(evidence).toEqual(['single: no count is worse than in the baseline']);
  });

  it('breach by one more than before, with both values', () => {
    const worse = single(1, { counts: counts({ violations: 3, regressions: 2, duplicates: duplicates(1) }) });
    const before = single(1, { counts: counts({ violations: 2, regressions: 2 }) });
    expect(compare(report([worse]), stored(report([before]))).breaches).toEqual([
      'single: violations 3, in the baseline 2',
      'single: duplicates.total 1, in the baseline 0',
    ]);
  });

  it.each(worseCounts.filter((path) => !path.includes('.')))('breach if %s is worse', (path) => {
    const now = report([single(1, { counts: counts({ [path]: 1 }) })]);
    expect(compare(now, stored(report([single(1)]))).breaches).toEqual([`single: ${path} 1, in the baseline 0`]);
  });

  it('do not breach by being better', () => {
    const before = report([single(1, { counts: counts({ violations: 9, regressions: 9 }) })]);
    expect(compare(report([single(1)]), stored(before)).breaches).toEqual([]);
  });

  it('add up over the repeats that both have, and others are noted', () => {
    const now = report([
      single(1),
      single(2, { counts: counts({ lost: 2 }) }),
      single(3, { counts: counts({ lost: 50 }) }),
    ]);
    const before = report([single(1, { counts: counts({ lost: 1 }) }), single(2)]);
    const { breaches, notes } = compare(now, stored(before));
    expect(breaches).toEqual(['single: lost 2, in the baseline 1']);
    expect(notes).toEqual(['single: counts are those of the 2 repeats that both have, of 3 now and 2 in the baseline']);
  });

  it('are undecided where the baseline does not know one', () => {
    const old = stored(report([single(1)]), (raw) => {
      const [first] = raw['runs'] as { counts: Record<string, unknown> }[];
      delete first!.counts['splitKeys'];
    });
    expect(compare(report([single(1)]), old).undecided).toEqual(['single: the baseline does not know splitKeys']);
  });
});

describe('rows', () => {
  it('are found by broker, mode and strategy, whatever their reports call them', () => {
    const now = report([single(1, { id: 'sim:jetstream:single+keyed-pool#1', counts: counts({ lost: 1 }) })]);
    expect(compare(now, stored(report([single(1)]))).breaches).toHaveLength(1);
  });

  it('that were not run now leave it undecided', () => {
    const shared = row('multi/shared#1', { mode: 'multi', durable: 'shared', repeat: 1 });
    const { undecided } = compare(report([single(1)]), stored(report([single(1), shared])));
    expect(undecided).toEqual(['multi/shared is in the baseline, and was not run now']);
    expect(
      compare(report([single(1)]), stored(report([single(1), shared])), { gateRows: ['single'] }).undecided,
    ).toEqual([]);
  });

  it('that are new are noted; if all are, nothing was compared', () => {
    const shared = row('multi/shared#1', { mode: 'multi', durable: 'shared', repeat: 1, outcome: 'violated' });
    const { notes, undecided } = compare(report([shared]), stored(report([])));
    expect(notes).toEqual(['multi/shared is not in the baseline, so it is not compared']);
    expect(undecided).toEqual(['the baseline has no row in common with this report']);
  });

  it('that are inconclusive now decide nothing, and neither do rows that failed then', () => {
    const vague = single(1, { outcome: 'inconclusive', reasons: [drainIncomplete(0)] });
    expect(compare(report([vague]), stored(report([single(1)]))).undecided).toEqual([
      'single#1 is inconclusive (the drain is incomplete)',
    ]);
    const failed = single(1, { error: { code: 'broker-unavailable', message: 'm', wayOut: 'w' } });
    expect(compare(report([single(1)]), stored(report([failed]))).undecided).toEqual([
      'single#1 failed in the baseline, so there is nothing to compare single with',
    ]);
  });
});

describe('another workload', () => {
  it('leaves nothing to compare, and the fields are named', () => {
    const before = report([single(1)], { scenario: { ...scenario, ...inModes(['single']), topics: 9, seed: 7 } });
    const { breaches, undecided } = compare(report([single(1, { counts: counts({ lost: 1 }) })]), stored(before));
    expect(breaches).toEqual([]);
    expect(undecided).toEqual([
      'the baseline is of another workload, so nothing is compared: seed 42, in the baseline 7; topics 5, in the baseline 9',
    ]);
  });

  it('is one that is not known', () => {
    expect(compare(report([single(1)], { scenario: null }), stored(report([single(1)]))).undecided).toHaveLength(1);
    expect(compare(report([single(1)]), stored(report([single(1)], { scenario: null }))).undecided).toHaveLength(1);
  });
});

describe('speed', () => {
  const speeds = (values: readonly number[], overrides: Partial<RunRow> = wall): RunRow[] =>
    values.map((handledPerSecond, at) =>
      single(at + 1, { ...overrides, throughput: { publishedPerSecond: 1_000, handledPerSecond } }),
    );

  it('is held, breached or undecided by the interval', () => {
    const before = stored(report(speeds([1_000, 1_010, 990])));
    const handled = (values: number[]) => {
      const { breaches, undecided, evidence } = compare(report(speeds(values)), before, { threshold: 0.1 });
      const about = (texts: readonly string[]) => texts.filter((text) => text.includes('handledPerSecond')).length;
      return [about(evidence), about(breaches), about(undecided)];
    };
    expect(handled([1_005, 995, 1_000])).toEqual([1, 0, 0]);
    expect(handled([500, 505, 495])).toEqual([0, 1, 0]);
    expect(handled([600, 1_400, 900])).toEqual([0, 0, 1]);
  });

  it('has no interval with one run a side, and says what it takes', () => {
    const { undecided } = compare(report(speeds([1_000])), stored(report(speeds([1_000]))), { threshold: 0.1 });
    expect(undecided).toHaveLength(4);
    expect(undecided[0]).toContain('one run a side has no confidence interval; run both with --repeat 5');
  });

  it('is exact on the simulator, with one run a side and on any machine', () => {
    const virtual = { clock: 'virtual' } as const;
    const environment = { node: '1', os: 'o', cpu: 'c', cores: 99 };
    const before = stored(report(speeds([1_000], virtual), { environment }));
    const { breaches } = compare(report(speeds([899], virtual)), before, { threshold: 0.1 });
    expect(breaches).toEqual([
      "single: throughput.handledPerSecond is 0.899 times the baseline's (exactly); --threshold allows 0.900",
    ]);
    expect(compare(report(speeds([901], virtual)), before, { threshold: 0.1 })).toMatchObject({
      breaches: [],
      undecided: [],
    });
  });

  it('is not compared across machines or major versions of the schema; counts are', () => {
    const environment = { ...report([]).environment, cores: 99 };
    const elsewhere = stored(report(speeds([9_000, 9_000]), { environment }));
    const slow = speeds([1, 1]).map((one) => ({ ...one, counts: counts({ lost: 1 }) }));
    const { breaches, undecided } = compare(report(slow), elsewhere, { threshold: 0.1 });
    expect(breaches).toEqual(['single: lost 2, in the baseline 0']);
    expect(undecided).toHaveLength(1);
    expect(undecided[0]).toMatch(/machine is another \(cores \d+, in the baseline 99\).*--threshold none/);
    const first = stored(report(speeds([9_000, 9_000])), (raw) => Object.assign(raw, { schemaVersion: '1.1' }));
    expect(compare(report(speeds([9_000, 9_000])), first, { threshold: 0.1 }).undecided).toEqual([]);
    const older = stored(report(speeds([9_000, 9_000])), (raw) => Object.assign(raw, { schemaVersion: '0.9' }));
    const { undecided: again, notes } = compare(report(speeds([1, 1])), older, { threshold: 0.1 });
    expect(again[0]).toContain('schema version 0.9');
    expect(notes[0]).toContain('the baseline has schema version 0.9');
  });

  it('is left out without a threshold', () => {
    const { breaches, undecided } = compare(report(speeds([1, 1])), stored(report(speeds([9_000, 9_000]))));
    expect({ breaches, undecided }).toEqual({ breaches: [], undecided: [] });
  });
});

/** A stored report is read, or refused with the field that is wrong. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/domain/errors.js';
import { plainReason } from '../../../src/domain/report/reason.js';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { renderJson } from '../../../src/report/contract/json.js';
import { parseReport, parseReports } from '../../../src/report/contract/parse-report.js';
import { goldenCases } from '../../golden/cases.js';
import { everyReason } from '../every-reason.js';
import {
  counts,
  duplicates,
  exposure,
  report,
  row,
  scenario,
  sharedSource,
  threeModes,
  tooFewAtRisk,
  violatedRow,
} from '../fixtures.js';
import { fetchedByAnother } from '../witness-fixtures.js';
import { inModes } from '../../in-modes.js';

import { noneExplained } from '../../../src/domain/report/anomaly-signature.js';

function changed(change: (report: Record<string, unknown>) => void): string {
  const report = JSON.parse(renderJson(threeModes())) as Record<string, unknown>;
  change(report);
  return JSON.stringify(report);
}

/** A cause as it was written before there were witnesses. */
const withoutWitnesses = {
  ...{ id: 'shared-durable', explains: noneExplained(), latent: false, confidence: 'certain', refutes: [] },
  ...{ evidence: [], remedy: { kind: 'durable-per-topic', detail: null } },
};

describe('parseReport', () => {
  it.each(goldenCases.map((golden) => [golden.name, golden.report] as const))(
    'reads back the report %s',
    (_, report) => {
      expect(parseReport(renderJson(report))).toEqual(report);
    },
  );

  it('reads a report of a later minor version, leaving aside what it adds', () => {
    const text = changed((report) => Object.assign(report, { schemaVersion: '2.7', added: [1] }));
    expect(parseReport(text)).toEqual(threeModes());
  });

  it('reads null for counts that its version did not have', () => {
    const text = changed((stored) => {
      for (const { counts } of stored['runs'] as { counts: Record<string, unknown> }[]) {
        delete counts['completionOrder'];
        delete counts['racy'];
      }
    });
    for (const { counts } of parseReport(text).runs)
      expect(counts).toMatchObject({ completionOrder: null, racy: null, naive: expect.any(Number) as number });
  });

  it('tells a reason, a claim and a remedy of a kind that a later minor version added in their own words', () => {
    const causes = [
      {
        ...{ id: 'x', explains: noneExplained(), latent: true, confidence: 'likely', refutes: [] },
        evidence: [{ claim: 'new', count: 1, of: 2, detail: null, text: 'one of two' }],
        remedy: { kind: 'new', detail: null, anyBus: 'do it', here: null },
      },
    ];
    const reasons = [{ kind: 'new', of: null, numbers: { a: 1 }, detail: null, text: 'something new', decisive: null }];
    const text = changed((report) => Object.assign((report['runs'] as object[])[1]!, { reasons, causes }));
    const [, read] = parseReport(text).runs;
    expect(read!.reasons).toEqual([plainReason('told', 'something new')]);
    expect(read!.causes[0]).toMatchObject({
      evidence: [{ claim: 'told', count: null, of: null, detail: 'one of two' }],
      remedy: { kind: 'told', detail: 'do it' },
    });
  });

  it('has no witnesses of a cause whose report is older than witnesses', () => {
    const causes = [withoutWitnesses];
    const text = changed((report) => Object.assign((report['runs'] as object[])[0]!, { causes }));
    expect(parseReport(text).runs[0]!.causes[0]!.witnesses).toEqual([]);
  });

  it('leaves out a witness of a kind that a later minor version added, and keeps those that it knows', () => {
    const witnesses = [{ ...fetchedByAnother, kind: 'new' }, fetchedByAnother];
    const causes = [{ ...withoutWitnesses, witnesses }];
    const text = changed((report) => Object.assign((report['runs'] as object[])[0]!, { causes }));
    expect(parseReport(text).runs[0]!.causes[0]!.witnesses).toEqual([fetchedByAnother]);
  });

  it('goes by the data of a reason, whatever its words say', () => {
    const text = renderJson(report([row('single#1', { outcome: 'inconclusive', reasons: [tooFewAtRisk(3, 5)] })]));
    const reworded = text.replace(/"text": "3 of[^"]*"/, '"text": "the run was interrupted"');
    expect(reworded).not.toBe(text);
    expect(parseReport(reworded)).toEqual(parseReport(text));
    expect(parseReport(text).runs[0]!.reasons).toEqual([tooFewAtRisk(3, 5)]);
  });

  it.each(everyReason)('keeps the reason $kind $of', (reason) => {
    const given = report([row('single#1', { outcome: 'inconclusive', reasons: [reason] })]);
    expect(parseReport(renderJson(given))).toEqual(given);
  });

  it('takes no row for ordered that has reasons, or saw fewer pairs at risk than are asked for', () => {
    const forged = report([
      row('single#1', { reasons: [sharedSource(4, 3)] }),
      row('single#2', { repeat: 2, exposure: exposure(0, 0) }),
      row('single#3', { repeat: 3 }),
    ]);
    const read = parseReport(renderJson(forged));
    expect(read.runs.map(({ outcome, reasons }) => [outcome, reasons.map(({ kind }) => kind)])).toEqual([
      ['inconclusive', ['latent']],
      ['inconclusive', ['too-few-at-risk']],
      ['ordered', []],
    ]);
  });

  it('takes no row for ordered that older rules called so: broken buses passed them', () => {
    const older = readFileSync(new URL('report-1.1.json', import.meta.url), 'utf8');
    expect(older).toContain('"outcome": "ordered"');
    for (const { outcome, reasons } of parseReport(older).runs) {
      expect(outcome).not.toBe('ordered');
      if (outcome === 'inconclusive') expect(reasons.at(-1)?.kind).toBe('told');
    }
  });

  it('counts violations anew by what the scenario allows, and a row that has any is violated', () => {
    const pass = counts({ violations: 0, regressions: 497, duplicates: duplicates(3) });
    const forged = report([row('single#1', { counts: pass })], { scenario: { ...scenario, allow: ['duplicate'] } });
    const [read] = parseReport(renderJson(forged)).runs;
    expect(read).toMatchObject({
      ...{ outcome: 'violated', counts: { violations: 497 } },
      reasons: [{ kind: 'anomaly', of: 'regression', numbers: { count: 497 } }],
    });
  });

  it('reads a report of 1.0 as it was written, with what was so then and null for what it does not know', () => {
    const report = parseReport(readFileSync(new URL('report-1.0.json', import.meta.url), 'utf8'));
    expect(report.schemaVersion).toBe('2.0');
    expect(report.scenario).toMatchObject({
      ...inModes(['single']),
      ...{ sweep: [], warmUp: 0, skew: 0, handlerTime: { distribution: 'uniform', minMs: 1, maxMs: 1 } },
    });
    expect(report.runs[0]).toMatchObject({
      ...{ id: 'single#1', point: null, bufferDepthMax: null },
      latencyHistograms: { publish: null, queue: null, handle: null, endToEnd: null },
    });
    expect(report).toMatchObject({ comparison: null, sweeps: [] });
  });

  it('reads a report of 1.1 as it was written: words as told, and of pairs at risk those in flight', () => {
    const text = readFileSync(new URL('report-1.1.json', import.meta.url), 'utf8');
    const written = JSON.parse(text) as { runs: { reasons: string[]; exposure: RunRow['exposure'] }[] };
    const { schemaVersion, runs } = parseReport(text);
    expect(schemaVersion).toBe('2.0');
    const violated = runs[0]!;
    expect(violated.reasons).toEqual(written.runs[0]!.reasons.map((told) => plainReason('told', told)));
    expect(violated.counts.duplicates.redone).toBe(0);
    const { inFlightPairs, regressionRate } = written.runs[0]!.exposure;
    expect(violated.exposure).toMatchObject({ heldBackPairs: 0, atRiskPairs: inFlightPairs });
    expect(violated.exposure.regressionRate).toEqual({ value: regressionRate.value, low95: null, high95: null });
    expect(violated.causes[0]!.evidence[0]).toMatchObject({ claim: 'told', count: null, of: null });
    expect(violated.causes[0]!.remedy.kind).toBe('told');
  });

  it('reads a comparison of 1.1, whose strategies claim nothing of rebalances', () => {
    const compared = goldenCases.find(({ name }) => name === 'compared')!.report;
    const old = JSON.parse(renderJson({ ...compared, runs: [] })) as {
      comparison: { candidates: { guarantee: { survives: Record<string, boolean> } }[] };
    };
    for (const { guarantee } of old.comparison.candidates) {
      delete guarantee.survives['rebalance'];
      delete guarantee.survives['partitions'];
    }
    const { comparison } = parseReport(JSON.stringify({ ...old, schemaVersion: '1.1' }));
    for (const { guarantee } of comparison!.candidates) {
      expect(guarantee.survives).toMatchObject({ rebalance: false, partitions: false });
    }
  });

  it('misses the histograms of a report of 1.1 or later', () => {
    const text = changed((report) => {
      for (const row of report['runs'] as Record<string, unknown>[]) delete row['latencyHistograms'];
    });
    expect(() => parseReport(text)).toThrow(/runs\.0\.latencyHistograms/);
  });

  const examples = new URL('../../../reports/examples/', import.meta.url);
  it.each(readdirSync(examples).filter((name) => name.endsWith('.json')))(
    'reads the example %s that is kept',
    (name) => {
      const text = readFileSync(new URL(name, examples), 'utf8');
      const example = parseReport(text);
      expect(example.runs.length).toBeGreaterThan(0);
      expect(renderJson(example)).toBe(text);
    },
  );

  it('reads what a Windows editor wrote, with a byte order mark', () => {
    expect(parseReport(`\uFEFF${renderJson(threeModes())}`)).toEqual(threeModes());
  });

  it.each([
    ['what is not JSON', '{"schemaVersion": "1.0", ', /reports\/x\.json is not JSON/],
    ['an empty file', '', /reports\/x\.json is empty/],
    ['a file of blanks', ' \n', /reports\/x\.json is empty/],
    ['text in UTF-16', '{\0"\0', /not text in UTF-8/],
    ['a trace', '{"kind":"header","format":"eventbus-bench-trace"}\n{"kind":"end"}\n', /is a trace, not a report/],
    ['a trace of one line', '{"kind":"header","format":"eventbus-bench-trace"}\n', /is a trace, not a report/],
    ['JSON that is no report', '[]', /has no schemaVersion/],
    ['null', 'null', /has no schemaVersion/],
    ['another major version', '{"schemaVersion": "3.0"}', /schema version 3\.0.*reads 1\.x and 2\.x/],
    ['a version that is no version', '{"schemaVersion": "1"}', /schema version 1,/],
    ['a report of 1.0 without its rows', '{"schemaVersion": "1.0"}', /is not a valid report/],
    ['a report of 1.1 whose rows are none', '{"schemaVersion": "1.1", "runs": [null, 3]}', /is not a valid report/],
    ['a report of 1.0 whose rows are none', '{"schemaVersion": "1.0", "runs": [null]}', /is not a valid report/],
    ['a report without its rows', changed((report) => delete report['runs']), /runs is missing/],
    ['a count that is text', changed((report) => Object.assign(report, { seed: '42' })), /seed is "/],
  ])('refuses %s and says what is wrong', (_, text, message) => {
    const read = (): unknown => parseReport(text, 'reports/x.json');
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });
});

describe('parseReports', () => {
  const other = report([row('single#1')]);

  it('reads one report, and a list of reports', () => {
    const [one, two] = [renderJson(threeModes()), renderJson(other)];
    expect(parseReports(one)).toEqual({ reports: [threeModes()], list: false });
    expect(parseReports(`[${one},${two}]`)).toEqual({ reports: [threeModes(), other], list: true });
  });

  it('refuses a list without reports, and says which of several is none', () => {
    expect(() => parseReports('[]', 'x.json')).toThrow('x.json is an empty list');
    expect(() => parseReports(`[${renderJson(other)}, {}]`, 'x.json')).toThrow(/x\.json, report 2 is not a report/);
  });
});

describe('a report that contradicts itself', () => {
  it('is refused: a row that is violated by nothing, and an ordered one with a naive count', () => {
    const allowed = report([violatedRow()], { scenario: { ...scenario, allow: ['regression'] } });
    expect(() => parseReport(JSON.stringify(allowed))).toThrow(/contradicts itself: .*nothing that its counts have/);
    const naive = report([row('single#1', { counts: counts({ naive: 497 }) })]);
    expect(() => parseReport(JSON.stringify(naive))).toThrow(/contradicts itself: .*naive count is 497/);
  });
});

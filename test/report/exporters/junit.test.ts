/** What CI systems are shown of a row: passed, failed, an error or skipped; and XML that every parser takes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateFinding, GateSummary } from '../../../src/domain/report/gate.js';
import { plainReason } from '../../../src/domain/report/reason.js';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { render as renderJunit } from '../../../src/report/exporters/junit.js';
import { anyGate, anyReport } from '../arbitraries.js';
import { report, row, threeModes, tooFewAtRisk, violatedRow } from '../fixtures.js';
import { parseXml, type XmlElement } from '../xml.js';

function find(element: XmlElement, name: string): XmlElement[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => find(child, name))];
}

function casesOf(rows: readonly RunRow[], gate: GateSummary | null): XmlElement[] {
  return find(parseXml(renderJunit([{ report: report(rows), gate }])), 'testcase');
}

/** `passed`, or the element that says otherwise. */
function verdictOf(testCase: XmlElement): string {
  const said = testCase.children.filter(({ name }) => ['failure', 'error', 'skipped'].includes(name));
  expect(said.length).toBeLessThanOrEqual(1);
  return said[0]?.name ?? 'passed';
}

const verdicts = (rows: readonly RunRow[], gate: GateSummary | null): string[] => casesOf(rows, gate).map(verdictOf);

const breach: GateFinding = { kind: 'breach', rowId: 'single#1', text: 'single#1 has 3 violations' };
const undecided: GateFinding = { kind: 'inconclusive', rowId: 'single#1', text: 'single#1 is inconclusive' };
const held: GateSummary = { outcome: 'held', findings: [] };
const breached: GateSummary = { outcome: 'breached', findings: [breach, undecided] };
const open: GateSummary = { outcome: 'inconclusive', findings: [undecided] };
const inconclusive = row('single#1', { outcome: 'inconclusive', reasons: [tooFewAtRisk(0, 0)] });
const failed = row('single#1', {
  outcome: 'inconclusive',
  error: { code: 'broker-unavailable', message: 'the server is gone', wayOut: 'start it' },
});

describe('renderJunit', () => {
  it.each<[string, RunRow, GateSummary | null, string]>([
    ['an ordered row', row('single#1'), null, 'passed'],
    ['an ordered row under a gate that held', row('single#1'), held, 'passed'],
    ['a violated row', violatedRow('single#1'), null, 'failure'],
    ['a violated row that no gate minds', violatedRow('single#1'), held, 'passed'],
    ['a row that breaches a gate', violatedRow('single#1'), breached, 'failure'],
    ['an inconclusive row', inconclusive, null, 'skipped'],
    ['an inconclusive row that leaves a gate undecided', inconclusive, open, 'error'],
    ['a row that was inconclusive as expected', inconclusive, held, 'skipped'],
    ['a row that an error ended', failed, null, 'error'],
    ['a row that an error ended under a gate', failed, open, 'error'],
    ['a row that was breached before an error ended it', failed, breached, 'failure'],
  ])('shows %s as it is meant', (_, given, gate, verdict) => {
    expect(verdicts([given], gate)).toEqual([verdict]);
  });

  it('has an error for a row that was not run, and for a report without rows', () => {
    const missing: GateFinding = { kind: 'inconclusive', rowId: 'multi/shared#1', text: 'multi/shared#1 was not run' };
    const gate: GateSummary = { outcome: 'inconclusive', findings: [missing] };
    expect(verdicts([row('single#1')], gate)).toEqual(['passed', 'error']);
    expect(casesOf([row('single#1')], gate)[1]!.attributes['name']).toBe('multi/shared#1');
    expect(verdicts([], null)).toEqual(['error']);
    expect(verdicts([], held)).toEqual(['error']);
  });

  it('says in the message what was breached, and below what it means and how to repeat it', () => {
    const [testCase] = casesOf([violatedRow('single#1')], breached);
    const [failure] = find(testCase!, 'failure');
    expect(failure!.attributes).toEqual({
      message: 'single#1 has 3 violations; single#1 is inconclusive',
      type: 'gate breached',
    });
    expect(failure!.text).toMatch(/^428 of 5,000 events .*\nRepeat: eventbus-bench run --topics 5 --seed 42$/);
    expect(find(testCase!, 'system-out')[0]!.text).toMatch(/^428 of 5,000 events /);
  });

  it('names suite, case, seconds, seed and counts', () => {
    const root = parseXml(renderJunit([{ report: threeModes(), gate: null }]));
    expect(root.attributes).toMatchObject({ tests: '3', failures: '1', errors: '0', skipped: '0' });
    const [suite] = find(root, 'testsuite');
    expect(suite!.attributes).toMatchObject({ name: 'run', time: '0.42', timestamp: '2026-11-22T15:04:05.000Z' });
    const [first] = find(root, 'testcase');
    expect(first!.attributes).toEqual({ name: 'multi/shared#1', classname: 'eventbus-bench.run', time: '0.14' });
    const properties = find(root, 'property').map(({ attributes }) => `${attributes['name']}=${attributes['value']}`);
    expect(properties).toContain('seed=42');
    expect(properties).toContain('regressions=428');
    expect(properties).toContain('broker=sim:jetstream');
  });

  it('gives each of several reports a suite, and forgets none of an earlier call', () => {
    const one = { report: threeModes(), gate: null };
    const twice = renderJunit([one, one]);
    expect(find(parseXml(twice), 'testsuite')).toHaveLength(2);
    expect(renderJunit([one, one])).toBe(twice);
  });

  it('keeps hostile names and messages from breaking the document', () => {
    const hostile = 'a\u0000b ]]> ]]> "<&\'\uffff\ud800 </failure> \u001b[31m\r\nnext';
    const [testCase] = casesOf(
      [
        violatedRow('single#1', {
          reasons: [plainReason('told', hostile)],
          strategy: hostile,
          broker: { kind: hostile, version: null, url: null },
        }),
      ],
      { outcome: 'breached', findings: [{ ...breach, text: hostile }] },
    );
    const shown = 'a\\x00b ]]> ]]> "<&\'\\u{ffff}\\u{d800} </failure> \\x1b[31m next';
    expect(find(testCase!, 'failure')[0]!.attributes['message']).toBe(shown);
  });

  it('is well-formed and counts what it shows, whatever the report', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ report: anyReport, gate: anyGate }), { maxLength: 3 }), (reports) => {
        const root = parseXml(renderJunit(reports));
        const shown = find(root, 'testcase').map(verdictOf);
        const count = (verdict: string): string => String(shown.filter((one) => one === verdict).length);
        expect(root.attributes).toMatchObject({
          tests: String(shown.length),
          failures: count('failure'),
          errors: count('error'),
          skipped: count('skipped'),
        });
        for (const suite of find(root, 'testsuite')) expect(find(suite, 'testcase')).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

/**
 * Renders reports as JUnit XML for Jenkins, GitLab and others: one suite for each report, one test case for each row.
 *
 * | row | under a gate | without one |
 * |---|---|---|
 * | breaches a gate | `failure` | |
 * | leaves a gate undecided, or was not run | `error` | |
 * | violated | passes if no gate minds: it was expected | `failure` |
 * | inconclusive | `error`; `skipped` if its scenario accepts it | `skipped` |
 * | ended by an error | `error`, or `failure` if breached | `error` |
 *
 * An inconclusive row never passes. Under a gate it is an `error`, since CI systems go green with skipped tests. A
 * report without any row is an error too, since some systems ignore a suite without tests.
 */
import { createRequire } from 'node:module';
import type { Builder, TestCase, TestSuite } from 'junit-report-builder';
import type { GateFinding, GateSummary, JudgedReport } from '../../domain/report/gate.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { explainRow } from '../words/row-explanation.js';
import { reasonText } from '../words/reason-text.js';
import { printable } from '../../text/printable.js';

// Loaded by require: it is a CommonJS module, and importers disagree about its default export.
const builder = createRequire(import.meta.url)('junit-report-builder') as Builder;

export function render(reports: readonly JudgedReport[]): string {
  const document = builder.newBuilder().name('eventbus-bench');
  for (const { report, gate } of reports) addSuite(document.testSuite(), report, gate);
  return `${document.build()}\n`;
}

function addSuite(suite: TestSuite, report: RunReport, gate: GateSummary | null): void {
  const name = nameOf(report);
  suite.name(attribute(name)).timestamp(report.startedAt);
  suite.time(secondsOf(report.runs.reduce((sum, row) => sum + row.wallDurationMs, 0)));
  for (const [key, value] of propertiesOf(report)) suite.property(key, attribute(value));
  const testCase = (title: string): TestCase =>
    suite
      .testCase()
      .name(attribute(title))
      .className(attribute(`eventbus-bench.${name}`));
  for (const row of report.runs) addRow(testCase(row.id).time(secondsOf(row.wallDurationMs)), row, report, gate);
  const ran = new Set(report.runs.map(({ id }) => id));
  for (const found of gate?.findings ?? []) {
    if (found.rowId === null || !ran.has(found.rowId)) addFinding(testCase(found.rowId ?? 'gate'), found);
  }
  if (report.runs.length === 0 && (gate?.findings ?? []).length === 0) {
    testCase('run').error('nothing was run', 'not run');
  }
}

function addRow(testCase: TestCase, row: RunRow, report: RunReport, gate: GateSummary | null): void {
  for (const [key, value] of rowPropertiesOf(row)) testCase.property(key, attribute(value));
  const meaning = explainRow(row);
  judge(testCase, row, `${meaning}\nRepeat: ${report.replay}`, gate);
  testCase.standardOutput(text(meaning));
}

function judge(testCase: TestCase, row: RunRow, details: string, gate: GateSummary | null): void {
  const findings = gate?.findings.filter(({ rowId }) => rowId === row.id) ?? [];
  const breaches = findings.filter(({ kind }) => kind === 'breach');
  const sentences = (of: readonly GateFinding[]): string => of.map((found) => found.text).join('; ');
  if (breaches.length > 0) {
    testCase.failure(attribute(sentences(findings)), 'gate breached').stacktrace(text(details));
  } else if (row.error !== null) {
    testCase.error(attribute(row.error.message), attribute(row.error.code), text(details));
  } else if (findings.length > 0) {
    testCase.error(attribute(sentences(findings)), 'gate undecided', text(details));
  } else if (gate === null && row.outcome === 'violated') {
    testCase.failure(attribute(row.reasons.map(reasonText).join('; ')), 'violated').stacktrace(text(details));
  } else if (row.outcome === 'inconclusive') {
    testCase.skipped();
  }
}

function addFinding(testCase: TestCase, { kind, text: sentence }: GateFinding): void {
  if (kind === 'breach') testCase.failure(attribute(sentence), 'gate breached');
  else testCase.error(attribute(sentence), 'gate undecided');
}

function nameOf({ scenario }: RunReport): string {
  return scenario?.name ?? 'trace';
}

function propertiesOf({ tool, seed, replay, environment }: RunReport): [string, string][] {
  return [
    ['eventbus-bench', tool.version],
    ['seed', seed === null ? 'unknown' : String(seed)],
    ['replay', replay],
    ['node', environment.node],
    ['os', environment.os],
    ['cpu', environment.cpu],
  ];
}

function rowPropertiesOf({ outcome, broker, strategy, counts, exposure }: RunRow): [string, string][] {
  const figures = {
    published: counts.published,
    handled: counts.handled,
    violations: counts.violations,
    regressions: counts.regressions,
    duplicates: counts.duplicates.total,
    lost: counts.lost,
    misroutes: counts.misroutes,
    contestedPairs: exposure.contestedPairs,
    atRiskPairs: exposure.atRiskPairs,
  };
  return [
    ['outcome', outcome],
    ['broker', [broker.kind, broker.version ?? ''].join(' ').trim()],
    ['strategy', strategy],
    ...Object.entries(figures).map(([key, value]): [string, string] => [key, String(value)]),
  ];
}

function secondsOf(ms: number): number {
  return Math.round(ms) / 1_000;
}

/**
 * A value for an attribute, on one line; control characters are made visible, since XML does not allow most of them.
 */
function attribute(value: string): string {
  return value.split(/\r?\n/).map(printable).join(' ');
}

/** A value for a CDATA section; `]]>` is broken up, since it would end the section. */
function text(value: string): string {
  return value.split(/\r?\n/).map(printable).join('\n').replaceAll(']]>', ']] >');
}

/** Applies gates to a stored report, its own or others, and compares it with an older report. Nothing is run. */
import { UsageError } from '../domain/errors.js';
import type { RunReport } from '../domain/report/run-report.js';
import { modeRowOf, type Scenario } from '../domain/scenario/scenario.js';
import type { BaselineReport } from '../report/contract/parse-baseline.js';
import { gateRowsOf } from '../scenario/gate-rows.js';
import { compareWithBaseline } from './baseline.js';
import {
  checkGates,
  evaluateGates,
  gateResult,
  hasGateForItsRows,
  hasLimits,
  type GateResult,
  type GateTerms,
} from './gate.js';

export interface StoredGateOptions {
  /** Gates that replace those of the report's scenario; null: the scenario's own gates, if it has any. */
  readonly limits: Pick<Scenario, 'maxViolations' | 'failOn'> | null;
  /** Rows that replace those named by the scenario; null: the scenario's own. */
  readonly gateRows: readonly string[] | null;
  readonly baseline: BaselineReport | null;
  /** Share (0 to 1) by which a row may be slower than in the baseline; null: speed is not compared. */
  readonly threshold: number | null;
  /** Names the report, for messages. */
  readonly from: string;
}

export interface StoredGateResult extends GateResult {
  /** Remarks that decide nothing. */
  readonly notes: readonly string[];
}

/** @throws {UsageError} if there is no gate, an expression is invalid, or a named row does not exist */
export function gateStoredReport(report: RunReport, options: StoredGateOptions): StoredGateResult {
  const { limits, baseline, threshold, from } = options;
  refuseTwins(report, from);
  const own = termsOf(report);
  const terms: GateTerms = {
    ...own,
    ...(limits === null ? {} : { ...limits, expect: {} }),
    gateRows: rowsNamed(report, options),
  };
  const hasNoGate = limits === null && !hasLimits(own) && own.untilAtRisk === null;
  const isIdle = terms.gateRows.length > 0 && !hasGateForItsRows(terms, report.runs);
  if (baseline === null && (hasNoGate || isIdle)) {
    throw new UsageError(
      hasNoGate
        ? `${from} has no gate of its own, and none is given`
        : `${from} has no gate of its own for ${terms.gateRows.join(', ')} (--gate-mode), and none is given`,
      'give --max-violations, --fail-on or --baseline; eventbus-bench gate --help has examples',
    );
  }
  checkGates(terms);
  const gates = evaluateGates(terms, report);
  if (baseline === null) return { ...gates, notes: [] };
  const compared = compareWithBaseline(report, baseline, { threshold, gateRows: terms.gateRows });
  const known = new Set(gates.findings.map(({ text }) => text));
  const findings = [...gates.findings, ...compared.findings.filter(({ text }) => !known.has(text))];
  return { ...gateResult(findings, [...gates.evidence, ...compared.evidence], true), notes: compared.notes };
}

/** Refuses a report that has a row twice, since that row would count twice. @throws {UsageError} */
function refuseTwins({ runs }: RunReport, from: string): void {
  const ids = runs.map(({ id }) => id);
  const twin = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twin === undefined) return;
  throw new UsageError(`${from} has the row ${twin} twice`, 'give a report as run wrote it');
}

/** The gates of the report's scenario. A report without a scenario has no gates, and no planned rows beside its own. */
function termsOf({ scenario }: RunReport): GateTerms {
  if (scenario !== null) return scenario;
  return {
    maxViolations: null,
    failOn: [],
    expect: {},
    gateRows: [],
    untilAtRisk: null,
    confidence: null,
    within: null,
    brokers: [],
    rows: [],
    strategies: [],
    sweep: [],
    repeat: 1,
  };
}

/** The rows that the gates apply to. Rows that were run and rows that were planned may be named. */
function rowsNamed(report: RunReport, { gateRows }: StoredGateOptions): readonly string[] {
  if (gateRows === null) return report.scenario?.gateRows ?? [];
  const ran = report.runs.map((row) => ({ mode: modeRowOf(row), strategy: row.strategy, broker: row.broker.kind }));
  const planned = (report.scenario?.brokers ?? []).flatMap((broker) =>
    (report.scenario?.rows ?? []).map((row) => ({ ...row, broker })),
  );
  return gateRowsOf(gateRows, { place: '--gate-mode', rows: [...ran, ...planned] });
}

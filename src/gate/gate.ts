/**
 * Decides whether a report passes the gates of its scenario. There are four gates: a maximum of violations in any row,
 * expressions that must hold in no row, what the scenario file expects of each row, and a minimum of pairs at risk. A
 * confidence adds a minimum of ordered runs of every row.
 *
 * A row that is inconclusive, or was planned and not run, leaves the gates undecided: it is neither a pass nor a
 * breach. There are two exceptions. A scenario may expect `inconclusive` of a row by name, which counts if `expect` is
 * its only gate. And if pairs at risk or ordered runs are asked for, all repeats of the row decide together. An anomaly
 * that was seen is certain in any case, so even an inconclusive row can breach a limit.
 */
import type { GateFinding, GateSummary } from '../domain/report/gate.js';
import type { RunReport, RunRow } from '../domain/report/run-report.js';
import type { RowExpectation, Scenario } from '../domain/scenario/scenario.js';
import { inconclusiveText, isDecidedOverRepeats, shortOfAtRisk } from './at-risk.js';
import { causeDifferences } from './expected-causes.js';
import { evaluateExpression, parseExpression } from './gate-expression.js';
import { expectationOf, gatedRows, isGated, mayBeOrdered, plannedRowKeysOf, rowKeysOf } from './gated-rows.js';
import { repeatsToOrderedRuns, orderedRunsWanted, shortOfOrderedRuns, orderedRowSummaries } from './ordered-runs.js';
import { groupRepeats } from '../report/repeats/row-order.js';
import { plannedRows } from '../scenario/planned-rows.js';

/** The gates of a scenario, and the fields from which its rows are planned. */
export type GateTerms = Pick<
  Scenario,
  | 'maxViolations'
  | 'failOn'
  | 'expect'
  | 'gateRows'
  | 'untilAtRisk'
  | 'confidence'
  | 'within'
  | 'brokers'
  | 'rows'
  | 'strategies'
  | 'sweep'
  | 'repeat'
>;

export interface GateResult {
  /** Gates that were breached, one sentence each. */
  readonly breaches: readonly string[];
  /** Why a gate could not be decided, one sentence each. */
  readonly inconclusive: readonly string[];
  /** The breaches and the undecided gates, each with the id of its row. */
  readonly findings: readonly GateFinding[];
  /** What a gate that held rests on, one sentence each. */
  readonly evidence: readonly string[];
  /** Whether any gate was given. */
  readonly given: boolean;
}

type Finding = Pick<GateFinding, 'kind' | 'text'>;

/**
 * Checks the expressions of a scenario before anything is run.
 * @throws {UsageError} naming the expression
 */
export function checkGates(scenario: Pick<Scenario, 'failOn' | 'expect'>): void {
  for (const text of scenario.failOn) parseExpression(text, 'failOn (--fail-on)');
  for (const [row, expectation] of expectations(scenario)) {
    for (const text of expectation.that ?? []) parseExpression(text, `expect → ${row}`);
  }
}

/** Whether there is a gate that a single row can breach. */
export function hasLimits(terms: Pick<GateTerms, 'maxViolations' | 'failOn' | 'expect'>): boolean {
  return terms.maxViolations !== null || terms.failOn.length > 0 || expectations(terms).length > 0;
}

/**
 * Whether any gate applies to the rows that `--gate-mode` names. If none does, the gates would always hold.
 * @param runs rows to consider beside the planned ones
 */
export function hasGateForItsRows(terms: GateTerms, runs: readonly RunRow[] = []): boolean {
  if (hasOtherGates(terms) || terms.untilAtRisk !== null) return true;
  const rows = [...runs.map(rowKeysOf), ...plannedRows(terms).map(plannedRowKeysOf)];
  return rows.some((keys) => isGated(terms.gateRows, keys) && keys.some((key) => Object.hasOwn(terms.expect, key)));
}

/** @throws {UsageError} if an expression is invalid, which {@link checkGates} finds before a run */
export function evaluateGates(terms: GateTerms, report: Pick<RunReport, 'runs'>): GateResult {
  const given = hasLimits(terms) || terms.untilAtRisk !== null;
  if (!given) return { breaches: [], inconclusive: [], findings: [], evidence: [], given };
  const rows = gatedRows(terms.gateRows, report.runs);
  const findings: GateFinding[] = [
    ...rows.flatMap((row) => rowFindings(terms, row).map((found) => ({ ...found, rowId: row.id }))),
    ...notRun(terms, report.runs),
    ...shortOfAtRisk(rows, terms.untilAtRisk).map((text) => undecided(text)),
    ...shortOfOrderedRuns(undecidedRows(terms, rows), terms).map((text) => undecided(text)),
  ];
  if (rows.length === 0 && findings.length === 0) findings.push(undecided('no row was run'));
  return gateResult(findings, orderedRowSummaries(rows, terms), given);
}

/** @param evidence sentences on what the gate rests on, if it held */
export function gateResult(findings: readonly GateFinding[], evidence: readonly string[], given: boolean): GateResult {
  const texts = (kind: Finding['kind']): string[] =>
    findings.filter((found) => found.kind === kind).map(({ text }) => text);
  return { breaches: texts('breach'), inconclusive: texts('inconclusive'), findings, evidence, given };
}

/** The result as report formats show it; null if no gate was given. */
export function summariseGates({ given, findings, evidence }: GateResult): GateSummary | null {
  if (!given) return null;
  const breaches = findings.filter(({ kind }) => kind === 'breach');
  const open = findings.filter(({ kind }) => kind === 'inconclusive');
  const outcome = breaches.length > 0 ? 'breached' : open.length > 0 ? 'inconclusive' : 'held';
  return { outcome, findings: [...breaches, ...open], evidence };
}

/** Whether a row breaches a gate by itself, regardless of other rows; without a gate, whether it is violated. */
export function breachesGate(terms: GateTerms, row: RunRow): boolean {
  if (!hasLimits(terms)) return row.outcome === 'violated';
  return isGated(terms.gateRows, rowKeysOf(row)) && rowFindings(terms, row).some(({ kind }) => kind === 'breach');
}

/**
 * Number of further repeats that the scenario's confidence asks for. 0: it has no confidence, or every gated row has
 * been ordered often enough, or is not expected to be.
 * @param rows the rows of whole repeats
 */
export function repeatsToConfidence(terms: GateTerms, rows: readonly RunRow[]): number {
  const wanted = orderedRunsWanted(terms);
  return wanted === null ? 0 : repeatsToOrderedRuns(countedRows(terms, gatedRows(terms.gateRows, rows)), wanted);
}

/** The counted rows without those of which a repeat breaches a gate: their breach is certain already. */
function undecidedRows(terms: GateTerms, rows: readonly RunRow[]): readonly RunRow[] {
  return groupRepeats(countedRows(terms, rows))
    .filter((group) => !group.rows.some((row) => rowFindings(terms, row).some(({ kind }) => kind === 'breach')))
    .flatMap((group) => group.rows);
}

/** The rows of which ordered runs are asked for: all but those that are expected not to be ordered. */
function countedRows(terms: GateTerms, rows: readonly RunRow[]): readonly RunRow[] {
  return rows.filter((row) => mayBeOrdered(expectationOf(terms.expect, rowKeysOf(row))));
}

function rowFindings(terms: GateTerms, row: RunRow): Finding[] {
  const expectation = expectationOf(terms.expect, rowKeysOf(row));
  return [
    ...violationFindings(terms, row),
    ...terms.failOn.flatMap((text) => failOnFindings(text, row)),
    ...(expectation === undefined ? [] : expectationFindings(terms, expectation, row)),
    ...(isDecided(terms, row) ? [] : [undecided(inconclusiveText(row))]),
  ];
}

/** Whether the row's outcome decides: it is not inconclusive, or the scenario accepts that, or its repeats decide. */
function isDecided(terms: GateTerms, row: RunRow): boolean {
  return row.outcome !== 'inconclusive' || isAccepted(terms, row) || isDecidedOverRepeats(row, terms);
}

/** Whether the scenario expects the row to be inconclusive, and no other gate asks for more. */
function isAccepted(terms: GateTerms, row: RunRow): boolean {
  return (
    !hasOtherGates(terms) && expectationOf(terms.expect, rowKeysOf(row))?.outcome?.includes('inconclusive') === true
  );
}

function hasOtherGates({ maxViolations, failOn }: GateTerms): boolean {
  return maxViolations !== null || failOn.length > 0;
}

function undecided(text: string, rowId: string | null = null): GateFinding {
  return { kind: 'inconclusive', rowId, text };
}

function violationFindings({ maxViolations }: GateTerms, row: RunRow): Finding[] {
  const { violations } = row.counts;
  if (maxViolations === null || violations <= maxViolations) return [];
  return [
    {
      kind: 'breach',
      text: `${row.id} has ${counted(violations, 'violation')}; --max-violations allows ${String(maxViolations)}`,
    },
  ];
}

function failOnFindings(text: string, row: RunRow): Finding[] {
  const expression = parseExpression(text, '--fail-on');
  const { result, value } = evaluateExpression(expression, row);
  switch (result) {
    case 'holds':
      return [{ kind: 'breach', text: `${row.id} has ${expression.path} ${String(value)}; --fail-on is ${text}` }];
    case 'undecided':
      return [
        { kind: 'inconclusive', text: `${row.id} does not know ${expression.path}, so --fail-on ${text} is undecided` },
      ];
    case 'fails':
      return [];
  }
}

function expectationFindings(terms: GateTerms, expectation: RowExpectation, row: RunRow): Finding[] {
  const open = !isDecided(terms, row);
  // A row decided over its repeats has complete counts, but its own outcome is not compared with the expected one.
  const judged = !open && (row.outcome !== 'inconclusive' || isAccepted(terms, row));
  const findings: Finding[] = [];
  if (expectation.outcome !== undefined && judged && !expectation.outcome.includes(row.outcome)) {
    findings.push({
      kind: 'breach',
      text: `${row.id} is ${row.outcome}; expected is ${expectation.outcome.join(' or ')}`,
    });
  }
  const { missing, mistaken } = causeDifferences(expectation, row);
  // What a row that is not decided has not shown, a longer run may show.
  for (const id of open ? [] : missing)
    findings.push({ kind: 'breach', text: `${row.id} does not name the cause ${id}, which is expected` });
  for (const id of mistaken)
    findings.push({ kind: 'breach', text: `${row.id} names the cause ${id}, which is not expected` });
  for (const text of expectation.that ?? []) {
    const expression = parseExpression(text, 'expect');
    const { result, value } = evaluateExpression(expression, row);
    if (result === 'holds' || (result === 'fails' && open)) continue;
    findings.push(
      result === 'fails'
        ? { kind: 'breach', text: `${row.id} has ${expression.path} ${String(value)}; expected is ${text}` }
        : {
            kind: 'inconclusive',
            text: `${row.id} does not know ${expression.path}, so the expected ${text} is undecided`,
          },
    );
  }
  return findings;
}

/**
 * Planned rows that were not run, because of an error, an interruption or `--fail-fast`; up to the last repeat begun.
 */
function notRun(terms: GateTerms, runs: readonly RunRow[]): GateFinding[] {
  const ran = new Set(runs.map((row) => row.id));
  const repeat = runs.reduce((most, row) => Math.max(most, row.repeat), terms.repeat);
  return plannedRows({ ...terms, repeat })
    .filter((row) => !ran.has(row.id) && isGated(terms.gateRows, plannedRowKeysOf(row)))
    .map(({ id }) => undecided(`${id} was not run`, id));
}

function expectations(scenario: Pick<Scenario, 'expect'>): [string, RowExpectation][] {
  return Object.entries(scenario.expect);
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

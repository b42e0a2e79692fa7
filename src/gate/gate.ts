/**
 * Decides whether a report passes the gates of its scenario. There are four gates: a maximum of violations in any row,
 * expressions that must hold in no row, what the scenario file expects of each row, and a minimum of pairs at risk. A
 * confidence adds a minimum of ordered runs of every row.
 *
 * A row that is inconclusive decides no gate, and neither does a row that was planned and not run: they are neither
 * a pass nor a breach. Only a scenario that expects `inconclusive` of a row by name accepts it, and only where its
 * `expect` is the only gate; and where a number of pairs at risk, or of ordered runs, is asked for of all repeats together,
 * they decide. What was seen is certain all the same, so even an inconclusive row can breach a limit.
 */
import type { GateFinding, GateSummary } from '../domain/report/gate.js';
import type { RunReport, RunRow } from '../domain/report/run-report.js';
import type { RowExpectation, Scenario } from '../domain/scenario/scenario.js';
import { inconclusiveText, isDecidedOverRepeats, shortOfAtRisk } from './at-risk.js';
import { evaluateExpression, parseExpression } from './gate-expression.js';
import { gatedRows, isGated, plannedRowKeysOf, rowKeysOf } from './gated-rows.js';
import { repeatsToOrderedRuns, orderedRunsWanted, shortOfOrderedRuns, orderedRowSummaries } from './ordered-runs.js';
import { groupRepeats } from '../report/repeats/row-order.js';
import { plannedRows } from '../scenario/planned-rows.js';

/** The gates of a scenario, and which rows it has. */
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
  /** Both, each with its row. */
  readonly findings: readonly GateFinding[];
  /** What a held gate rests on, one sentence each. */
  readonly evidence: readonly string[];
  /** Whether there was any gate. */
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

/** Whether there is anything that a row could breach. */
export function hasLimits(terms: Pick<GateTerms, 'maxViolations' | 'failOn' | 'expect'>): boolean {
  return terms.maxViolations !== null || terms.failOn.length > 0 || expectations(terms).length > 0;
}

/**
 * Whether some gate speaks of a row that the gates are for. Rows that are named, and of which none speaks, would always
 * hold.
 * @param runs rows beside those planned
 */
export function hasGateForItsRows(terms: GateTerms, runs: readonly RunRow[] = []): boolean {
  if (hasOtherGates(terms) || terms.untilAtRisk !== null) return true;
  const rows = [...runs.map(rowKeysOf), ...plannedRows(terms).map(plannedRowKeysOf)];
  return rows.some((keys) => isGated(terms.gateRows, keys) && keys.some((key) => Object.hasOwn(terms.expect, key)));
}

/** @throws {UsageError} if an expression is not valid; {@link checkGates} says so beforehand */
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

/** @param evidence what it rests on if it held */
export function gateResult(findings: readonly GateFinding[], evidence: readonly string[], given: boolean): GateResult {
  const texts = (kind: Finding['kind']): string[] =>
    findings.filter((found) => found.kind === kind).map(({ text }) => text);
  return { breaches: texts('breach'), inconclusive: texts('inconclusive'), findings, evidence, given };
}

/** The result as formats show it; null where there was no gate. */
export function summariseGates({ given, findings, evidence }: GateResult): GateSummary | null {
  if (!given) return null;
  const breaches = findings.filter(({ kind }) => kind === 'breach');
  const open = findings.filter(({ kind }) => kind === 'inconclusive');
  const outcome = breaches.length > 0 ? 'breached' : open.length > 0 ? 'inconclusive' : 'held';
  return { outcome, findings: [...breaches, ...open], evidence };
}

/** Whether a row on its own breaches a gate, whatever others come to; without a gate, whether it is violated. */
export function breachesGate(terms: GateTerms, row: RunRow): boolean {
  if (!hasLimits(terms)) return row.outcome === 'violated';
  return isGated(terms.gateRows, rowKeysOf(row)) && rowFindings(terms, row).some(({ kind }) => kind === 'breach');
}

/**
 * Repeats that the scenario's confidence still asks for; 0 if it has none, or every row that the gates speak of has
 * been ordered often enough or will not be.
 * @param rows of whole repeats
 */
export function repeatsToConfidence(terms: GateTerms, rows: readonly RunRow[]): number {
  const wanted = orderedRunsWanted(terms);
  return wanted === null ? 0 : repeatsToOrderedRuns(countedRows(terms, gatedRows(terms.gateRows, rows)), wanted);
}

/** Of the rows that are counted those of whose repeats none breaches a gate, which is certain. */
function undecidedRows(terms: GateTerms, rows: readonly RunRow[]): readonly RunRow[] {
  return groupRepeats(countedRows(terms, rows))
    .filter((group) => !group.rows.some((row) => rowFindings(terms, row).some(({ kind }) => kind === 'breach')))
    .flatMap((group) => group.rows);
}

/** Rows that are to be ordered: of one that is expected to come out otherwise no ordered runs are asked for. */
function countedRows(terms: GateTerms, rows: readonly RunRow[]): readonly RunRow[] {
  return rows.filter((row) => expectationOf(terms, row)?.outcome?.includes('ordered') ?? true);
}

function rowFindings(terms: GateTerms, row: RunRow): Finding[] {
  const expectation = expectationOf(terms, row);
  return [
    ...violationFindings(terms, row),
    ...terms.failOn.flatMap((text) => failOnFindings(text, row)),
    ...(expectation === undefined ? [] : expectationFindings(terms, expectation, row)),
    ...(isDecided(terms, row) ? [] : [undecided(inconclusiveText(row))]),
  ];
}

/** Whether the outcome of a row leaves no gate open: it is none that is inconclusive, or that is accepted or excused. */
function isDecided(terms: GateTerms, row: RunRow): boolean {
  return row.outcome !== 'inconclusive' || isAccepted(terms, row) || isDecidedOverRepeats(row, terms);
}

/** Whether the scenario expects the row to be inconclusive, and no other gate asks for more. */
function isAccepted(terms: GateTerms, row: RunRow): boolean {
  return !hasOtherGates(terms) && expectationOf(terms, row)?.outcome?.includes('inconclusive') === true;
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
  // An excused row counted all there was, but its outcome says nothing.
  const judged = !open && (row.outcome !== 'inconclusive' || isAccepted(terms, row));
  const findings: Finding[] = [];
  if (expectation.outcome !== undefined && judged && !expectation.outcome.includes(row.outcome)) {
    findings.push({
      kind: 'breach',
      text: `${row.id} is ${row.outcome}; expected is ${expectation.outcome.join(' or ')}`,
    });
  }
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

/** Rows that an error, an interruption or `--fail-fast` left out; of repeats that go on, those of the last one too. */
function notRun(terms: GateTerms, runs: readonly RunRow[]): GateFinding[] {
  const ran = new Set(runs.map((row) => row.id));
  const repeat = runs.reduce((most, row) => Math.max(most, row.repeat), terms.repeat);
  return plannedRows({ ...terms, repeat })
    .filter((row) => !ran.has(row.id) && isGated(terms.gateRows, plannedRowKeysOf(row)))
    .map(({ id }) => undecided(`${id} was not run`, id));
}

/** The expectation that says most of which rows it means stands before the others. */
function expectationOf({ expect }: GateTerms, row: RunRow): RowExpectation | undefined {
  const key = rowKeysOf(row).find((one) => Object.hasOwn(expect, one));
  return key === undefined ? undefined : expect[key];
}

function expectations(scenario: Pick<Scenario, 'expect'>): [string, RowExpectation][] {
  return Object.entries(scenario.expect);
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

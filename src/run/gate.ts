/**
 * Did a report hold the gates of its scenario? There are three: at most so many violations in any row, expressions that
 * must hold in no row, and what the scenario file expects of each row.
 *
 * A row that is inconclusive decides no gate, and neither does a row that was planned and not run: they are neither
 * a pass nor a breach. Only a scenario that expects `inconclusive` of a row by name accepts it, and only where its
 * `expect` is the only gate. What was seen is certain all the same, so even an inconclusive row can breach a limit.
 */
import type { GateFinding, GateSummary } from '../domain/gate.js';
import type { RunReport, RunRow } from '../domain/run-report.js';
import { expectationKeysOf, modeRowOf, type RowExpectation, type Scenario } from '../domain/scenario.js';
import { plannedRowIds } from './planned-rows.js';
import { evaluateExpression, parseExpression } from './expression.js';

export interface GateResult {
  /** Gates that were breached, one sentence each. */
  readonly breaches: readonly string[];
  /** Why a gate could not be decided, one sentence each. */
  readonly inconclusive: readonly string[];
  /** Both, each with its row. */
  readonly findings: readonly GateFinding[];
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

/** @throws {UsageError} if an expression is not valid; {@link checkGates} says so beforehand */
export function evaluateGates(scenario: Scenario, report: Pick<RunReport, 'runs'>): GateResult {
  const given = scenario.maxViolations !== null || scenario.failOn.length > 0 || expectations(scenario).length > 0;
  if (!given) return { breaches: [], inconclusive: [], findings: [], given };
  const findings: GateFinding[] = [
    ...report.runs.flatMap((row) => rowFindings(scenario, row).map((found) => ({ ...found, rowId: row.id }))),
    ...notRun(scenario, report.runs),
  ];
  const texts = (kind: Finding['kind']): string[] =>
    findings.filter((found) => found.kind === kind).map(({ text }) => text);
  return { breaches: texts('breach'), inconclusive: texts('inconclusive'), findings, given };
}

/** The result as formats show it; null where there was no gate. */
export function summariseGates({ given, findings }: GateResult): GateSummary | null {
  if (!given) return null;
  const breaches = findings.filter(({ kind }) => kind === 'breach');
  const undecided = findings.filter(({ kind }) => kind === 'inconclusive');
  const outcome = breaches.length > 0 ? 'breached' : undecided.length > 0 ? 'inconclusive' : 'held';
  return { outcome, findings: [...breaches, ...undecided] };
}

function rowFindings(scenario: Scenario, row: RunRow): Finding[] {
  const expectation = expectationOf(scenario, row);
  const otherGates = scenario.maxViolations !== null || scenario.failOn.length > 0;
  const accepted = !otherGates && expectation?.outcome?.includes('inconclusive') === true;
  const findings = [
    ...violationFindings(scenario, row),
    ...scenario.failOn.flatMap((text) => failOnFindings(text, row)),
    ...(expectation === undefined ? [] : expectationFindings(expectation, row, accepted)),
  ];
  if (row.outcome === 'inconclusive' && !accepted) {
    const why = row.reasons.length === 0 ? '' : ` (${row.reasons.join('; ')})`;
    findings.push({ kind: 'inconclusive', text: `${row.id} is inconclusive${why}` });
  }
  return findings;
}

function violationFindings({ maxViolations }: Scenario, row: RunRow): Finding[] {
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

function expectationFindings(expectation: RowExpectation, row: RunRow, accepted: boolean): Finding[] {
  const undecided = row.outcome === 'inconclusive' && !accepted;
  const findings: Finding[] = [];
  if (expectation.outcome !== undefined && !undecided && !expectation.outcome.includes(row.outcome)) {
    findings.push({
      kind: 'breach',
      text: `${row.id} is ${row.outcome}; expected is ${expectation.outcome.join(' or ')}`,
    });
  }
  for (const text of expectation.that ?? []) {
    const expression = parseExpression(text, 'expect');
    const { result, value } = evaluateExpression(expression, row);
    if (result === 'holds' || (result === 'fails' && undecided)) continue;
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

/** Rows that an error or an interruption left out. */
function notRun(scenario: Scenario, runs: readonly RunRow[]): GateFinding[] {
  const ran = new Set(runs.map((row) => row.id));
  const planned = plannedRowIds(scenario);
  return planned
    .filter((id) => !ran.has(id))
    .map((id) => ({ kind: 'inconclusive', rowId: id, text: `${id} was not run` }));
}

/** The expectation that says most of which rows it means stands before the others. */
function expectationOf({ expect }: Scenario, row: RunRow): RowExpectation | undefined {
  const keys = expectationKeysOf({ mode: modeRowOf(row), strategy: row.strategy }, row.broker.kind);
  const key = keys.find((one) => Object.hasOwn(expect, one));
  return key === undefined ? undefined : expect[key];
}

function expectations(scenario: Pick<Scenario, 'expect'>): [string, RowExpectation][] {
  return Object.entries(scenario.expect);
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

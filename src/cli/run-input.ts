/**
 * Runs one scenario, applies its gates, and writes and shows its report. A report that cannot be written is shown all
 * the same. A scenario that cannot begin has its error printed, and does not keep the next scenario from running.
 */
import { ToolError } from '../domain/errors.js';
import type { JudgedReport } from '../domain/report/gate.js';
import type { RunReport, RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { renderTerminal } from '../report/terminal/terminal.js';
import type { Connections } from '../run/connection.js';
import { breachesGate, evaluateGates, summariseGates } from '../gate/gate.js';
import { rowsOfRun } from '../gate/rows-of-run.js';
import { writeReport, writeReportAtOnce } from '../run/report-files.js';
import { runScenario } from '../run/run-scenario.js';
import { createRunDisplay } from './choose-display.js';
import type { CliContext } from './context.js';
import { exitCodeOfRun, worstExitCode } from './exit-code.js';
import { debugRequested, describeError } from './describe-error.js';
import { gateLines } from './gate-outcome.js';
import { keptWords, serversLeft, shortened, type Kept } from './kept.js';
import { redactCommand } from './redact.js';
import type { RunInput } from './run-inputs.js';

export interface RunSettings {
  readonly connections: Connections;
  readonly signal: AbortSignal;
  /** Nothing is shown on standard output, since all reports are printed together later, in another format. */
  readonly silent: boolean;
  readonly color: boolean;
  readonly details?: boolean;
  readonly progress: boolean;
  readonly quiet?: boolean;
  readonly trace?: string;
  readonly failFast?: boolean;
  readonly reportDir: string;
  /** The load under which the rows are run once more; null, or absent: none. */
  readonly probeOf?: (scenario: Scenario) => Scenario | null;
  /** Completes the report of the rows; `compare` adds its comparison here. */
  readonly complete?: (report: RunReport, probed: readonly RunRow[]) => RunReport;
}

export interface FinishedRun {
  readonly exitCode: number;
  /** null: the run could not begin. */
  readonly judged: JudgedReport | null;
  /** null: no report was written. */
  readonly reportPath: string | null;
}

export async function runInput(context: CliContext, input: RunInput, settings: RunSettings): Promise<FinishedRun> {
  if (settings.quiet !== true) for (const note of input.notes) await context.console.err(note);
  try {
    const troubles: ToolError[] = [];
    const probed: RunRow[] = [];
    const rows = await runWithProgress(context, input, settings, {
      onTrouble: (error) => troubles.push(error),
      onProbed: (row) => probed.push(row),
    });
    const report = settings.complete?.(rows, probed) ?? rows;
    const finished = await conclude(context, input.scenario, report, settings);
    const codes = [finished.exitCode];
    codes.push(await printProbeErrors(context, probed));
    for (const trouble of troubles) codes.push(await printError(context, trouble));
    return { ...finished, exitCode: worstExitCode(codes) };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { exitCode: await printError(context, error), judged: null, reportPath: null };
  }
}

async function runWithProgress(
  context: CliContext,
  { scenario, variantOf }: RunInput,
  settings: RunSettings,
  { onTrouble, onProbed }: { onTrouble: (error: ToolError) => void; onProbed: (row: RunRow) => void },
): Promise<RunReport> {
  const { console, interrupt } = context;
  const { color, quiet } = settings;
  const progress = createRunDisplay(console, scenario, { enabled: settings.progress && quiet !== true, color });
  interrupt.beforeWords(() => progress.done());
  const probe = settings.probeOf?.(scenario) ?? null;
  try {
    return await runScenario(scenario, {
      connections: settings.connections,
      signal: settings.signal,
      variantOf,
      onStarting: (what) => progress.starting(what),
      onProgress: (now) => progress.update(now),
      onRuns: (now) => progress.updateRuns(now),
      failFast: settings.failFast === true,
      probing: probe === null ? null : { scenario: probe, onRow: onProbed },
      tracePath: settings.trace ?? null,
      onBegun: (soFar) => interrupt.setLastWords(() => saveSoFar(scenario, settings, soFar())),
      command: redactCommand(context.args),
      onTrouble,
    });
  } finally {
    progress.done();
  }
}

/**
 * Saves the rows that have ended, in the last moment before the process is ended, and says what is kept. The row under
 * way is lost.
 */
function saveSoFar({ name }: Scenario, settings: RunSettings, report: RunReport): string {
  const reportPath =
    report.runs.length === 0 ? null : writeReportAtOnce(shortened(report), { reportDir: settings.reportDir, name });
  return keptWords(keptOf(report, settings, { reportPath, isTidy: false }));
}

function keptOf(
  { scenario, runs, replay }: RunReport,
  { trace, connections }: RunSettings,
  { reportPath, isTidy }: { readonly reportPath: string | null; readonly isTidy: boolean },
): Kept {
  const rowsPlanned = scenario === null ? null : rowsOfRun(scenario, runs.at(-1)?.repeat);
  const leftOn = scenario === null || isTidy ? [] : serversLeft(scenario.brokers, connections);
  return { runs, rowsPlanned, reportPath, trace: trace ?? null, leftOn, replay };
}

/** Applies the gates, and writes and shows the report. */
async function conclude(
  context: CliContext,
  scenario: Scenario,
  whole: RunReport,
  settings: RunSettings,
): Promise<FinishedRun> {
  const { console, interrupt } = context;
  const report = interrupt.interrupted ? shortened(whole) : whole;
  const gates = evaluateGates(scenario, report);
  const gate = summariseGates(gates);
  const exitCode = exitCodeOfRun(report, gates, interrupt.interrupted);
  const last = report.runs.at(-1);
  if (settings.failFast === true && settings.quiet !== true && last !== undefined && breachesGate(scenario, last)) {
    await console.err(`note: --fail-fast ended the run after ${last.id}`);
  }
  let reportPath: string | null = null;
  let writeCode = 0;
  try {
    reportPath = (await writeReport(report, { reportDir: settings.reportDir, name: scenario.name })).path;
    const words = keptWords(keptOf(report, settings, { reportPath, isTidy: true }));
    interrupt.setLastWords(() => words);
  } catch (error) {
    writeCode = await printError(context, error);
  }
  if (settings.silent) {
    for (const line of gateLines(gates)) await console.err(line);
  } else {
    const look = { width: console.width, color: console.color('stdout', settings.color), ascii: console.ascii };
    await console.out(renderTerminal(report, { ...look, reportPath, gate, details: settings.details === true }));
  }
  for (const line of errorLines(report.runs)) await console.err(line);
  if (interrupt.interrupted) await console.err(keptWords(keptOf(report, settings, { reportPath, isTidy: true })));
  return { exitCode: worstExitCode([exitCode, writeCode]), judged: { report, gate }, reportPath };
}

/** Prints the error that ended the probe; what the rows had found stands. @returns its exit code */
async function printProbeErrors({ console }: CliContext, probed: readonly RunRow[]): Promise<number> {
  const ended = probed.filter(({ error }) => error !== null && error.code !== 'unsupported');
  for (const line of errorLines(ended.map((row) => ({ ...row, id: `probe ${row.id}` })))) await console.err(line);
  return exitCodeOfRun({ runs: ended }, { given: false, breaches: [], inconclusive: [], evidence: [] }, false);
}

/** A line for each row with an error; repeats of a row that its broker or mode does not support share one line. */
function errorLines(rows: readonly RunRow[]): readonly string[] {
  const lines = rows.flatMap(({ id, error }) => {
    if (error === null) return [];
    const name = error.code === 'unsupported' ? id.replace(/(?:@.*)?#\d+$/, '') : id;
    return [`${error.code === 'unsupported' ? 'note' : 'error'}: ${name}: ${error.message}\n  ${error.wayOut}`];
  });
  return [...new Set(lines)];
}

/** Prints the error. @returns its exit code */
async function printError(context: CliContext, error: unknown): Promise<number> {
  const { text, exitCode } = describeError(error, debugRequested());
  await context.console.err(text);
  return exitCode;
}

/**
 * Decides whether the rows of a scenario are run once more. They are run `repeat` times in any case. If pairs at risk
 * or ordered runs are asked for, they are then run until every row has enough of them or makes no more progress, or,
 * for ordered runs, until a gate is breached, which no further run can undo.
 */
import type { RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { repeatsToAtRisk } from './at-risk.js';
import { breachesGate, repeatsToConfidence } from './gate.js';
import { rowsOfRepeat } from './rows-of-run.js';

export class RepeatControl {
  readonly #scenario: Scenario;
  readonly #rows: RunRow[] = [];
  #isBreached = false;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** Takes in a row that has ended; rows come in the order in which they were planned. */
  add(row: RunRow): void {
    this.#rows.push(row);
    if (this.#scenario.confidence !== null) this.#isBreached ||= breachesGate(this.#scenario, row);
  }

  /** How many further repeats of all rows to plan next. To be called after whole repeats. */
  further(): number {
    const { untilAtRisk, confidence } = this.#scenario;
    const toConfidence = this.#isBreached ? 0 : repeatsToConfidence(this.#scenario, this.#rows);
    if (toConfidence > 0) return toConfidence;
    const isCertain = confidence !== null && this.#isBreached;
    return isCertain || untilAtRisk === null ? 0 : repeatsToAtRisk(this.#rows, untilAtRisk);
  }

  /** Whether repeats beyond the scenario's `repeat` are no longer needed. To be called after whole repeats. */
  isSettled(): boolean {
    const { confidence, untilAtRisk, repeat } = this.#scenario;
    const goesOn = confidence !== null || untilAtRisk !== null;
    return goesOn && this.#rows.at(-1)!.repeat > repeat && this.further() === 0;
  }
}

/** Whether these are all rows that the scenario asks for: in whole repeats, as many as it takes. */
export function hasAllRows(scenario: Scenario, rows: readonly RunRow[]): boolean {
  const ofRepeat = rowsOfRepeat(scenario);
  if (rows.length < ofRepeat * scenario.repeat || rows.length % ofRepeat !== 0) return false;
  const control = new RepeatControl(scenario);
  for (const row of rows) control.add(row);
  return control.further() === 0;
}

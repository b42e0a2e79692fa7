/** Checks a history that a program has in memory, by the engines and the judge that check a record in files. */
import type { HistoryEvent, HistoryOptions } from '../domain/record/history-event.js';
import { recordClaims } from '../domain/record/record-claims.js';
import { versionRules } from '../domain/record/record-fields.js';
import { anomalyKinds } from '../domain/scenario/scenario.js';
import type { RecordReport } from '../domain/record/record-report.js';
import { NeedsMore, type RecordEngine, type Shown } from '../record/engine.js';
import { Fields } from '../record/fields.js';
import { setHistoryFields } from '../record/history/history-fields.js';
import { Intake } from '../record/intake.js';
import { engineFor, reportOf } from './check-record.js';

/**
 * The verdict on a history, in the order in which its events happened. Lines of the report are places in the history,
 * from 1.
 *
 * @throws {TypeError} if an option is unknown or has no such value; if the history is not iterable, or has an event without an aggregate or a version, or with a field
 *   that cannot be one: the message names its place, from 0
 */
export function checkHistory(history: Iterable<HistoryEvent>, options: HistoryOptions = {}): RecordReport {
  const begunAtMs = performance.now();
  refuseUnknown(options);
  const {
    versions = 'dense',
    firstVersion = null,
    complete = false,
    allow = [],
    claims = [],
    minAtRisk = 30,
  } = options;
  const events = listOf(history);
  const sources = [{ name: 'history', format: 'objects', lines: events.length }];
  const shown = new Set<Shown>();
  for (;;) {
    const engine = engineFor(shown, { versions, firstVersion, timeUnit: 'ms', claims });
    const intake = tryToTake(events, engine, shown);
    if (intake === null) continue;
    const reading = { intake, sources, interrupted: false, merge: null };
    return reportOf(reading, engine, { versions, firstVersion, complete, allow, claims, minAtRisk }, begunAtMs);
  }
}

/** What each option can be; a misspelt one would be taken for its default. */
const optionSchemas: Readonly<Record<keyof HistoryOptions, readonly [is: (value: unknown) => boolean, what: string]>> =
  {
    versions: [(value) => versionRules.some((rule) => rule === value), `one of ${versionRules.join(', ')}`],
    firstVersion: [(value) => Number.isSafeInteger(value), 'an integer'],
    complete: [(value) => typeof value === 'boolean', 'true or false'],
    allow: [
      (value) => Array.isArray(value) && value.every((one) => anomalyKinds.some((kind) => kind === one)),
      `a list of ${anomalyKinds.join(', ')}`,
    ],
    claims: [
      (value) => Array.isArray(value) && value.every((one) => recordClaims.some((claim) => claim === one)),
      `a list of ${recordClaims.join(', ')}`,
    ],
    minAtRisk: [(value) => Number.isSafeInteger(value) && Number(value) >= 0, 'an integer from 0 up'],
  };

function refuseUnknown(options: HistoryOptions): void {
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (!Object.hasOwn(optionSchemas, name)) {
      throw new TypeError(`${name} is no option; there are ${Object.keys(optionSchemas).join(', ')}`);
    }
    const [is, what] = optionSchemas[name as keyof HistoryOptions];
    if (value !== undefined && !is(value)) throw new TypeError(`the option ${name} should be ${what}`);
  }
}

function listOf(history: unknown): readonly unknown[] {
  const isIterable = typeof history === 'object' && history !== null && Symbol.iterator in history;
  if (isIterable) return [...(history as Iterable<unknown>)];
  throw new TypeError('the history should be an array of events, or another iterable of them');
}

/** @returns null if the events showed more, which is then added to what was shown */
function tryToTake(events: readonly unknown[], engine: RecordEngine, shown: Set<Shown>): Intake | null {
  const onBad = ({ line, problem }: { readonly line: number; readonly problem: string }): never => {
    throw new TypeError(`history[${line - 1}]: ${problem}`);
  };
  const intake = new Intake({ engine, filter: null, needsTopic: shown.has('topic'), redacts: false, onBad });
  const fields = new Fields();
  try {
    for (const pass of engine.passes) {
      intake.beginPass(pass);
      intake.begin('history');
      for (const [index, event] of events.entries()) {
        setHistoryFields(fields, event, index);
        intake.line(fields, index + 1);
      }
    }
    if (engine.wants !== null) throw new NeedsMore(engine.wants);
  } catch (error) {
    if (!(error instanceof NeedsMore)) throw error;
    shown.add(error.shown);
    return null;
  }
  intake.flush();
  return intake;
}

/**
 * Checks a record of a bus: has its sources read, hands the lines to the engine that they need, judges what that comes
 * to, and makes the report. The engine for handlings alone begins; where a line shows more than an engine was
 * told of, another begins anew, from the first line on.
 */
import { diagnoseRecord } from '../diagnosis/record/diagnose-record.js';
import { judgeRecord } from '../judge/record/judge-record.js';
import type { RecordEvent } from '../domain/record/record-fields.js';
import type { RecordReport } from '../domain/record/record-report.js';
import type { RecordReason } from '../domain/record/record-reason.js';
import { NeedsMore, NotPacked, type RecordEngine, type Shown } from '../record/engine.js';
import { HandledEngine } from '../record/handled/handled-engine.js';
import { ObservedEngine } from '../record/observe/observed-engine.js';
import type { SourceOpener } from '../record/input/open-source.js';
import { redactCauses, redactFindings } from '../record/redact.js';
import type { CheckRecordOptions } from './check-record-options.js';
import { placed, placedCauses } from './read-merged.js';
import { readRecord } from './read-record.js';
import type { Reading } from './record-reading.js';
import { readToolInfo } from './tool-info.js';

/**
 * @throws {UsageError} if a source cannot be read, has no line of a record, or has a bad line where those stop
 * @throws {InterruptedError} once the signal is aborted before a line was read
 */
export async function checkRecord(options: CheckRecordOptions): Promise<RecordReport> {
  const begunAtMs = performance.now();
  const shown = new Set<Shown>(shownBy(options.events ?? null));
  let ahead = options.ahead ?? null;
  for (;;) {
    const engine = engineFor(shown, options);
    const reading = await tryToRead(engine, shown, { ...options, ahead }, begunAtMs);
    if (reading === 'not packed') ahead = null;
    else if (reading !== null) return reportOf(reading, engine, options, begunAtMs);
  }
}

/** What lines will show, as far as the events that the record has tell. */
function shownBy(events: readonly RecordEvent[] | null): readonly Shown[] {
  if (events === null || events.every((event) => event === 'handled')) return [];
  const shown = (['publish', 'acked', 'finish'] as const).filter((event) => events.includes(event));
  return ['more than handlings', ...shown];
}

/** A topic is all that the engine for handlings alone needs not be told of. */
export function engineFor(
  shown: ReadonlySet<Shown>,
  {
    versions,
    firstVersion,
    timeUnit,
    claims = [],
  }: Pick<CheckRecordOptions, 'versions' | 'firstVersion' | 'timeUnit' | 'claims'>,
): RecordEngine {
  if ([...shown].every((what) => what === 'topic')) return new HandledEngine(versions, firstVersion);
  return new ObservedEngine({ firstVersion, timeUnit, isDense: versions === 'dense', shown, claims });
}

/** @returns null if the lines showed more, which is then added to what was shown; or that they cannot be read ahead */
async function tryToRead(
  engine: RecordEngine,
  shown: Set<Shown>,
  options: CheckRecordOptions,
  begunAtMs: number,
): Promise<Reading | 'not packed' | null> {
  try {
    const reading = await readRecord(engine, options, shown.has('topic'), begunAtMs);
    const wants = reading.interrupted || !options.sources.every(canReopen) ? null : engine.wants;
    if (wants === null) return reading;
    shown.add(wants);
    return null;
  } catch (error) {
    if (error instanceof NotPacked) return 'not packed';
    if (!(error instanceof NeedsMore)) throw error;
    shown.add(error.shown);
    return null;
  }
}

function canReopen(source: SourceOpener): boolean {
  return source.canReopen?.() !== false;
}

type JudgedBy =
  | 'complete'
  | 'versions'
  | 'firstVersion'
  | 'allow'
  | 'claims'
  | 'minAtRisk'
  | 'filterCuts'
  | 'redact'
  | 'truncations'
  | 'onInterrupted';

/** The report of a record that an engine has taken in. */
export function reportOf(
  reading: Reading,
  engine: RecordEngine,
  options: Pick<CheckRecordOptions, JudgedBy>,
  begunAtMs: number,
): RecordReport {
  const { intake, sources, interrupted, merge } = reading;
  const { versions, firstVersion, allow, minAtRisk, redact = null } = options;
  if (interrupted) options.onInterrupted?.();
  const truncations = options.truncations?.() ?? 0;
  const complete = options.complete && !interrupted && truncations === 0;
  const leftOut = options.filterCuts === true ? intake.leftOut : 0;
  const whole = intake.bads + leftOut + truncations === 0;
  const { doubts: found, observed, ...result } = engine.end({ complete, whole });
  const doubts: RecordReason[] = [
    ...found,
    ...(leftOut === 0 ? [] : [{ kind: 'left-out', count: leftOut } as const]),
    ...(truncations === 0 ? [] : [{ kind: 'truncated', count: truncations } as const]),
  ];
  const { counts, exposure } = result;
  const judged = judgeRecord({ counts, exposure, doubts, badLines: intake.bads, interrupted, allow, minAtRisk });
  const findings = merge === null ? result.aggregates : placed(result.aggregates, merge);
  const { causes, ...diagnosis } = diagnoseRecord(counts, observed);
  const told = merge === null ? causes : placedCauses(causes, merge);
  const { name, version } = readToolInfo();
  return {
    ...{ schemaVersion: '1.0', kind: 'record', tool: { name, version }, sources },
    lines: linesOf(reading),
    badLines: intake.badLines,
    ...{ events: intake.events, fields: intake.fields, versions, firstVersion, complete, claims: options.claims ?? [] },
    ...judged,
    orderJudgedAt: 'start',
    ...result,
    ...diagnosis,
    causes: redact === null ? told : redactCauses(told, redact),
    aggregates: redact === null ? findings : redactFindings(findings, redact),
    redacted: redact !== null,
    wallDurationMs: performance.now() - begunAtMs,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

function linesOf({ intake, merge }: Reading): RecordReport['lines'] {
  const { record, others, otherSpans, leftOut, bads } = intake;
  return { record, other: others, otherSpans, leftOut, bad: bads, moved: merge === null ? null : merge.moved };
}

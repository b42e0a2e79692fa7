/**
 * Checks a record of a bus: reads its sources one after the other, hands the lines to the engine that they need, judges
 * what that comes to, and makes the report. The engine for handlings alone begins; where a line shows more than an engine was
 * told of, another begins anew, from the first line on.
 */
import { judgeRecord } from '../judge/record/judge-record.js';
import { InterruptedError, UsageError } from '../domain/errors.js';
import type { RecordEvent, VersionRule } from '../domain/record/record-fields.js';
import type { BadLine, RecordReport, RecordSource } from '../domain/record/record-report.js';
import type { RecordReason } from '../domain/record/record-reason.js';
import type { AnomalyKind } from '../domain/scenario/scenario.js';
import { NeedsMore, type RecordEngine, type Shown } from '../record/engine.js';
import { HandledEngine } from '../record/handled/handled-engine.js';
import { feed } from '../record/input/feed.js';
import type { OpenedSource, SourceOpener } from '../record/input/open-source.js';
import { Intake, type LineFilter } from '../record/intake.js';
import { ObservedEngine } from '../record/observe/observed-engine.js';
import { missingSource, noRecord } from '../record/map/no-record.js';
import type { FieldMap } from '../record/map/parse-map.js';
import type { LineSink, RecordReader } from '../record/reader.js';
import { redactFindings, type Redaction } from '../record/redact.js';
import type { TimeUnit } from '../record/times.js';
import { readToolInfo } from './tool-info.js';

export interface CheckRecordOptions {
  /** At least one. */
  readonly sources: readonly SourceOpener[];
  /** Makes the reader of a source. @throws {UsageError} if its content fits no format */
  readonly readerOf: (source: OpenedSource, sink: LineSink) => RecordReader;
  /** Where fields are looked for. */
  readonly map: FieldMap;
  readonly filter: LineFilter | null;
  /** The filter may leave out what other lines speak of, as it does not take all lines of an aggregate or none. */
  readonly filterCuts?: boolean;
  readonly versions: VersionRule;
  /** null: not known. */
  readonly firstVersion: number | null;
  readonly timeUnit: TimeUnit;
  readonly complete: boolean;
  readonly allow: readonly AnomalyKind[];
  readonly minAtRisk: number;
  readonly badLines: 'skip' | 'stop';
  /** What lines say happened, if that is known beforehand; null: the lines show it. */
  readonly events?: readonly RecordEvent[] | null;
  /** Puts a hash in place of an id; null: ids are as they were written. */
  readonly redact?: Redaction | null;
  /** How often what is followed was truncated until now. */
  readonly truncations?: () => number;
  /** Called once reading was interrupted: what follows takes no longer than it has to. */
  readonly onInterrupted?: () => void;
  readonly onProgress?: (progress: RecordProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface RecordProgress {
  readonly source: string;
  readonly bytes: number;
  /** null: not known. */
  readonly totalBytes: number | null;
  /** Of this source, so far. */
  readonly lines: number;
  readonly regressions: number;
  /** null: told only at the end. */
  readonly duplicates: number | null;
  readonly aggregates: number;
  readonly elapsedMs: number;
}

/**
 * @throws {UsageError} if a source cannot be read, has no line of a record, or has a bad line where those stop
 * @throws {InterruptedError} once the signal is aborted before a line was read
 */
export async function checkRecord(options: CheckRecordOptions): Promise<RecordReport> {
  const begunAtMs = performance.now();
  const shown = new Set<Shown>(shownBy(options.events ?? null));
  for (;;) {
    const engine = engineFor(shown, options);
    const reading = await tryToRead(engine, shown, options, begunAtMs);
    if (reading !== null) return reportOf(reading, engine, options, begunAtMs);
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
  { versions, firstVersion, timeUnit }: Pick<CheckRecordOptions, 'versions' | 'firstVersion' | 'timeUnit'>,
): RecordEngine {
  if ([...shown].every((what) => what === 'topic')) return new HandledEngine(versions, firstVersion);
  return new ObservedEngine({ firstVersion, timeUnit, isDense: versions === 'dense', shown });
}

/** What was read of a record. */
export interface Reading {
  readonly intake: Intake;
  readonly sources: readonly RecordSource[];
  readonly interrupted: boolean;
}

/** @returns null if the lines showed more, which is then added to what was shown */
async function tryToRead(
  engine: RecordEngine,
  shown: Set<Shown>,
  options: CheckRecordOptions,
  begunAtMs: number,
): Promise<Reading | null> {
  try {
    return await read(engine, options, shown.has('topic'), begunAtMs);
  } catch (error) {
    if (!(error instanceof NeedsMore)) throw error;
    shown.add(error.shown);
    return null;
  }
}

async function read(
  engine: RecordEngine,
  options: CheckRecordOptions,
  needsTopic: boolean,
  begunAtMs: number,
): Promise<Reading> {
  const { filter, map } = options;
  const redacts = (options.redact ?? null) !== null;
  const intake = new Intake({ engine, filter, needsTopic, redacts, onBad: stopAt(options.badLines) });
  const sources: RecordSource[] = [];
  for (const opener of options.sources) {
    let source: OpenedSource | null = null;
    try {
      source = await opener.open();
      await readSource(source, intake, options, begunAtMs);
      sources.push(sourceOf(source, intake));
    } catch (error) {
      if (!(error instanceof InterruptedError) || intake.record === 0) throw error;
      return { intake, sources: source === null ? sources : [...sources, sourceOf(source, intake)], interrupted: true };
    } finally {
      await source?.close();
    }
  }
  if (intake.record + intake.leftOut === 0) {
    const { samples, badLines, bads, others, lacking } = intake;
    const names = sources.map(({ name }) => name).join(', ');
    const { format = 'unknown' } = sources.find((source) => source.lines > 0) ?? {};
    throw noRecord({ source: names, format, samples, badLines, bads, others, lacking, map });
  }
  const missing = [...map].find(([field]) => !intake.has(field));
  if (missing !== undefined) throw missingSource(missing, sources.map(({ name }) => name).join(', '));
  return { intake, sources, interrupted: false };
}

/** @throws {InterruptedError} once the signal is aborted */
async function readSource(
  source: OpenedSource,
  intake: Intake,
  { readerOf, onProgress, signal }: CheckRecordOptions,
  begunAtMs: number,
): Promise<void> {
  intake.begin(source.name);
  await feed(source, { reader: readerOf(source, intake), sink: intake }, (bytes) => {
    onProgress?.(progressOf(source, bytes, intake, begunAtMs));
    if (signal?.aborted === true) throw new InterruptedError();
  });
  if ((source.badEnd ?? null) !== null) intake.bad(intake.lines + 1, source.badEnd!, '');
}

function progressOf(
  { name, totalBytes }: OpenedSource,
  bytes: number,
  { lines, found }: Intake,
  begunAtMs: number,
): RecordProgress {
  const { regressions, duplicates, aggregates } = found;
  const elapsedMs = performance.now() - begunAtMs;
  return { source: name, bytes, totalBytes, lines, regressions, duplicates, aggregates, elapsedMs };
}

function sourceOf({ name, format }: OpenedSource, { lines }: Intake): RecordSource {
  return { name, format: format ?? 'unknown', lines };
}

function stopAt(badLines: 'skip' | 'stop'): (line: BadLine) => void {
  if (badLines === 'skip') return () => {};
  return ({ source, line, problem, text }) => {
    throw new UsageError(
      `${source}, line ${line}: ${problem}: ${text}`,
      'mend the line, or leave --bad-lines at skip: bad lines are then counted, and what is left is checked',
    );
  };
}

type JudgedBy =
  | 'complete'
  | 'versions'
  | 'firstVersion'
  | 'allow'
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
  const { intake, sources, interrupted } = reading;
  const { versions, firstVersion, allow, minAtRisk, redact = null } = options;
  if (interrupted) options.onInterrupted?.();
  const truncations = options.truncations?.() ?? 0;
  const complete = options.complete && !interrupted && truncations === 0;
  const leftOut = options.filterCuts === true ? intake.leftOut : 0;
  const whole = intake.bads + leftOut + truncations === 0;
  const { doubts: found, ...result } = engine.end({ complete, whole });
  const doubts: RecordReason[] = [
    ...found,
    ...(leftOut === 0 ? [] : [{ kind: 'left-out', count: leftOut } as const]),
    ...(truncations === 0 ? [] : [{ kind: 'truncated', count: truncations } as const]),
  ];
  const { counts, exposure } = result;
  const judged = judgeRecord({ counts, exposure, doubts, badLines: intake.bads, interrupted, allow, minAtRisk });
  const { name, version } = readToolInfo();
  return {
    ...{ schemaVersion: '1.0', kind: 'record', tool: { name, version }, sources },
    lines: { record: intake.record, other: intake.others, leftOut: intake.leftOut, bad: intake.bads },
    badLines: intake.badLines,
    ...{ events: intake.events, fields: intake.fields, versions, firstVersion, complete },
    ...judged,
    orderJudgedAt: 'start',
    ...{ ...result, counts },
    ...(redact === null ? {} : { aggregates: redactFindings(result.aggregates, redact) }),
    redacted: redact !== null,
    wallDurationMs: performance.now() - begunAtMs,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/**
 * Reads the sources of a record, and hands their lines to an engine: one source after the other, or, where a counter says
 * the order of all lines, all of them merged by that.
 */
import { InterruptedError, UsageError } from '../domain/errors.js';
import type { BadLine } from '../domain/record/record-report.js';
import type { RecordEngine } from '../record/engine.js';
import type { OpenedSource } from '../record/input/open-source.js';
import { Intake } from '../record/intake.js';
import { missingSource, noRecord } from '../record/map/no-record.js';
import type { CheckRecordOptions, RecordProgress } from './check-record-options.js';
import { readInTurn } from './read-in-turn.js';
import { readMerged } from './read-merged.js';
import type { OnBlock, Reading } from './record-reading.js';

/**
 * @param needsTopic a line without a topic is bad
 * @param begunAtMs when the check began, for the progress
 * @throws {UsageError} if there is no line of a record, or the map names what no line has
 */
export async function readRecord(
  engine: RecordEngine,
  options: CheckRecordOptions,
  needsTopic: boolean,
  begunAtMs: number,
): Promise<Reading> {
  const { filter, map, signal, onProgress } = options;
  const redacts = (options.redact ?? null) !== null;
  const intake = new Intake({ engine, filter, needsTopic, redacts, onBad: stopAt(options.badLines) });
  const onBlock: OnBlock = (source, bytes, lines) => {
    onProgress?.(progressOf(source, { bytes, lines, begunAtMs }, intake));
    if (signal?.aborted === true) throw new InterruptedError();
  };
  const reading = map.has('order')
    ? await readMerged(intake, options, onBlock)
    : await readInTurn(intake, engine, options, onBlock);
  if (!reading.interrupted) refuseWithoutRecord(reading, options);
  return reading;
}

function refuseWithoutRecord({ intake, sources }: Reading, { map }: CheckRecordOptions): void {
  const names = sources.map(({ name }) => name).join(', ');
  if (intake.record + intake.leftOut === 0) {
    const { samples, badLines, bads, others, lacking } = intake;
    const { format = 'unknown' } = sources.find((source) => source.lines > 0) ?? {};
    throw noRecord({ source: names, format, samples, badLines, bads, others, lacking, map });
  }
  const missing = [...map].find(([field]) => !intake.has(field));
  if (missing !== undefined) throw missingSource(missing, names);
}

function progressOf(
  { name, totalBytes }: Pick<OpenedSource, 'name' | 'totalBytes'>,
  { bytes, lines, begunAtMs }: Pick<RecordProgress, 'bytes' | 'lines'> & { readonly begunAtMs: number },
  { found }: Intake,
): RecordProgress {
  const { regressions, duplicates, aggregates } = found;
  const elapsedMs = performance.now() - begunAtMs;
  return { source: name, bytes, totalBytes, lines, regressions, duplicates, aggregates, elapsedMs };
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

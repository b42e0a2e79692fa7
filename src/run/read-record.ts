/**
 * Reads the sources of a record, and hands their lines to an engine: one source after the other, or, where a counter says
 * the order of all lines, all of them merged by that.
 */
import { InterruptedError, UsageError } from '../domain/errors.js';
import type { BadLine, RecordSource } from '../domain/record/record-report.js';
import type { RecordEngine } from '../record/engine.js';
import { feed } from '../record/input/feed.js';
import type { OpenedSource } from '../record/input/open-source.js';
import { Intake } from '../record/intake.js';
import { missingSource, noRecord } from '../record/map/no-record.js';
import type { CheckRecordOptions, RecordProgress } from './check-record-options.js';
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
  const read = map.has('order') ? readMerged : readInTurn;
  const reading = await read(intake, options, onBlock);
  if (!reading.interrupted) refuseWithoutRecord(reading, options);
  return reading;
}

async function readInTurn(intake: Intake, options: CheckRecordOptions, onBlock: OnBlock): Promise<Reading> {
  const sources: RecordSource[] = [];
  for (const opener of options.sources) {
    let source: OpenedSource | null = null;
    try {
      source = await opener.open();
      await readSource(source, intake, options, onBlock);
      sources.push(sourceOf(source, intake));
    } catch (error) {
      if (!(error instanceof InterruptedError) || intake.record === 0) throw error;
      const read = source === null ? sources : [...sources, sourceOf(source, intake)];
      return { intake, sources: read, interrupted: true, merge: null };
    } finally {
      await source?.close();
    }
  }
  return { intake, sources, interrupted: false, merge: null };
}

async function readSource(
  source: OpenedSource,
  intake: Intake,
  { readerOf }: CheckRecordOptions,
  onBlock: OnBlock,
): Promise<void> {
  intake.begin(source.name);
  await feed(source, { reader: readerOf(source, intake), sink: intake }, (bytes) => {
    onBlock(source, bytes, intake.lines);
  });
  if ((source.badEnd ?? null) !== null) intake.bad(intake.lines + 1, source.badEnd!, '');
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
  { name, totalBytes }: OpenedSource,
  { bytes, lines, begunAtMs }: Pick<RecordProgress, 'bytes' | 'lines'> & { readonly begunAtMs: number },
  { found }: Intake,
): RecordProgress {
  const { regressions, duplicates, aggregates } = found;
  const elapsedMs = performance.now() - begunAtMs;
  return { source: name, bytes, totalBytes, lines, regressions, duplicates, aggregates, elapsedMs };
}

function sourceOf({ name, format }: OpenedSource, { lines }: { readonly lines: number }): RecordSource {
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

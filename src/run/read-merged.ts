/** Reads all sources of a record at once, and hands their lines on in the order of the counter that they share. */
import { InterruptedError, UsageError } from '../domain/errors.js';
import type { RecordCause, RecordPlace, RecordWitnessEvent } from '../domain/record/record-cause.js';
import type { RecordFinding, RecordSource } from '../domain/record/record-report.js';
import { feedInBlocks } from '../record/input/feed.js';
import type { OpenedSource } from '../record/input/open-source.js';
import type { Intake } from '../record/intake.js';
import { sourcesMax } from '../record/order/line-places.js';
import { Merge, type MergedSource } from '../record/order/merge.js';
import type { UnsortedLines } from '../record/order/source-lines.js';
import type { CheckRecordOptions } from './check-record-options.js';
import type { OnBlock, Reading } from './record-reading.js';

/** @throws {UsageError} if there are too many sources, or two lines have the same counter */
export async function readMerged(intake: Intake, options: CheckRecordOptions, onBlock: OnBlock): Promise<Reading> {
  if (options.sources.length > sourcesMax) {
    const wayOut = 'put several of them into one file each: their lines are sorted, so cat will do';
    throw new UsageError(`${options.sources.length} sources are more than the ${sourcesMax} that order merges`, wayOut);
  }
  const opened: OpenedSource[] = [];
  try {
    for (const opener of options.sources) opened.push(await opener.open());
    const names = opened.map(({ name }) => name);
    const merge = new Merge(names, intake, (source) => unsortedOf(names[source]!, intake));
    intake.begin(names.join(', '));
    intake.placeOf = (number) => merge.places.placeOf(number);
    const sources = opened.map((source, index) => mergedSource(source, index, merge, { intake, options, onBlock }));
    const interrupted = await run(merge, sources, intake);
    intake.meet(merge.met);
    return { intake, sources: opened.map((source, index) => sourceOf(source, index, merge)), interrupted, merge };
  } finally {
    for (const source of opened) await source.close();
  }
}

/** @returns whether it was interrupted; then what had been read is handed on */
async function run(merge: Merge, sources: readonly MergedSource[], intake: Intake): Promise<boolean> {
  try {
    await merge.run(sources);
    return false;
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    merge.drain();
    if (intake.record === 0) throw error;
    return true;
  }
}

interface Reader {
  readonly intake: Intake;
  readonly options: CheckRecordOptions;
  readonly onBlock: OnBlock;
}

function mergedSource(
  source: OpenedSource,
  index: number,
  merge: Merge,
  { intake, options, onBlock }: Reader,
): MergedSource {
  const lines = merge.lines[index]!;
  const blocks = feedInBlocks(source, { reader: options.readerOf(source, lines), sink: lines });
  return {
    more: async () => {
      const block = await blocks.next();
      if (block.done !== true) {
        onBlock(source, block.value, lines.lines);
        return true;
      }
      const { name, badEnd = null } = source;
      if (badEnd !== null) intake.badAt({ source: name, line: lines.lines + 1 }, badEnd, '');
      return false;
    },
  };
}

/** What is no line to be sorted is counted at once, where it stands. */
function unsortedOf(source: string, intake: Intake): UnsortedLines {
  return {
    bad: (line, problem, text, lacks) => {
      intake.badAt({ source, line }, problem, text, lacks);
    },
    other: (line, text, operation) => {
      intake.other(line, text, operation);
    },
  };
}

function sourceOf({ name, format }: OpenedSource, index: number, merge: Merge): RecordSource {
  return { name, format: format ?? 'unknown', lines: merge.lines[index]!.lines };
}

/** The findings with the lines of their examples where they stand, in place of their numbers in the merged order. */
export function placed(findings: readonly RecordFinding[], { places }: Merge): RecordFinding[] {
  const placeOf = (number: number | null): { readonly line: number | null; readonly source: string | null } =>
    number === null ? { line: null, source: null } : places.placeOf(number);
  return findings.map((finding) => ({
    ...finding,
    examples: finding.examples.map((example) => {
      const [late, early] = [placeOf(example.line), placeOf(example.afterLine)];
      return { ...example, line: late.line, afterLine: early.line, source: late.source, afterSource: early.source };
    }),
  }));
}

/** The causes with the lines of their witnesses where they stand. */
export function placedCauses(causes: readonly RecordCause[], { places }: Merge): RecordCause[] {
  const placeOf = (place: RecordPlace | null): RecordPlace | null =>
    place === null ? null : places.placeOf(place.line);
  const told = (event: RecordWitnessEvent): RecordWitnessEvent => ({
    ...event,
    ...{ publish: placeOf(event.publish), deliver: placeOf(event.deliver), start: placeOf(event.start) },
    ...{ finish: placeOf(event.finish), ack: placeOf(event.ack) },
  });
  return causes.map((cause) => ({
    ...cause,
    witnesses: cause.witnesses.map(({ event, otherDelivery, otherEvent, ...witness }) => ({
      ...witness,
      event: told(event),
      otherDelivery: otherDelivery === null ? null : told(otherDelivery),
      otherEvent: otherEvent === null ? null : told(otherEvent),
    })),
  }));
}

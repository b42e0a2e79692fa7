/** The command `check` for a record of somebody's own bus, in place of a trace of this tool. */
import { aheadFromBytes } from '../record/ahead/read-ahead.js';
import { ChosenReader, type ReadingOptions } from '../record/choice/chosen-reader.js';
import { decompressing } from '../record/input/compressed/decompressed.js';
import { keptOpener } from '../record/input/kept-opener.js';
import type { FollowedFile } from '../record/input/live/followed-file.js';
import { interruptible } from '../record/input/live/interruptible.js';
import { refuseTwice } from '../record/input/named-twice.js';
import { fileOpener, type SourceOpener } from '../record/input/open-source.js';
import { isPipe, pipeOpener } from '../record/input/pipe-opener.js';
import { streamOpener } from '../record/input/stream-opener.js';
import { exitCodes } from '../domain/errors.js';
import type { RecordReport } from '../domain/record/record-report.js';
import { filterCuts, lineFilter } from '../record/filter.js';
import { checkRecord } from '../run/check-record.js';
import type { AheadFiles, CheckRecordOptions } from '../run/check-record-options.js';
import type { ExplainMapOptions } from '../run/explain-map.js';
import type { CliContext } from './context.js';
import type { OutputOptions, ProgressOptions } from './options/output-options.js';
import { followed } from './follow-file.js';
import { recordOptionsOf, type RecordFlags } from './options/record-options.js';
import { createRecordProgress } from './record-progress.js';

const lastWords =
  'interrupted before the record was judged; check keeps nothing, and the record is as it was\n  run the same command again to start over';

/** @returns the exit code  @throws {UsageError} whatever {@link checkRecord} throws */
export async function checkOwnRecord(
  context: CliContext,
  flags: OutputOptions & ProgressOptions & RecordFlags,
  paths: readonly string[],
): Promise<number> {
  const { console, interrupt } = context;
  const options = recordOptionsOf(flags);
  const readerOf: CheckRecordOptions['readerOf'] = (source, sink) => new ChosenReader(options, source, sink);
  const file = followed(flags, paths);
  refuseTwice(paths);
  const signal = interrupt.listen('the check, with the verdict on what was read');
  interrupt.setLastWords(() => lastWords);
  if (flags.explainMap === true) return explain(context, flags, { paths, map: options.map, readerOf, signal });
  const progress = createRecordProgress(
    {
      stream: console.stderr,
      enabled: flags.progress && flags.quiet !== true && console.interactive,
      color: console.color('stderr', flags.color),
    },
    flags.follow === true,
  );
  const report = await checkRecord({
    ...options,
    ahead: file === null && options.pattern === null ? aheadOf(options, paths) : null,
    sources: file === null ? paths.map((path) => openerOf(path, signal)) : [followOpener(file, signal)],
    filter: lineFilter(options),
    filterCuts: filterCuts(options),
    readerOf,
    onProgress: (now) => progress.update(now),
    onInterrupted: () => interrupt.stopGrace(),
    truncations: () => file?.truncations ?? 0,
    signal,
  }).finally(() => progress.done());
  if (flags.json === true) {
    await console.out(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    const look = { width: console.width, color: console.color('stdout', flags.color), ascii: console.ascii };
    const { renderRecord } = await import('../report/terminal/record-screen.js');
    await console.out(renderRecord(report, { ...look, details: flags.details === true }));
  }
  return exitCodeOf(report);
}

type Explained = Omit<ExplainMapOptions, 'source'> & {
  readonly paths: readonly string[];
  readonly signal: AbortSignal;
};

/** Shows what the first lines of each source would become. @returns the exit code */
async function explain(
  { console }: CliContext,
  flags: OutputOptions,
  { paths, signal, ...reading }: Explained,
): Promise<number> {
  const { explainMap } = await import('../run/explain-map.js');
  const { renderExplained } = await import('../report/terminal/explained-screen.js');
  const look = { width: console.width, color: console.color('stdout', flags.color), ascii: console.ascii };
  for (const path of paths) {
    const explained = await explainMap({ source: openerOf(path, signal), ...reading });
    await console.out(
      flags.json === true ? `${JSON.stringify(explained, null, 2)}\n` : renderExplained(explained, look),
    );
  }
  return exitCodes.ok;
}

function aheadOf({ format, strip, map, constants }: ReadingOptions, named: readonly string[]): AheadFiles {
  const paths = named.map((path) => (path === '-' ? null : path));
  return { paths, reading: { format, strip, map, constants }, fromBytes: aheadFromBytes };
}

function openerOf(path: string, signal: AbortSignal): SourceOpener {
  return decompressing(interruptible(sourceAt(path), signal));
}

function sourceAt(path: string): SourceOpener {
  if (path === '-') return streamOpener(process.stdin, 'standard input');
  return isPipe(path) ? pipeOpener(path) : fileOpener(path);
}

function followOpener(file: FollowedFile, signal: AbortSignal): SourceOpener {
  return interruptible(
    keptOpener(file, () => file.open()),
    signal,
  );
}

function exitCodeOf({ outcome, reasons }: RecordReport): number {
  if (reasons.some(({ kind }) => kind === 'interrupted')) return exitCodes.interrupted;
  if (outcome === 'violated') return exitCodes.breached;
  return outcome === 'ordered' ? exitCodes.ok : exitCodes.inconclusive;
}

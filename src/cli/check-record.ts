/** The command `check` for a record of somebody's own bus, in place of a trace of this tool. */
import { ChosenReader } from '../record/choice/chosen-reader.js';
import { decompressing } from '../record/input/compressed/decompressed.js';
import { fileOpener, streamOpener, type SourceOpener } from '../record/input/open-source.js';
import { exitCodes } from '../domain/errors.js';
import type { RecordReport } from '../domain/record/record-report.js';
import { filterCuts, lineFilter } from '../record/filter.js';
import { checkRecord } from '../run/check-record.js';
import type { CliContext } from './context.js';
import type { OutputOptions, ProgressOptions } from './options/output-options.js';
import { recordOptionsOf, type RecordFlags } from './options/record-options.js';

/** @returns the exit code  @throws {UsageError} whatever {@link checkRecord} throws */
export async function checkOwnRecord(
  context: CliContext,
  flags: OutputOptions & ProgressOptions & RecordFlags,
  paths: readonly string[],
): Promise<number> {
  const { console } = context;
  const options = recordOptionsOf(flags);
  const report = await checkRecord({
    ...options,
    sources: paths.map(openerOf),
    filter: lineFilter(options),
    filterCuts: filterCuts(options),
    readerOf: (source, sink) => new ChosenReader(options, source, sink),
    signal: context.interrupt.listen(),
  });
  if (flags.json === true) {
    await console.out(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    const { renderRecord } = await import('../report/terminal/record-screen.js');
    const look = { width: console.width, color: console.color('stdout', flags.color), ascii: console.ascii };
    await console.out(renderRecord(report, { ...look, details: flags.details === true }));
  }
  return exitCodeOf(report);
}

function openerOf(path: string): SourceOpener {
  return decompressing(path === '-' ? streamOpener(process.stdin, 'standard input') : fileOpener(path));
}

function exitCodeOf({ outcome, reasons }: RecordReport): number {
  if (reasons.some(({ kind }) => kind === 'interrupted')) return exitCodes.interrupted;
  if (outcome === 'violated') return exitCodes.breached;
  return outcome === 'ordered' ? exitCodes.ok : exitCodes.inconclusive;
}

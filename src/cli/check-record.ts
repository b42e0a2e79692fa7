/** The command `check` for a record of somebody's own bus, in place of a trace of this tool. */
import { ChosenReader } from '../record/choice/chosen-reader.js';
import { decompressing } from '../record/input/compressed/decompressed.js';
import { fileOpener, streamOpener, type SourceOpener } from '../record/input/open-source.js';
import { exitCodes } from '../domain/errors.js';
import type { RecordReport } from '../domain/record/record-report.js';
import { filterCuts, lineFilter } from '../record/filter.js';
import { checkRecord, type CheckRecordOptions } from '../run/check-record.js';
import type { ExplainMapOptions } from '../run/explain-map.js';
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
  const readerOf: CheckRecordOptions['readerOf'] = (source, sink) => new ChosenReader(options, source, sink);
  if (flags.explainMap === true) return explain(context, flags, { paths, map: options.map, readerOf });
  const report = await checkRecord({
    ...options,
    sources: paths.map(openerOf),
    filter: lineFilter(options),
    filterCuts: filterCuts(options),
    readerOf,
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

/** Shows what the first lines of each source would become. @returns the exit code */
async function explain(
  { console }: CliContext,
  flags: OutputOptions,
  { paths, ...reading }: Omit<ExplainMapOptions, 'source'> & { readonly paths: readonly string[] },
): Promise<number> {
  const { explainMap } = await import('../run/explain-map.js');
  const { renderExplained } = await import('../report/terminal/explained-screen.js');
  const look = { width: console.width, color: console.color('stdout', flags.color), ascii: console.ascii };
  for (const path of paths) {
    const explained = await explainMap({ source: openerOf(path), ...reading });
    await console.out(
      flags.json === true ? `${JSON.stringify(explained, null, 2)}\n` : renderExplained(explained, look),
    );
  }
  return exitCodes.ok;
}

function openerOf(path: string): SourceOpener {
  return decompressing(path === '-' ? streamOpener(process.stdin, 'standard input') : fileOpener(path));
}

function exitCodeOf({ outcome, reasons }: RecordReport): number {
  if (reasons.some(({ kind }) => kind === 'interrupted')) return exitCodes.interrupted;
  if (outcome === 'violated') return exitCodes.breached;
  return outcome === 'ordered' ? exitCodes.ok : exitCodes.inconclusive;
}

/**
 * The command `check`: gives the verdict on a trace that was recorded by `run`, or on a record of somebody's own bus,
 * offline. It is always a gate: what is not shown to be ordered is not a pass.
 */
import { Command } from 'commander';
import type { CliContext } from '../context.js';
import { exitCodeOfCheck } from '../exit-code.js';
import { UsageError } from '../../domain/errors.js';
import { addDetailsOption, addOutputOptions, addProgressOptions } from '../options/output-options.js';
import { addRecordOptions, type RecordFlags } from '../options/record-options.js';
import type { OutputOptions, ProgressOptions } from '../options/output-options.js';

const examples = `
Examples:
  eventbus-bench check app.log --map aggregate=.order,version=.seq
      what your own log proves: events out of order, twice, missing
  eventbus-bench check app.ndjson --json | jq .counts
      the counts; --complete if the log has its end
  eventbus-bench check app.log --follow --idle 30s --redact
      a log that still grows, until nothing comes; ids as hashes
  eventbus-bench run --trace trace.ndjson && eventbus-bench check trace.ndjson
      record a run, then compute its verdict again from the trace alone

Exit codes: 0 ordered; 1 violated; 2 inconclusive, which a record is that does
not show what was at stake, or was cut off; 64 no such file, or no record.`;

export function createCheckCommand(context: CliContext): Command {
  const command = new Command('check')
    .summary('the verdict on your own log, or on a recorded trace')
    .description(
      'Compute the verdict on a record of your own bus (docs/RECORD.md), or on a trace that run --trace recorded. Needs no broker. Exits 0 only if order is shown to be kept.',
    )
    .argument('<files...>', 'records (NDJSON, CSV, text, OTLP/JSON), or one trace; - for standard input');
  addRecordOptions(command);
  addOutputOptions(command);
  addDetailsOption(command);
  addProgressOptions(command);
  return command
    .addHelpText('after', examples)
    .action((files: string[]) =>
      check(context, command.opts(), files).then((exitCode) => void (context.exitCode = exitCode)),
    );
}

type Flags = OutputOptions & ProgressOptions & RecordFlags;

async function check(context: CliContext, options: Flags, files: readonly string[]): Promise<number> {
  const [file = '-'] = files;
  const { format } = options;
  const isOfTrace = await isTrace(file);
  if (format === undefined ? !isOfTrace : format !== 'trace') {
    const { checkOwnRecord } = await import('../check-record.js');
    return checkOwnRecord(context, options, files);
  }
  if (files.length > 1)
    throw new UsageError(`${file} is a trace, and more files are named`, 'check one trace at a time');
  return checkOwnTrace(context, options, file);
}

async function isTrace(file: string): Promise<boolean> {
  const { isTraceFile, isTraceStream } = await import('../../trace/is-trace.js');
  if (file !== '-') return isTraceFile(file);
  if (process.stdin.isTTY) {
    throw new UsageError(
      'the record is to come from standard input (-), and nothing is piped in',
      'name a file, or pipe it in: eventbus-bench check - < FILE',
    );
  }
  return isTraceStream(process.stdin);
}

async function checkOwnTrace(
  context: CliContext,
  options: OutputOptions & ProgressOptions,
  trace: string,
): Promise<number> {
  const { console } = context;
  const { readWithProgress } = await import('../read-with-progress.js');
  const { checkTrace } = await import('../../run/check-trace.js');
  const report = await readWithProgress(context, options, {
    ...{ command: 'check', path: trace },
    read: (hooks) =>
      checkTrace(trace === '-' ? 'standard input' : trace, {
        ...hooks,
        ...(trace === '-' && { input: process.stdin }),
      }),
  });
  if (options.json === true) {
    const { renderJson } = await import('../../report/contract/json.js');
    await console.out(renderJson(report));
  } else {
    const { renderTerminal } = await import('../../report/terminal/terminal.js');
    const look = { width: console.width, color: console.color('stdout', options.color), ascii: console.ascii };
    await console.out(renderTerminal(report, { ...look, reportPath: null, details: options.details === true }));
  }
  return exitCodeOfCheck(report);
}

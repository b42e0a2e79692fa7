/**
 * The command `check`: gives the verdict on a recorded trace, offline. It is always a gate: a trace that is not shown
 * to be ordered is not a pass.
 */
import { Command } from 'commander';
import type { CliContext } from '../context.js';
import { exitCodeOfCheck } from '../exit-code.js';
import { addDetailsOption, addOutputOptions, addProgressOptions } from '../options/output-options.js';
import type { OutputOptions, ProgressOptions } from '../options/output-options.js';

const examples = `
Examples:
  eventbus-bench run --trace trace.ndjson && eventbus-bench check trace.ndjson
      record a run, then compute its verdict again from the trace alone
  gunzip < trace.ndjson.gz | eventbus-bench check -
      a trace from a pipe
  eventbus-bench check trace.ndjson --json | jq '.runs[].counts'
      the counts of every row

Exit codes: 0 ordered; 1 violated; 2 inconclusive, which a trace that was cut
off is unless what is left of it is violated; 64 no such file, or not a trace.`;

export function createCheckCommand(context: CliContext): Command {
  const command = new Command('check')
    .summary('compute the verdict on a recorded trace')
    .description(
      'Compute the verdict on a trace that run --trace recorded. Needs no broker. Exits 0 only if every row is ordered.',
    )
    .argument('<trace>', 'trace file (NDJSON); - for standard input');
  addOutputOptions(command);
  addDetailsOption(command);
  addProgressOptions(command);
  return command
    .addHelpText('after', examples)
    .action((trace: string) =>
      check(context, command.opts(), trace).then((exitCode) => void (context.exitCode = exitCode)),
    );
}

async function check(context: CliContext, options: OutputOptions & ProgressOptions, trace: string): Promise<number> {
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

/** Reads a trace for a command: refuses a terminal as its source, shows progress, and says what is wrong with the file. */
import { UsageError } from '../domain/errors.js';
import type { RunReport } from '../domain/report/run-report.js';
import type { CheckTraceOptions } from '../run/check-trace.js';
import type { CliContext } from './context.js';
import type { OutputOptions, ProgressOptions } from './options/output-options.js';

export interface TraceReading {
  /** Name of the command, for the way out. */
  readonly command: string;
  /** A file; `-`: standard input. */
  readonly path: string;
  readonly read: (hooks: CheckTraceOptions) => Promise<RunReport>;
}

/** @throws {UsageError} if standard input is a terminal, or whatever reading throws */
export async function readWithProgress(
  { console }: CliContext,
  options: OutputOptions & ProgressOptions,
  { command, path, read }: TraceReading,
): Promise<RunReport> {
  if (path === '-' && process.stdin.isTTY) {
    throw new UsageError(
      'the trace is to come from standard input (-), and nothing is piped in',
      `name the file that \`run --trace FILE\` wrote, or pipe it in: eventbus-bench ${command} - < FILE`,
    );
  }
  const { createProgressLine } = await import('./progress-line.js');
  const progress = createProgressLine({
    stream: console.stderr,
    enabled: options.progress && options.quiet !== true && console.interactive,
    color: console.color('stderr', options.color),
  });
  const troubles: string[] = [];
  const report = await read({
    onProgress: (now) => progress.update(now),
    onTrouble: (sentence) => void troubles.push(sentence),
  }).finally(() => progress.done());
  for (const trouble of troubles) await console.err(`note: ${trouble}`);
  return report;
}

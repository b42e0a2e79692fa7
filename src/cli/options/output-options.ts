/** Defines the output flags that commands share: the format of the result, colour, progress, and where files go. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { UsageError } from '../../domain/errors.js';
import { formats, type Format } from '../../report/exporters/formats.js';

const heading = 'Output:';

export interface OutputOptions {
  readonly json?: boolean;
  readonly details?: boolean;
  readonly color: boolean;
}

export interface FormatOptions extends OutputOptions {
  readonly format?: Format;
}

export interface ProgressOptions {
  readonly quiet?: boolean;
  readonly progress: boolean;
}

export function addOutputOptions(command: Command): Command {
  return command
    .addOption(new Option('--json', 'Print JSON and nothing else on standard output.').helpGroup(heading))
    .addOption(new Option('--no-color', 'No colour; NO_COLOR and FORCE_COLOR are followed too.').helpGroup(heading));
}

/** For commands whose result is a report. */
export function addDetailsOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--details',
      'Show all of the report: every column, timelines, the worst aggregates, what each row means.',
    ).helpGroup(heading),
  );
}

export function addProgressOptions(command: Command): Command {
  return command
    .addOption(new Option('--quiet', 'Nothing on standard error but errors and gates.').helpGroup(heading))
    .addOption(new Option('--no-progress', 'No progress, nor the live view of a run.').helpGroup(heading));
}

export function addFormatOption(command: Command): Command {
  return command.addOption(
    new Option('--format <format>', 'How the result is printed. (default: terminal)')
      .choices(formats)
      .helpGroup(heading),
  );
}

/** @throws {UsageError} if --json and --format contradict each other */
export function formatOf({ json, format }: FormatOptions): Format {
  if (json !== true) return format ?? 'terminal';
  if (format === undefined || format === 'json') return 'json';
  throw new UsageError(`--json is given, and --format is ${format}`, 'leave one of them out');
}

export interface OpenOptions {
  readonly open?: boolean;
}

export function addOpenOption(command: Command): Command {
  return command.addOption(
    new Option('--open', 'Also write a page beside the report, and open it in the browser.').helpGroup(heading),
  );
}

export function addPlanOption(command: Command): Command {
  return command.addOption(
    new Option('--plan', 'Show what would be run, and about how long it takes, and run nothing.').helpGroup('Run:'),
  );
}

export function addReportOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--report-dir <folder>', 'Folder that the JSON report is written to.')
        .default('reports')
        .helpGroup(heading),
    )
    .addOption(
      new Option('--trace <file>', 'Also record every observation, for eventbus-bench check.').helpGroup(heading),
    );
}

/**
 * The command `report`: renders a stored report in any format, so that CI can have many formats of one run. It runs
 * nothing; only the gates of the report's own scenario are applied again.
 */
import { Command, Option } from 'commander';
import { formats, reportFormats, type Format } from '../../report/exporters/formats.js';
import type { OpenOptions } from '../options/output-options.js';
import type { CliContext } from '../context.js';
import { exitCodes } from '../../domain/errors.js';

interface ReportOptions extends OpenOptions {
  readonly format: Format;
  readonly output?: string;
  readonly color: boolean;
  readonly details?: boolean;
}

/** The width of help texts in columns. */
const helpWidth = 80;

const examples = `
Examples:
  eventbus-bench report reports/latest.json
      the last run once more, as it was shown
  eventbus-bench report reports/latest.json --open
      the same as a page in the browser, reports/latest.html
  eventbus-bench report reports/latest.json --format junit --output junit.xml
      what Jenkins, GitLab and others show as tests
  eventbus-bench report reports/latest.json --format markdown \\
    >> "$GITHUB_STEP_SUMMARY"
      the job summary of a GitHub workflow
  eventbus-bench check trace.ndjson --json | eventbus-bench report --format csv
      a trace as a table

Exit codes: 0 rendered, whatever the report says: gates are for run; 64 no such
file, or not a report; 70 bug.`;

export function createReportCommand(context: CliContext): Command {
  return new Command('report')
    .summary('render a stored report in any format')
    .description(
      'Render a report that run wrote (reports/latest.json) as a table, JUnit XML, Markdown, CSV and more. Several reports, as run prints them with --json for several files, come into one document.',
    )
    .argument('[report]', 'report file (JSON); - or nothing: standard input')
    .addOption(new Option('--format <format>', 'How to render it.').choices(formats).default('terminal'))
    .addOption(new Option('--details', 'Show all of it, not only what fits one screen (terminal format).'))
    .addOption(new Option('--output <file>', 'Write it to a file instead of standard output.'))
    .addOption(new Option('--open', 'Write a page beside the report, or to --output, and open it in the browser.'))
    .addOption(new Option('--no-color', 'No colour; NO_COLOR and FORCE_COLOR are followed too.'))
    .addHelpText('after', ({ command }) => `${formatsHelp(command)}${examples}`)
    .action((path: string | undefined, given: ReportOptions, command: Command) =>
      report(context, withPageFormat(given, command), path).then((exitCode) => void (context.exitCode = exitCode)),
    );
}

/** One entry for each format, with its help beside its name, wrapped as commander wraps the help of options. */
function formatsHelp(command: Command): string {
  const indent = 2 + Math.max(...formats.map((format) => format.length)) + 2;
  const help = command.createHelp();
  const lines = formats.map((format) => {
    const text = help.boxWrap(reportFormats[format].help, helpWidth - indent);
    return `  ${format}`.padEnd(indent) + text.replaceAll('\n', `\n${' '.repeat(indent)}`);
  });
  return `\nFormats:\n${lines.join('\n')}\n`;
}

/** With --open alone the page is all that is asked for. */
function withPageFormat(options: ReportOptions, command: Command): ReportOptions {
  const isAlone = options.open === true && command.getOptionValueSource('format') === 'default';
  return isAlone ? { ...options, format: 'html' } : options;
}

async function report(context: CliContext, options: ReportOptions, path: string | undefined): Promise<number> {
  const { console } = context;
  const { readStoredReports } = await import('../stored-reports.js');
  const stored = await readStoredReports(path, process.stdin);
  const toFile = options.output !== undefined;
  const color = !toFile && console.color('stdout', options.color);
  const { renderAs } = await import('../../report/exporters/formats.js');
  const look = { width: console.width, color, ascii: console.ascii, details: options.details === true };
  const text = await renderAs(options.format, { ...stored, look });
  const isPage = options.open === true && options.format === 'html';
  if (!isPage) await write(context, text, options.output);
  if (options.open === true) {
    const html = isPage ? text : await renderAs('html', { ...stored, look });
    const { openPage, pagePathOf } = await import('../page/open-page.js');
    const beside = path === undefined || path === '-' ? null : pagePathOf(path);
    await openPage(context, { html, path: isPage ? (options.output ?? beside) : beside, quiet: false });
  }
  return exitCodes.ok;
}

async function write({ console }: CliContext, text: string, output: string | undefined): Promise<void> {
  if (output === undefined) return console.out(text);
  const { writeRendered } = await import('../../run/report-files.js');
  await writeRendered(text, output);
}

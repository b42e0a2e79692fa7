/**
 * The command `report`: renders a stored report in any format, so that CI can have many formats of one run, or what
 * differs between two. It runs nothing; only the gates of the report's own scenario are applied again.
 */
import { Command, Option } from 'commander';
import type { Asked } from '../../report/exporters/format.js';
import { formats, reportFormats, type Format } from '../../report/exporters/formats.js';
import type { OpenOptions } from '../options/output-options.js';
import type { CliContext } from '../context.js';
import { exitCodes, UsageError } from '../../domain/errors.js';

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
  eventbus-bench report main.json reports/latest.json
      two reports side by side: what differs, and whether it is more than chance

Exit codes: 0 rendered, whatever the reports say: run and gate decide, and
gate B --baseline A on what became worse; 64 no such file, or not a report;
70 bug.`;

export function createReportCommand(context: CliContext): Command {
  return new Command('report')
    .summary('render a stored report in any format')
    .description(
      'Render a report that run wrote (reports/latest.json) as a table, JUnit XML, Markdown, CSV and more. Several reports, as run prints them with --json for several files, come into one document. With a second file: what differs between the two, as terminal, json, html or markdown.',
    )
    .argument('[report]', 'report file (JSON); - or nothing: standard input')
    .argument('[other]', 'a second report, to be shown beside the first')
    .addOption(new Option('--format <format>', 'How to render it.').choices(formats).default('terminal'))
    .addOption(new Option('--details', 'Show all of it, not only what fits one screen (terminal format).'))
    .addOption(new Option('--output <file>', 'Write it to a file instead of standard output.'))
    .addOption(new Option('--open', 'Write a page beside the report, or to --output, and open it in the browser.'))
    .addOption(new Option('--no-color', 'No colour; NO_COLOR and FORCE_COLOR are followed too.'))
    .addHelpText('after', ({ command }) => `${formatsHelp(command)}${examples}`)
    .action((path: string | undefined, other: string | undefined, given: ReportOptions, command: Command) =>
      report(context, withPageFormat(given, command), path, other).then(
        (exitCode) => void (context.exitCode = exitCode),
      ),
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

async function report(context: CliContext, options: ReportOptions, path?: string, other?: string): Promise<number> {
  const { console } = context;
  const toFile = options.output !== undefined;
  const color = !toFile && console.color('stdout', options.color);
  const look = { width: console.width, color, ascii: console.ascii, details: options.details === true };
  if (path !== undefined && other !== undefined) {
    if (options.open === true) throw noPageOfTwo();
    await write(context, await renderedDifference(options.format, [path, other], look), options.output);
    return exitCodes.ok;
  }
  const { readStoredReports } = await import('../stored-reports.js');
  const stored = await readStoredReports(path, process.stdin);
  const { renderAs } = await import('../../report/exporters/formats.js');
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

function noPageOfTwo(): UsageError {
  return new UsageError(
    'two reports side by side have no page to open',
    'leave --open out, or open the page of each: eventbus-bench report FILE --open',
  );
}

async function renderedDifference(
  format: Format,
  paths: readonly [a: string, b: string],
  look: Asked['look'],
): Promise<string> {
  const { readTwoReports } = await import('../stored-reports.js');
  const [a, b] = await readTwoReports(paths, process.stdin);
  const { differenceOf } = await import('../../gate/difference/report-difference.js');
  const { renderDifferenceAs } = await import('../../report/exporters/formats.js');
  return renderDifferenceAs(format, differenceOf(a, b), { look });
}

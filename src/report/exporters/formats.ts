/**
 * Registers the report formats: values of `--format`, their help and the endings of their files come from here. To add
 * a format, write `src/report/exporters/<format>.ts` with a function `render`, and its line here.
 */
import type { JudgedReport } from '../../domain/report/gate.js';
import { UsageError } from '../../domain/errors.js';
import type { ReportDifference } from '../../domain/report/report-difference.js';
import { listed } from '../../text/lists.js';
import type { Asked, ReportFormat } from './format.js';

const registry = {
  terminal: {
    ending: 'txt',
    help: 'the tables and sentences that run shows',
    load: () => import('../terminal/report-screens.js'),
    loadDifference: () => import('../terminal/difference-screen.js'),
  },
  json: {
    ending: 'json',
    help: "the report itself, in this version's fields",
    load: () => import('./json.js'),
    loadDifference: () => import('./difference/json.js'),
  },
  html: {
    ending: 'html',
    help: 'a page to look at, in one file: timelines, charts',
    load: () => import('./html.js'),
    loadDifference: () => import('./difference/html.js'),
  },
  junit: { ending: 'junit.xml', help: 'JUnit XML: a test case a row', load: () => import('./junit.js') },
  github: {
    ending: 'github.txt',
    help: 'annotations of GitHub Actions, to be printed by a step',
    load: () => import('./github.js'),
  },
  markdown: {
    ending: 'summary.md',
    help: 'a job summary of GitHub Actions, or a comment',
    load: () => import('./markdown.js'),
    loadDifference: () => import('./difference/markdown.js'),
  },
  'benchmark-smaller': {
    ending: 'smaller.json',
    help: 'github-action-benchmark, customSmallerIsBetter: latencies, violations, memory',
    load: async () => (await import('./benchmark.js')).smallerIsBetter,
  },
  'benchmark-bigger': {
    ending: 'bigger.json',
    help: 'github-action-benchmark, customBiggerIsBetter: throughput',
    load: async () => (await import('./benchmark.js')).biggerIsBetter,
  },
  bmf: { ending: 'bmf.json', help: 'Bencher Metric Format', load: () => import('./bmf.js') },
  csv: { ending: 'csv', help: 'a line a row, every number of the report', load: () => import('./csv.js') },
  perfetto: {
    ending: 'perfetto.json',
    help: "Chrome trace events of the timelines, for Perfetto's viewer",
    load: () => import('./perfetto.js'),
  },
  otlp: {
    ending: 'otlp.json',
    help: 'OpenTelemetry spans of the timelines, OTLP/JSON',
    load: () => import('./otlp.js'),
  },
  hdr: { ending: 'hlog', help: 'HdrHistogram log of all latencies', load: () => import('./hdr-log.js') },
} as const satisfies Record<string, ReportFormat>;

export type Format = keyof typeof registry;

/** In the order of the help. */
export const formats = Object.keys(registry) as readonly Format[];

export const reportFormats: Readonly<Record<Format, ReportFormat>> = registry;

export interface Given extends Asked {
  readonly reports: readonly JudgedReport[];
}

/** @throws {UsageError} if the reports cannot be shown in this format */
export async function renderAs(format: Format, { reports, ...asked }: Given): Promise<string> {
  const { render } = await reportFormats[format].load();
  return render(reports, asked);
}

/** @throws {UsageError} if the format has no place for two reports side by side */
export async function renderDifferenceAs(
  format: Format,
  difference: ReportDifference,
  asked: Pick<Asked, 'look'>,
): Promise<string> {
  const { loadDifference } = reportFormats[format];
  if (loadDifference === undefined) {
    const able = formats.filter((one) => reportFormats[one].loadDifference !== undefined);
    throw new UsageError(
      `--format ${format} shows no two reports side by side; allowed: ${listed(able, 'or')}`,
      'or render each report by itself',
    );
  }
  const { renderDifference } = await loadDifference();
  return renderDifference(difference, asked);
}

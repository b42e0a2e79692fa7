/**
 * Renders latencies as a histogram log of HdrHistogram, version 1.3: comments, a legend, and one line for each
 * histogram, with `Tag=<row>.<latency>`, start and length of the interval in seconds, its largest value in
 * milliseconds, and the histogram itself (V2, compressed, base64, in microseconds), as the report has it.
 *
 * A report does not say when a row began, so rows are laid end to end from the report's start, each as long as it
 * lasted in its own clock. Starts are in seconds since the epoch, so several reports fit into one log.
 *
 * Source: HistogramLogWriter and HistogramLogReader of HdrHistogram; a tag has no comma, space or line end.
 */
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { UsageError } from '../../domain/errors.js';
import type { JudgedReport } from '../../domain/report/gate.js';
import type { LatencyHistograms, RunReport, RunRow } from '../../domain/report/run-report.js';
import { printable } from '../../text/printable.js';

const latencies: readonly (keyof LatencyHistograms)[] = ['publish', 'queue', 'handle', 'endToEnd'];
const microsecondsPerMs = 1_000;

/** @throws {UsageError} if a histogram of the report cannot be decoded */
export function render(reports: readonly JudgedReport[]): string {
  const started = reports.map(({ report }) => Date.parse(report.startedAt));
  const first = Math.min(...started);
  const head = [
    '#[Written by eventbus-bench: values in microseconds, Interval_Max in milliseconds]',
    '#[Histogram log format version 1.3]',
    ...(reports.length === 0
      ? []
      : [`#[StartTime: ${seconds(first)} (seconds since epoch), ${new Date(first).toISOString()}]`]),
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
  ];
  const lines = reports.flatMap(({ report }, at) => linesOf(report, started[at]!));
  return `${[...head, ...lines].join('\n')}\n`;
}

function linesOf({ runs }: RunReport, startedMs: number): string[] {
  let beginsMs = startedMs;
  return runs.flatMap((row) => {
    const lines = linesOfRow(row, beginsMs);
    beginsMs += row.durationMs;
    return lines.length > 0 ? lines : [`#[${tagOf(row.id)}: the report has no histograms of this row]`];
  });
}

function linesOfRow(row: RunRow, beginsMs: number): string[] {
  return latencies.flatMap((latency) => {
    const histogram = row.latencyHistograms[latency];
    if (histogram === null) return [];
    const max = maxMsOf(histogram, `${row.id}, latencyHistograms.${latency}`).toFixed(3);
    return [`Tag=${tagOf(row.id)}.${latency},${seconds(beginsMs)},${seconds(row.durationMs)},${max},${histogram}`];
  });
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

function tagOf(id: string): string {
  return printable(id).replace(/[,\s]/gu, '_');
}

function maxMsOf(histogram: string, where: string): number {
  try {
    if (!/^[A-Za-z0-9+/]+=*$/.test(histogram)) throw new Error('not base64');
    return decodeFromCompressedBase64(histogram).maxValue / microsecondsPerMs;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${where} is not a histogram: ${detail}`, 'give the report as eventbus-bench run wrote it', {
      cause,
    });
  }
}

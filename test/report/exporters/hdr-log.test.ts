/** A log that HdrHistogram's own reader reads, whose histograms give the row's quantiles. */
import { HistogramLogReader, listTags } from 'hdr-histogram-js';
import type { Histogram } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/domain/errors.js';
import type { RunReport, RunRow } from '../../../src/domain/report/run-report.js';
import { render as renderHdrLog } from '../../../src/report/exporters/hdr-log.js';
import { simulate } from '../../run/simulate.js';
import { report, row } from '../fixtures.js';

const rendered = (...reports: RunReport[]): string => renderHdrLog(reports.map((one) => ({ report: one, gate: null })));

function read(log: string): Histogram[] {
  const reader = new HistogramLogReader(log);
  const histograms: Histogram[] = [];
  for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram()) {
    histograms.push(next);
  }
  return histograms;
}

/** Every value 1,000 microseconds, 240 of them. */
const oneMs = 'HISTFAAAACR4nJNpmSzMwMDAAsSMQMzMAAEgtojs9QQGGP88/wNmAFGgBHo=';
const none = { publish: null, queue: null, handle: null, endToEnd: null };
const measured = (id: string, overrides: Partial<RunRow> = {}): RunRow =>
  row(id, { latencyHistograms: { ...none, handle: oneMs }, durationMs: 2_000, ...overrides });

describe('renderHdrLog', () => {
  it('holds the histograms of a run, from which the quantiles of its report are read', async () => {
    const runs = await simulate({ topics: '3', aggregates: '12', versions: '20' }, 7);
    const histograms = read(rendered(report(runs)));
    expect(histograms).toHaveLength(runs.length * 4);
    for (const run of runs) {
      for (const latency of ['publish', 'queue', 'handle', 'endToEnd'] as const) {
        const histogram = histograms.find(({ tag }) => tag === `${run.id}.${latency}`)!;
        const at = (percentile: number): number =>
          Number((histogram.getValueAtPercentile(percentile) / 1_000).toPrecision(3));
        expect({ p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: at(100) }).toEqual(run.latencyMs[latency]);
      }
    }
  });

  it('has the lines of a histogram log: version, start, legend, and one a histogram', () => {
    const lines = rendered(report([measured('single#1')]))
      .trimEnd()
      .split('\n');
    expect(lines.slice(1)).toEqual([
      '#[Histogram log format version 1.3]',
      '#[StartTime: 1795359845.000 (seconds since epoch), 2026-11-22T15:04:05.000Z]',
      '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
      `Tag=single#1.handle,1795359845.000,2.000,1.000,${oneMs}`,
    ]);
  });

  it('lays rows end to end from the start of their report', () => {
    const later = report([measured('single#1')], { startedAt: '2026-11-22T16:04:05.000Z' });
    const histograms = read(rendered(report([measured('single#1'), measured('single#2')]), later));
    const startMs = Date.parse('2026-11-22T15:04:05.000Z');
    expect(histograms.map(({ startTimeStampMsec }) => startTimeStampMsec - startMs)).toEqual([0, 2_000, 3_600_000]);
    expect(histograms.map((one) => one.endTimeStampMsec - one.startTimeStampMsec)).toEqual([2_000, 2_000, 2_000]);
  });

  it('says which row has none, and is a log all the same', () => {
    const log = rendered(report([row('single#1'), measured('single#2')]));
    expect(log).toContain('\n#[single#1: the report has no histograms of this row]\n');
    expect(read(log)).toHaveLength(1);
    expect(read(rendered())).toEqual([]);
  });

  it('keeps what a tag may not have out of it', () => {
    const log = rendered(report([measured('a, b\nc#1')]));
    expect(listTags(log)).toEqual(['a__b\\x0ac#1.handle']);
  });

  it.each(['', 'not base64!', 'AAAA', oneMs.slice(0, 20)])('refuses what is no histogram: %j', (text) => {
    const broken = report([row('single#1', { latencyHistograms: { ...none, queue: text } })]);
    expect(() => rendered(broken)).toThrow(UsageError);
    expect(() => rendered(broken)).toThrow(/single#1, latencyHistograms.queue is not a histogram/);
  });
});

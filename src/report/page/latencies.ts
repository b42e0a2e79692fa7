/** Reads from the histograms of a row how long each span took, at so many percentiles that a curve can be drawn. */
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { LatencyHistograms } from '../../domain/report/run-report.js';
import type { PageLatency } from './page-data.js';

const spans: readonly (readonly [keyof LatencyHistograms, string])[] = [
  ['publish', 'publish to acknowledged'],
  ['queue', 'delivered to started'],
  ['handle', 'handling'],
  ['endToEnd', 'publish to handled'],
];

/** Of the share that took longer: 100 %, 50 %, 25 %, … so that the tail has as much room as the rest. */
const halvings = 14;
const stepsEach = 6;
const usPerMs = 1_000;

/** Spans that were measured; a histogram that cannot be read is left out. */
export function latenciesOf(histograms: LatencyHistograms): PageLatency[] {
  return spans.flatMap(([span, name]) => {
    const encoded = histograms[span];
    return encoded === null ? [] : curveOf(name, encoded);
  });
}

function curveOf(name: string, encoded: string): PageLatency[] {
  try {
    const histogram = decodeFromCompressedBase64(encoded);
    const points = percentiles(histogram.totalCount).map(
      (percentile) => [percentile, histogram.getValueAtPercentile(percentile) / usPerMs] as const,
    );
    return [{ name, points }];
  } catch {
    return [];
  }
}

function percentiles(count: number): number[] {
  const all = Array.from({ length: halvings * stepsEach }, (_, step) => 100 - 100 / 2 ** (step / stepsEach));
  const finest = 100 - 100 / Math.max(1, count);
  return [...all.filter((percentile) => percentile < finest), 100];
}

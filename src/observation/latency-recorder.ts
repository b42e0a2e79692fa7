/**
 * Measures how long publishing, queueing and handling took, and how many events a second went through. It keeps one HDR
 * histogram (3 significant digits) for each span, so that its size does not depend on the length of the run.
 *
 * Times are rounded to whole microseconds before they are subtracted, as the trace has them: a run and its trace give
 * the same figures. A span that comes out negative (clocks of two threads) counts as 0.
 */
import { createRequire } from 'node:module';
import type { Int32Histogram } from 'hdr-histogram-js';
import type {
  Attempt,
  Delivery,
  Observation,
  ObservationSink,
  PublishedEvent,
  PublishResult,
} from '../domain/observation.js';
import type { LatencyHistograms, LatencyMs, Quantiles } from '../domain/report/run-report.js';
import { FirstHandlings } from './first-handlings.js';
import { encodeHistogram } from './histogram-encoding.js';
import { microseconds } from './microseconds.js';

/** What a row of the report says of its throughput; null where the span is empty. */
export interface Throughput {
  /** Events acknowledged, from the first publish call to the last publish result. */
  readonly publishedPerSecond: number | null;
  /** Attempts that ended well, from the first publish call to the last such end. */
  readonly handledPerSecond: number | null;
}

export interface Measurements {
  readonly latencyMs: LatencyMs;
  readonly latencyHistograms: LatencyHistograms;
  readonly throughput: Throughput;
}

const highestUs = 24 * 3_600 * 1_000_000;
const significantDigits = 3;

export class LatencyRecorder implements ObservationSink {
  readonly uses = ['publish', 'publish-result', 'start', 'finish'] as const;
  readonly #publish = histogram();
  readonly #queue = histogram();
  readonly #handle = histogram();
  readonly #endToEnd = histogram();
  readonly #firstHandlings = new FirstHandlings();
  #firstPublishUs = Infinity;
  #lastResultUs = -Infinity;
  #lastHandledUs = -Infinity;
  #acked = 0;
  #handled = 0;
  #eventsHandled = 0;

  /** Events of which a handling has ended well; those whose publish call was not recorded are left out. */
  get eventsHandled(): number {
    return this.#eventsHandled;
  }

  observe({ kind, record: observed }: Observation): void {
    switch (kind) {
      case 'publish':
        return this.#published(observed);
      case 'publish-result':
        return this.#settled(observed);
      case 'start':
        return this.#started(observed);
      case 'finish':
        return this.#finished(observed);
      default:
        return;
    }
  }

  latencyMs(): LatencyMs {
    return {
      publish: quantiles(this.#publish),
      queue: quantiles(this.#queue),
      handle: quantiles(this.#handle),
      endToEnd: quantiles(this.#endToEnd),
    };
  }

  histograms(): LatencyHistograms {
    return {
      publish: encoded(this.#publish),
      queue: encoded(this.#queue),
      handle: encoded(this.#handle),
      endToEnd: encoded(this.#endToEnd),
    };
  }

  /** Everything that a row of the report takes from this recorder. */
  measurements(): Measurements {
    return { latencyMs: this.latencyMs(), latencyHistograms: this.histograms(), throughput: this.throughput() };
  }

  throughput(): Throughput {
    return {
      publishedPerSecond: perSecond(this.#acked, this.#lastResultUs - this.#firstPublishUs),
      handledPerSecond: perSecond(this.#handled, this.#lastHandledUs - this.#firstPublishUs),
    };
  }

  #published(event: PublishedEvent): void {
    const us = microseconds(event.publishedAtMs);
    if (us < this.#firstPublishUs) this.#firstPublishUs = us;
  }

  #settled({ event, atMs, ok }: PublishResult): void {
    const us = microseconds(atMs);
    if (us > this.#lastResultUs) this.#lastResultUs = us;
    if (!ok) return;
    this.#acked++;
    record(this.#publish, us - microseconds(event.publishedAtMs));
  }

  #started(attempt: Attempt): void {
    if (attempt.number !== 1) return;
    record(this.#queue, microseconds(attempt.startedAtMs) - microseconds(attempt.delivery.deliveredAtMs));
  }

  #finished(attempt: Attempt): void {
    const us = microseconds(attempt.finishedAtMs);
    record(this.#handle, us - microseconds(attempt.startedAtMs));
    if (attempt.outcome !== 'done') return;
    this.#handled++;
    if (us > this.#lastHandledUs) this.#lastHandledUs = us;
    this.#recordEndToEnd(attempt.delivery, us);
  }

  /** A message whose publish call was not recorded says nothing about how long it was under way. */
  #recordEndToEnd(delivery: Delivery, finishedUs: number): void {
    if (delivery.publishStamp === 0) return;
    if (!this.#firstHandlings.isFirst(delivery.aggregate, delivery.version)) return;
    this.#eventsHandled++;
    record(this.#endToEnd, finishedUs - microseconds(delivery.publishedAtMs));
  }
}

// The histogram alone: the package's main entry takes ten times as long to load, for WebAssembly that nothing here
// uses and compression that only the end of a row does. Required, because it is a CommonJS module about whose default
// export importers disagree.
const { default: Histogram } = createRequire(import.meta.url)('hdr-histogram-js/dist/Int32Histogram.js') as {
  readonly default: typeof Int32Histogram;
};

function histogram(): Int32Histogram {
  return new Histogram(1, highestUs, significantDigits);
}

function record(into: Int32Histogram, us: number): void {
  into.recordValue(Math.min(Math.max(us, 0), highestUs));
}

function quantiles(from: Int32Histogram): Quantiles {
  if (from.totalCount === 0) return { p50: null, p90: null, p99: null, p999: null, max: null };
  // A percentile is the highest value of its bucket, which may lie above all that was recorded.
  const at = (percentile: number): number =>
    milliseconds(Math.min(from.getValueAtPercentile(percentile), from.maxValue));
  return { p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: milliseconds(from.maxValue) };
}

function encoded(from: Int32Histogram): string | null {
  return from.totalCount === 0 ? null : encodeHistogram(from);
}

/** Rounded to the digits that the histogram resolves. */
function milliseconds(us: number): number {
  return Number((us / 1_000).toPrecision(significantDigits));
}

function perSecond(count: number, spanUs: number): number | null {
  if (count === 0 || !Number.isFinite(spanUs) || spanUs <= 0) return null;
  return Number(((count / spanUs) * 1_000_000).toPrecision(6));
}

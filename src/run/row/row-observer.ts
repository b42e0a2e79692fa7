/**
 * Collects the observations of one row (checker, latencies, progress, events, concurrency) and makes the row of the
 * report from them. A live run, the check of its trace, and a row that is missing in a trace all use it, so that a row
 * means the same in all three.
 */
import { StreamingChecker } from '../../checker/streaming-checker.js';
import { diagnose } from '../../diagnosis/diagnose.js';
import { traitsOf } from '../../domain/broker/registry.js';
import type { Progress } from '../../domain/progress.js';
import type { Claims } from '../../domain/report/claims.js';
import type { Drain } from '../../domain/drain.js';
import { inSteps } from '../../domain/in-steps.js';
import { stages, type Names, type ObservationSink, type Stage } from '../../domain/observation.js';
import type { BrokerInfo, ClientInfo, RunError, RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import type { Topology } from '../../domain/topology.js';
import { judge, type Ending } from '../../judge/judge.js';
import { FetchMatrixRecorder } from '../../observation/fetch-matrix-recorder.js';
import { SeriesRecorder } from '../../observation/series-recorder.js';
import { TimelineRecorder } from '../../observation/timeline/timeline-recorder.js';
import { ConcurrencyRecorder } from '../../observation/concurrency-recorder.js';
import { LatencyRecorder } from '../../observation/latency-recorder.js';
import { ProgressCounter } from '../../observation/progress-counter.js';
import { RunEvents } from '../../observation/run-events.js';
import { queueNamesOf } from './claims-of-plan.js';
import type { RowIdentity } from './row-plan.js';

export interface ObservedRow {
  readonly identity: RowIdentity;
  readonly names: Names;
  readonly claims: Claims;
  readonly topology: Topology;
  readonly scenario: Pick<Scenario, 'orderScope' | 'allow'>;
  /** The stages that are observed; absent: all stages. */
  readonly stages?: readonly Stage[];
}

/** How the row ended, as the runtime or the trace has it. */
export interface RowEnd {
  readonly broker: BrokerInfo;
  readonly client: ClientInfo;
  readonly drain: Drain;
  readonly ending: Ending;
  /** In the row's own clock, virtual or wall. */
  readonly durationMs: number;
  readonly wallDurationMs: number;
  readonly peakRssBytes: number | null;
  readonly error: RunError | null;
}

export class RowObserver {
  readonly #row: ObservedRow;
  readonly #checker: StreamingChecker;
  readonly #latency = new LatencyRecorder();
  readonly #counter = new ProgressCounter();
  readonly #events = new RunEvents();
  readonly #concurrency = new ConcurrencyRecorder();
  readonly #series: SeriesRecorder;
  readonly #fetches: FetchMatrixRecorder;
  readonly #timelines: TimelineRecorder;

  constructor(row: ObservedRow) {
    const { identity, names, topology, scenario } = row;
    const broker = traitsOf(identity.broker);
    const { orderScope, allow } = scenario;
    this.#row = row;
    this.#checker = new StreamingChecker({
      names,
      orderScope,
      stages: row.stages ?? stages,
      allow,
      logs: broker.logs,
      queues: queueNamesOf(topology, broker),
    });
    this.#series = new SeriesRecorder(() => this.#checker.regressions);
    this.#fetches = new FetchMatrixRecorder(names);
    this.#timelines = new TimelineRecorder(names, () => this.#checker.anomalies);
  }

  get sinks(): readonly ObservationSink[] {
    // The checker comes first, since others ask what it has found in the observation that they are handed.
    return [
      this.#checker,
      ...[this.#latency, this.#counter, this.#events, this.#concurrency],
      ...[this.#series, this.#fetches, this.#timelines],
    ];
  }

  get progress(): Pick<Progress, 'published' | 'handled' | 'regressions' | 'inFlight' | 'lag'> {
    const { published, handled } = this.#counter;
    return {
      published,
      handled,
      regressions: this.#checker.regressions,
      inFlight: this.#concurrency.held,
      lag: Math.max(0, published - this.#latency.eventsHandled),
    };
  }

  /** Judges the row and returns it as the report has it. To be called once, after the last observation. */
  async row(end: RowEnd): Promise<RunRow> {
    const { identity, claims, scenario } = this.#row;
    const { id, mode, durable, strategy, repeat, point, clock } = identity;
    const verdict = await inSteps(this.#checker.endInSteps(end.drain));
    const { outcome, reasons, exposure } = judge({ verdict, claims, ...end, allow: scenario.allow });
    const { counts, reordering, origins, aggregates, aggregatesTotal, aggregatesWithAnomalies } = verdict;
    const { causes, unexplained } = diagnose(verdict);
    const { rebalances, disturbances, bufferDepthMax } = this.#events;
    const { broker, client, durationMs, wallDurationMs, peakRssBytes, error } = end;
    return {
      ...{
        id,
        broker,
        client,
        mode,
        durable,
        strategy,
        repeat,
        point,
        clock,
        outcome,
        reasons,
      },
      orderJudgedAt: 'start',
      ...{ counts, exposure, reordering, origins },
      // An ordered row has no latent causes: its order was guaranteed, not kept by luck.
      causes: causes.filter(({ latent }) => !latent || outcome !== 'ordered'),
      unexplained,
      ...{ rebalances, disturbances, bufferDepthMax },
      ...this.#latency.measurements(),
      concurrency: this.#concurrency.concurrency(),
      ...{ aggregates, aggregatesTotal, aggregatesWithAnomalies },
      series: this.#series.series(),
      fetchMatrix: this.#fetches.matrix(),
      timelines: this.#timelines.timelines(aggregates.map(({ aggregateId }) => aggregateId)),
      ...{ durationMs, wallDurationMs, peakRssBytes, error },
    };
  }
}

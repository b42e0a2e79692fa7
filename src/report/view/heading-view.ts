/** Says what was run: by which version of the tool, on which brokers, with which seed and workload. */
import { traitsOf } from '../../domain/broker/registry.js';
import type { RunReport } from '../../domain/report/run-report.js';
import { plural } from '../../text/numbers.js';

export interface HeadingView {
  readonly tool: string;
  readonly version: string;
  readonly scenario: string;
  /** `seed 42`; null: the report does not say it. */
  readonly seed: string | null;
  /** At most four, such as `nats 2.15.2 at nats://127.0.0.1:4222`. */
  readonly brokers: readonly string[];
  /** null: a trace without a scenario does not say it. */
  readonly workload: string | null;
}

const brokersMax = 4;

export function headingView(report: RunReport): HeadingView {
  const { tool, scenario, seed } = report;
  return {
    tool: 'eventbus-bench',
    version: tool.version,
    scenario: scenario?.name ?? 'trace',
    seed: seed === null ? null : `seed ${seed}`,
    brokers: brokersOf(report),
    workload: workloadOf(report),
  };
}

/** The distinct brokers of the rows. A simulator has the tool's own version, which the heading shows already. */
function brokersOf({ runs, tool }: RunReport): string[] {
  const brokers = runs.map(({ broker, client }) =>
    [
      broker.kind,
      broker.version === tool.version ? '' : (broker.version ?? ''),
      broker.url === null ? '' : `at ${broker.url}`,
      traitsOf(broker.kind).choosesClient && client.name !== 'unknown' ? `with ${client.name} ${client.version}` : '',
    ]
      .filter(Boolean)
      .join(' '),
  );
  return [...new Set(brokers)].slice(0, brokersMax);
}

function workloadOf({ scenario }: RunReport): string | null {
  if (scenario === null) return null;
  const { topics, aggregates, versions, skew, strategies, workers, brokers, kafka } = scenario;
  const hasPartitions = brokers.some((broker) => traitsOf(broker).isPartitioned);
  const partitions = hasPartitions ? ` of ${plural(kafka.partitions, 'partition')}` : '';
  const uneven = skew === 0 ? '' : ` on average (skew ${skew})`;
  const events = `${plural(aggregates, 'aggregate')} × ${plural(versions, 'version')}${uneven}`;
  const [only = ''] = strategies;
  const handledBy = strategies.length === 1 ? only : plural(strategies.length, 'strategy', 'strategies');
  return `${plural(topics, 'topic')}${partitions}, ${events}, ${handledBy} with ${plural(workers, 'worker')}`;
}

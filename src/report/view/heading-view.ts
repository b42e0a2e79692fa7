/** Says what was run: by which version of the tool, on which brokers, with which seed and workload. */
import { traitsOf } from '../../domain/broker/registry.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import { listed } from '../../text/lists.js';
import { plural } from '../../text/numbers.js';
import { delaysOf } from './perturbed-view.js';
import { countsText, valuesOver } from './swept-settings.js';

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
  /** `perturbed by 0 to 2 ms`; null: the run was not perturbed. */
  readonly perturbed: string | null;
}

const brokersMax = 4;

export function headingView(report: RunReport): HeadingView {
  const { tool, scenario, seed } = report;
  const delays = delaysOf(report);
  return {
    tool: 'eventbus-bench',
    version: tool.version,
    scenario: scenario?.name ?? 'trace',
    seed: seed === null ? null : `seed ${seed}`,
    brokers: brokersOf(report),
    workload: workloadOf(report),
    perturbed: delays === null ? null : `perturbed by ${delays}`,
  };
}

/** Whether the client is worth its name: that of a NATS server is called as the server is, unless another was chosen. */
function isChosen(broker: string, { name }: RunReport['runs'][number]['client']): boolean {
  return traitsOf(broker).clientField !== undefined && name !== 'unknown' && name !== broker;
}

/** The distinct brokers of the rows. A simulator has the tool's own version, which the heading shows already. */
function brokersOf({ runs, tool }: RunReport): string[] {
  const brokers = runs.map(({ broker, client }) =>
    [
      broker.kind,
      broker.version === tool.version ? '' : (broker.version ?? ''),
      broker.url === null ? '' : `at ${broker.url}`,
      isChosen(broker.kind, client) ? `with ${client.name} ${client.version}` : '',
    ]
      .filter(Boolean)
      .join(' '),
  );
  return [...new Set(brokers)].slice(0, brokersMax);
}

/** Numbers are those of the rows: of a setting that was swept, all its values. */
function workloadOf({ scenario, runs }: RunReport): string | null {
  if (scenario === null) return null;
  const { topics, aggregates, versions, skew, workers, brokers, kafka } = scenario;
  const hasPartitions = brokers.some((broker) => traitsOf(broker).isPartitioned);
  const count = (field: string, usual: number, singular: string): string =>
    countsText(valuesOver(runs, field, usual), singular);
  const partitions = hasPartitions ? ` of ${count('partitions', kafka.partitions, 'partition')}` : '';
  const skews = valuesOver(runs, 'skew', skew);
  const uneven = skews.every((value) => value === 0) ? '' : ` on average (skew ${listed(skews.map(String), 'and')})`;
  const events = `${count('aggregates', aggregates, 'aggregate')} × ${count('versions', versions, 'version')}${uneven}`;
  const members = valuesOver(runs, 'members', kafka.members);
  const replicas = members.every((value) => value === 1) ? '' : ` in each of ${countsText(members, 'replica')}`;
  return `${count('topics', topics, 'topic')}${partitions}, ${events}, ${handledBy(scenario, runs)} with ${count('workers', workers, 'worker')}${replicas}`;
}

/** The strategy of all rows, or how many there are and in how many modes. */
function handledBy(scenario: Scenario, runs: readonly RunRow[]): string {
  const strategies = new Set(runs.length === 0 ? scenario.strategies : runs.map(({ strategy }) => strategy));
  const [only = ''] = strategies;
  if (strategies.size === 1) return only;
  const modeOf = ({ mode, durable }: RunRow): string => `${mode}/${durable ?? ''}`;
  const modes = new Set(runs.map(modeOf));
  const combinations = new Set(runs.map((row) => `${modeOf(row)}+${row.strategy}`));
  const counted = plural(strategies.size, 'strategy', 'strategies');
  if (combinations.size === strategies.size) return counted;
  if (combinations.size === strategies.size * modes.size) return `${counted} in ${plural(modes.size, 'mode')}`;
  return plural(combinations.size, 'row');
}

/** Renders what a run would do, for `--plan`: its rows first, then all that they share, and how long it takes. */
import { describeDelay } from '../domain/scenario/delay-range.js';
import { describeHandlerTime } from '../domain/scenario/handler-time.js';
import type { RowExpectation, Scenario } from '../domain/scenario/scenario.js';
import { traitsOf } from '../domain/broker/registry.js';
import { wrapText } from '../report/terminal/line-wrapping.js';
import type { Screen } from '../report/terminal/theme.js';
import type { PlannedRun, RunPlan } from '../run/plan/run-plan.js';
import { listed } from '../text/lists.js';
import { formatCount, formatPercent, formatRate, plural } from '../text/numbers.js';
import { renderEntries } from './list/layout.js';
import type { Entry } from './list/listing.js';

export interface PlanContext {
  readonly reportDir: string;
  readonly trace: string | null;
  /** The row by which `compare` measures the others; null: nothing is compared. */
  readonly baseline: string | null;
  /** The further runs of `compare` in which a few handlings fail; null: there are none. */
  readonly probe: { readonly runs: number; readonly events: number; readonly handlerFailShare: number } | null;
}

export function renderPlan(plan: RunPlan, context: PlanContext, screen: Screen): string {
  const { name, rows, runs, events } = plan;
  const title = `${name}: ${plural(rows.length, 'row')}, ${plural(runs, 'run')}, ${plural(events, 'event')} in all`;
  const lines = (text: string): string[] => wrapText(screen.theme.text(text), screen.width);
  return [
    ...lines(title).map((line) => screen.theme.strong(line)),
    '',
    ...renderEntries(rows.map(rowEntry), screen),
    '',
    ...renderEntries(sharedEntries(plan, context), screen),
    '',
    ...lines('Nothing was run: leave out --plan to run it.'),
    '',
  ].join('\n');
}

function rowEntry({ name, strategy, broker, point, events, expected, refusal }: PlannedRun): Entry {
  const where = point === null ? '' : `, ${point.field} ${point.value}`;
  return {
    name,
    summary: `${strategy} on ${broker}, ${plural(events, 'event')}${where}`,
    more: [
      ...(expected === null ? [] : [['expected', expectedText(expected)] as const]),
      ...(refusal === null ? [] : [['not run', `${refusal.reason}; ${refusal.wayOut}`] as const]),
    ],
  };
}

function expectedText({ outcome, that, causes }: RowExpectation): string {
  return [
    ...(outcome === undefined ? [] : [listed(outcome, 'or')]),
    ...(causes === undefined ? [] : [causes.length === 0 ? 'no cause' : `by ${listed(causes, 'and')}`]),
    ...(that ?? []),
  ].join(', ');
}

function sharedEntries(plan: RunPlan, { reportDir, trace, baseline, probe }: PlanContext): readonly Entry[] {
  const { scenario, name } = plan;
  return [
    entry('workload', workloadText(scenario)),
    entry('bus', busText(scenario)),
    entry('disturbances', plan.disturbances.length === 0 ? 'none' : plan.disturbances.join(', ')),
    entry('repeats', repeatsText(plan)),
    ...(baseline === null ? [] : [entry('compared', `each row with ${baseline}`)]),
    ...(probe === null
      ? []
      : [
          entry(
            'besides',
            `each row once more with ${formatPercent(probe.handlerFailShare)} of handlings failing: ${plural(probe.runs, 'run')}, ${plural(probe.events, 'event')}`,
          ),
        ]),
    entry('gates', gatesText(plan)),
    entry('report', `${reportDir}/<time>-${name}.json, and ${reportDir}/latest.json`),
    ...(trace === null ? [] : [entry('trace', trace)]),
    entry('takes', durationText(plan)),
  ];
}

function entry(name: string, summary: string): Entry {
  return { name, summary, more: [] };
}

function workloadText({ topics, aggregates, versions, ratePerSecond, brokers, kafka, skew }: Scenario): string {
  const hasPartitions = brokers.some((broker) => traitsOf(broker).isPartitioned);
  return [
    `${plural(topics, 'topic')}${hasPartitions ? ` of ${plural(kafka.partitions, 'partition')}` : ''}`,
    `${plural(aggregates, 'aggregate')} of ${plural(versions, 'event')}${skew === 0 ? '' : ' on average'}`,
    ratePerSecond === null ? 'as fast as they go' : `${formatRate(ratePerSecond)} a second`,
  ].join(', ');
}

function busText({ workers, handlerTime, handlerTimeBy, handlerFailShare, perturb }: Scenario): string {
  const failing = handlerFailShare === 0 ? '' : `, of which ${formatPercent(handlerFailShare)} fail`;
  const perturbed = perturb === null ? '' : `, perturbed by ${describeDelay(perturb)}`;
  return `${plural(workers, 'worker')}, handlers of ${describeHandlerTime(handlerTime, handlerTimeBy)}${failing}${perturbed}`;
}

function repeatsText({ repeats: { atLeast, until, warmUp, seeds } }: RunPlan): string {
  const seedText =
    seeds.first === seeds.last
      ? `seed ${String(seeds.first)}`
      : `seeds ${String(seeds.first)} to ${String(seeds.last)}`;
  const times = atLeast === 1 ? 'each row once' : `each row ${formatCount(atLeast)} times`;
  const goesOn =
    until === null
      ? ''
      : 'orderedRuns' in until
        ? `, more if runs are inconclusive, until ${formatCount(until.orderedRuns)} were ordered`
        : `, or more, until every row has ${formatCount(until.pairsAtRisk)} pairs at risk`;
  return `${times}, ${seedText}${goesOn}${warmUp === 0 ? '' : `; before that ${plural(warmUp, 'warm-up round')}`}`;
}

function gatesText({ rows, gates }: RunPlan): string {
  const { maxViolations, failOn, gateRows, confidence, within, untilAtRisk } = gates;
  const expecting = rows.filter(({ expected }) => expected !== null).length;
  const given = [
    ...(maxViolations === null ? [] : [`at most ${plural(maxViolations, 'violation')} in any row`]),
    ...failOn.map((expression) => `no row with ${expression}`),
    ...(expecting === 0 ? [] : [`what is expected of ${plural(expecting, 'row')}`]),
    ...(untilAtRisk === null ? [] : [`${plural(untilAtRisk, 'pair')} at risk in every row`]),
    ...(confidence === null || within === null
      ? []
      : [`${formatPercent(confidence)} sure that at most ${formatPercent(within)} of runs lose order`]),
  ];
  if (given.length === 0) return 'none: exit 0 whatever is found';
  return `${given.join('; ')}${gateRows.length === 0 ? '' : `; for ${gateRows.join(', ')} only`}`;
}

function durationText({ estimateMs, repeats, atOnce }: RunPlan): string {
  const atLeast = repeats.until === null ? '' : 'at least ';
  const threads = atOnce === 1 ? '' : `, ${String(atOnce)} rows at once`;
  return `${atLeast}about ${aboutText(estimateMs)}${threads}; a rough figure, and a busy machine takes a few times as long`;
}

/** A duration as one would guess it: `1 s`, `25 s`, `4 min`, `3 h`. */
export function aboutText(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.5) return `${String(Math.max(1, Math.round(seconds)))} s`;
  if (seconds < 57.5) return `${String(Math.round(seconds / 5) * 5)} s`;
  const minutes = seconds / 60;
  if (minutes < 57.5) return `${String(minutes < 9.5 ? Math.round(minutes) : Math.round(minutes / 5) * 5)} min`;
  return `${formatCount(Math.max(1, Math.round(minutes / 60)))} h`;
}

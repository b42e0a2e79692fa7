/**
 * Says what a repair is good for and what its limits are. A version gate reorders events in a buffer of its own
 * process: behind a sound bus that is defence in depth, behind a faulty bus it is no fix, since the fault stays.
 */
import type { Recommendation } from '../domain/report/comparison.js';
import type { RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { listed } from '../text/lists.js';
import { formatFactor, plural } from '../text/numbers.js';
import type { Judged } from './candidate.js';
import { pairedRatio } from './paired-ratio.js';
import { speedOfRun } from './ranking.js';

type Part = Recommendation['parts'][number];

interface RepairsInput {
  readonly chosen: Judged;
  /** The candidates that held an order which they promise, `chosen` among them. */
  readonly held: readonly Judged[];
  readonly rowsOf: (candidate: Judged) => readonly RunRow[];
  readonly scenario: Scenario;
}

/** The parts of the recommendation about candidates that repair and held order; none if there is no such candidate. */
export function repairParts({ chosen, held, rowsOf, scenario }: RepairsInput): Part[] {
  const limits = limitsOf(scenario);
  const repairs = held.filter((one) => one.repairs !== null);
  const behind = repairs.filter((one) => one.repairs === 'behind a fault' && chosen.repairs !== 'behind a fault');
  const notAFix: Part[] = behind.length === 0 ? [] : [{ kind: 'not-a-fix', text: noFix(behind) }];
  if (chosen.repairs !== null) return [{ kind: 'besides', text: `${whereOf(chosen)} ${limits}` }, ...notAFix];
  const sound = repairs.find(
    (one) => one.repairs === 'a sound bus' && one.mode === chosen.mode && one.broker === chosen.broker,
  );
  const addition = sound ?? repairs[0];
  if (addition === undefined) return [];
  const asWell = sound === undefined ? '' : `: ${sound.name} held order too${speedBy(sound, chosen, rowsOf)}`;
  return [{ kind: 'besides', text: `For defence in depth add ${addition.strategy}${asWell}. ${limits}` }, ...notAFix];
}

function whereOf({ repairs, mode, bufferDepthMax }: Judged): string {
  if (repairs === 'a sound bus') {
    return bufferDepthMax === 0
      ? 'Its repair is defence in depth: here nothing came out of order.'
      : 'Its repair is defence in depth: the bus before it keeps order by itself.';
  }
  const wayOut = mode === 'multi/shared' ? ': single, or a durable for every topic (multi/per-topic), removes it' : '';
  return `It repairs behind a fault, which stays${wayOut}.`;
}

function noFix(behind: readonly Judged[]): string {
  const names = listed(
    behind.map(({ name }) => name),
    'and',
  );
  const depth = Math.max(...behind.map(({ bufferDepthMax }) => bufferDepthMax ?? 0));
  const held = depth === 0 ? '' : `, with up to ${plural(depth, 'early event')} held back at once`;
  return `${names} held order too, by repairing behind a fault that stays${held}: defence in depth, not the fix.`;
}

function limitsOf({ gapPolicy }: Scenario): string {
  const gap = {
    wait: 'the gap blocks its aggregate, unless it is skipped or parked (--gap-policy)',
    skip: 'its aggregate goes on without it after the gap time-out (--gap-policy skip)',
    park: 'the later events of its aggregate are set aside unhandled (--gap-policy park)',
  }[gapPolicy];
  return `It repairs within one process: if the broker gives up on an event, ${gap}; and with a second replica each has a buffer of its own, so that order across replicas is not restored.`;
}

function speedBy(one: Judged, other: Judged, rowsOf: RepairsInput['rowsOf']): string {
  const ratio = pairedRatio(rowsOf(one), rowsOf(other), speedOfRun)?.ratio;
  return ratio === undefined ? '' : `, at ${formatFactor(ratio)} times its speed`;
}

/** Puts into words what a measured figure holds for: the load, the handlers, and what was done to the run. */
import type { Disturbance } from '../../../domain/scenario/disturbance.js';
import { describeDelay } from '../../../domain/scenario/delay-range.js';
import { describeHandlerTime } from '../../../domain/scenario/handler-time.js';
import type { Scenario } from '../../../domain/scenario/scenario.js';
import { listed } from '../../../text/lists.js';
import { formatPercent, plural } from '../../../text/numbers.js';

export function loadText(scenario: Scenario): string {
  return [
    loadOf(scenario),
    handlingOf(scenario),
    ...perturbedBy(scenario),
    ...disturbedBy(scenario),
    ...sweptOver(scenario),
  ].join(', ');
}

function loadOf({ topics, aggregates, versions, skew, ratePerSecond }: Scenario): string {
  const rate = ratePerSecond === null ? 'as fast as they go' : `${ratePerSecond.toLocaleString('en-US')} events/s`;
  const uneven = skew === 0 ? '' : ` on average (skew ${String(skew)})`;
  return `${plural(topics, 'topic')}, ${plural(aggregates, 'aggregate')} × ${plural(versions, 'version')}${uneven}, ${rate}`;
}

function handlingOf({ workers, handlerTime, handlerTimeBy, handlerFailShare, allow }: Scenario): string {
  const failing =
    handlerFailShare === 0 ? 'none of which failed' : `${formatPercent(handlerFailShare)} of which failed`;
  const allowed = allow.length === 0 ? '' : `, ${listed(allow, 'and')} allowed`;
  return `${plural(workers, 'worker')}, handlers of ${describeHandlerTime(handlerTime, handlerTimeBy)}, ${failing}${allowed}`;
}

function perturbedBy({ perturb }: Scenario): string[] {
  return perturb === null ? [] : [`perturbed by ${describeDelay(perturb)} before each stage`];
}

function disturbedBy({ disturb }: Scenario): string[] {
  const wordOf = ({ kind, at }: Disturbance): string => `${kind} at ${formatPercent(at)} of the events`;
  return disturb.length === 0 ? [] : [`disturbed by ${listed(disturb.map(wordOf), 'and')}`];
}

/** The values of a sweep replace the scenario's own values of those fields. */
function sweptOver({ sweep }: Scenario): string[] {
  const fields = [...new Set(sweep.map(({ field }) => field))];
  const valuesOf = (field: string): string =>
    sweep
      .filter((point) => point.field === field)
      .map(({ value }) => value)
      .join(', ');
  return fields.length === 0
    ? []
    : [
        `swept over ${listed(
          fields.map((field) => `${field} ${valuesOf(field)}`),
          'and',
        )}`,
      ];
}

/** Puts into words which order a strategy promises, what it does not promise to survive, and what was not tried. */
import type { Promised } from '../../../domain/report/advice.js';
import type { Guarantee } from '../../../domain/scenario/guarantee.js';
import type { Threat } from '../../../domain/scenario/survival.js';
import { listed } from '../../../text/lists.js';
import { plural } from '../../../text/numbers.js';

const orders: Readonly<Record<Guarantee['order'], string>> = {
  total: 'one order for all events',
  'per-aggregate': 'the order of each aggregate',
  'per-aggregate, first pass': 'the order of each aggregate as long as nothing is delivered again',
  'per-partition': 'the order within a partition',
  none: 'no order',
};

export function orderText(order: Guarantee['order']): string {
  return orders[order];
}

const threatWords: Readonly<Record<Threat, string>> = {
  redelivery: 'redelivery',
  crash: 'a crash of the service',
  resize: 'a change of the number of lanes',
  rebalance: 'a rebalance',
  partitions: 'a change of the number of partitions',
};

export function threatsListed(threats: readonly Threat[], last: 'and' | 'or'): string {
  return listed(
    threats.map((threat) => threatWords[threat]),
    last,
  );
}

const briefOrders: Readonly<Record<Guarantee['order'], string>> = {
  total: 'all events in one order',
  'per-aggregate': 'each aggregate in order',
  'per-aggregate, first pass': 'each aggregate in order until a redelivery',
  'per-partition': 'each partition in order',
  none: 'no order',
};

/** `each aggregate in order, also through redelivery, crash`: a name for all that promise the same. */
export function promiseInBrief({ order, survives }: Guarantee, threats: readonly Threat[]): string {
  const through = threats.filter((threat) => survives[threat]);
  if (order === 'none' || through.length === 0) return briefOrders[order];
  return `${briefOrders[order]}, also through ${listed(through, 'and')}`;
}

/** `It promises the order of each aggregate, also through …; it does not promise to survive …`. */
export function promiseText({ order, survives, open, replicas }: Promised): string {
  const through = survives.length === 0 ? '' : `, also through ${threatsListed(survives, 'and')}`;
  const not = open.length === 0 ? '' : `; it does not promise to survive ${threatsListed(open, 'or')}`;
  return `It promises ${orders[order]}${through}${not}. ${replicasText(replicas)}`;
}

function replicasText(replicas: number): string {
  return replicas === 1
    ? 'It ran as one replica of the service: a second one beside it was not tried.'
    : `It ran as ${plural(replicas, 'replica')} of the service.`;
}

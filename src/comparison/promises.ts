/** Puts into words what order a strategy promises, and what it does not promise to survive. */
import type { Guarantee } from '../domain/scenario/guarantee.js';
import { threatsOn, type Threat } from '../domain/scenario/survival.js';
import { listed } from '../text/lists.js';
import type { Judged } from './candidate.js';
import { fatalTo } from './ranking.js';

const orders: Readonly<Record<Guarantee['order'], string>> = {
  total: 'one order for all events',
  'per-aggregate': 'the order of each aggregate',
  'per-aggregate, first pass': 'the order of each aggregate as long as nothing is delivered again',
  'per-partition': 'the order within a partition',
  none: 'no order',
};

export function orderOf({ guarantee }: Pick<Judged, 'guarantee'>): string {
  return orders[guarantee.order];
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

/** `It promises the order of each aggregate, also through …; it does not promise to survive …`. */
export function promiseText(one: Judged): string {
  const fatal = fatalTo(one);
  const survived = threatsOn(one.broker).filter((threat) => !fatal.includes(threat));
  const through = survived.length === 0 ? '' : `, also through ${threatsListed(survived, 'and')}`;
  const not = fatal.length === 0 ? '' : `; it does not promise to survive ${threatsListed(fatal, 'or')}`;
  return `It promises ${orderOf(one)}${through}${not}.`;
}

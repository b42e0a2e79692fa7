/** Lists the strategies: what each does, promises and costs, as the registry has it. */
import { brokerKinds } from '../../domain/broker/registry.js';
import { modeRows } from '../../domain/scenario/scenario.js';
import { listedStrategies, threatsListed, type ListedStrategy } from '../../run/catalogue.js';
import type { Entry, Listing } from './listing.js';

export function listStrategies(): Listing {
  const strategies = listedStrategies();
  return {
    title: 'Strategies',
    entries: strategies.map(entryOf),
    hints: [
      'eventbus-bench run --strategy ID runs one; eventbus-bench compare --strategies ID,ID compares some.',
      'All but version-gate keep the order of their input and cannot repair it. docs/STRATEGIES.md says how to choose.',
    ],
    data: strategies,
  };
}

function entryOf({ id, summary, promises, through, notThrough, costs, brokers, modes }: ListedStrategy): Entry {
  return {
    name: id,
    summary,
    more: [
      ['promises', promises],
      ...(through.length === 0 ? [] : [['also through', threatsListed(through, 'and')] as const]),
      ...(notThrough.length === 0 ? [] : [['not through', threatsListed(notThrough, 'or')] as const]),
      ['costs', costs],
      ...(brokers.length === brokerKinds.length ? [] : [['brokers', brokers.join(', ')] as const]),
      ...(modes.length === modeRows.length ? [] : [['modes', modes.join(', ')] as const]),
    ],
  };
}

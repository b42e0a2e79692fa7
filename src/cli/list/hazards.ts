/** Lists the hazards: the mechanisms that the diagnosis can name, each with a run that provokes it. */
import { hazards } from '../../run/catalogue.js';
import type { Listing } from './listing.js';

export function listHazards(): Listing {
  const found = hazards.map(({ id, mechanism, provokedBy }) => ({
    id,
    mechanism,
    command: provokedBy === null ? null : `eventbus-bench run ${provokedBy}`,
  }));
  return {
    title: 'Hazards',
    entries: found.map(({ id, mechanism, command }) => ({
      name: id,
      summary: mechanism,
      more: command === null ? [['named in', 'traces of other buses']] : [['provoked by', command]],
    })),
    hints: ['A run names them as the causes of what it found; what none of them explains is reported as unexplained.'],
    data: found,
  };
}

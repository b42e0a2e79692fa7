/** Lists the hazards and the controls: mechanisms that the diagnosis can name, and what keeps order though it looks dangerous. */
import { controls, hazards } from '../../run/catalogue.js';
import { hazardScenarios } from '../hazards/hazard-scenarios.js';
import type { Listing } from './listing.js';

export function listHazards(): Listing {
  const provoked = new Set(hazardScenarios().map(({ id }) => id));
  const commandOf = (id: string): string | null => (provoked.has(id) ? `eventbus-bench hazards ${id}` : null);
  const found = [
    ...hazards.map((hazard) => ({ ...hazard, isControl: false, command: commandOf(hazard.id) })),
    ...controls.map((control) => ({ ...control, isControl: true, command: commandOf(control.id) })),
  ];
  return {
    title: 'Hazards',
    entries: found.map(({ id, mechanism, isControl, command }) => ({
      name: id,
      summary: isControl ? `Control: ${mechanism}` : mechanism,
      more: command === null ? [['named in', 'traces of other buses']] : [['provoked by', command]],
    })),
    hints: [
      'A run names them as the causes of what it found; what none of them explains is reported as unexplained. hazards --all provokes each, and shows whether it is named.',
    ],
    data: found,
  };
}

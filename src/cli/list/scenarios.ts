/** Lists the scenarios that come with the tool, but for those of hazards, each with the description in its file. */
import { loadScenarioFile } from '../../scenario/file/scenario-file.js';
import { resolveScenario } from '../../scenario/resolve.js';
import { strategyIds } from '../../run/strategy-list.js';
import { plural } from '../../text/numbers.js';
import { plainScenarioNames, shippedScenarioPath } from '../shipped-scenarios.js';
import type { Listing } from './listing.js';

export function listScenarios(): Listing {
  const scenarios = plainScenarioNames().map(scenarioOf);
  return {
    title: 'Scenarios',
    entries: scenarios.map(({ name, description, path, brokers, rows, eventsPerRow }) => ({
      name,
      summary: description,
      more: [
        ['runs', `${plural(rows, 'row')} of ${plural(eventsPerRow, 'event')} on ${brokers.join(', ')}`],
        ['file', path],
      ],
    })),
    hints: [
      'eventbus-bench run NAME runs one, eventbus-bench compare NAME compares its strategies, or the usual candidates on its workload; --plan shows what that is.',
    ],
    data: scenarios,
  };
}

function scenarioOf(name: string) {
  const path = shippedScenarioPath(name);
  const file = loadScenarioFile(path, { strategies: strategyIds });
  const { brokers, rows, aggregates, versions } = resolveScenario({ file, flags: {}, strategies: strategyIds });
  const description = file.settings.description ?? '';
  return { name, description, path, brokers, rows: rows.length * brokers.length, eventsPerRow: aggregates * versions };
}

/**
 * Parses what a header says of where its history comes from: the scenario that was run or, where the history was
 * recorded elsewhere, the scope within which order is promised and the stages that were seen.
 */
import { stages } from '../domain/observation.js';
import { brokerKinds } from '../domain/broker/registry.js';
import { withLacked } from '../domain/scenario/fields/lacked.js';
import { isNullable, scenarioParts } from '../domain/scenario/fields/parts.js';
import { looks } from '../domain/scenario/fields/value.js';
import { anomalyKinds, type Scenario } from '../domain/scenario/scenario.js';
import { LineProblem, objectAt, oneOfAt, stringsAt, type Fields } from './trace-fields.js';
import type { TraceOrigin, TraceRecord } from './trace-format.js';

const orderScopes = ['topic', 'aggregate'] as const;

/** The report schema of the time when traces of this format version were first written. */
const firstSchema = '2.0';

/** @throws {LineProblem} for a field that is missing or wrong */
export function parseOrigin(header: Fields): TraceOrigin {
  return header['scenario'] === null
    ? { scenario: null, record: parseRecord(objectAt(header, 'record')) }
    : { scenario: parseScenario(objectAt(header, 'scenario')) };
}

function parseRecord(fields: Fields): TraceRecord {
  return {
    orderScope: oneOfAt(fields, 'orderScope', orderScopes),
    stages: stringsAt(fields, 'stages').map((stage) => oneOfAt({ stages: stage }, 'stages', stages)),
  };
}

function parseScenario(fields: Fields): Scenario {
  const whole: Fields = withLacked(fields, firstSchema);
  for (const [name, part] of Object.entries(scenarioParts)) {
    const types: readonly string[] = [looks[part.value.kind].json, ...(isNullable(part) ? ['null'] : [])];
    const value = whole[name];
    const found = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
    if (!types.includes(found)) {
      throw new LineProblem(`"scenario.${name}" should be a ${types.join(' or ')}, but it is ${found}`);
    }
  }
  for (const broker of stringsAt(fields, 'brokers')) oneOfAt({ broker }, 'broker', brokerKinds);
  oneOfAt(fields, 'orderScope', orderScopes);
  for (const kind of stringsAt(fields, 'allow')) oneOfAt({ allow: kind }, 'allow', anomalyKinds);
  return whole as unknown as Scenario;
}

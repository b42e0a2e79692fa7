/**
 * Makes one {@link Scenario}, in which every value is spelled out, from the defaults, the file over them, and the flags
 * over both.
 */
import { generalFields, kafkaFields } from '../domain/scenario/fields/fields.js';
import { kafkaParts, scenarioParts } from '../domain/scenario/fields/parts.js';
import type { Parts } from '../domain/scenario/fields/parts.js';
import type { KafkaSettings, Scenario } from '../domain/scenario/scenario.js';
import { checkFields } from './checks/check-fields.js';
import { resolveExpectations } from './expectations.js';
import { fieldDefaults } from './fields.js';
import type { ScenarioField } from './fields.js';
import type { ScenarioFile } from './file/scenario-file.js';
import { parseFlags } from './flags.js';
import type { ScenarioFlags } from './flags.js';
import { resolveGateRows } from './gate-rows.js';
import { Layers } from './layers.js';
import { plainValues } from './plain-values.js';
import { confidenceOf, repeatOf, untilAtRiskOf } from './repeats.js';
import { resolveRows } from './rows.js';
import { nameOf } from './scenario-name.js';
import { createScenarioSchema } from './schema.js';
import { drainTimeoutMs, gapTimeoutMs, heartbeatIntervalMs } from './time-outs.js';

export interface ScenarioInput {
  readonly file?: ScenarioFile;
  readonly flags: ScenarioFlags;
  /** Ids of the strategies there are. */
  readonly strategies: readonly string[];
  /** Where they differ from those of `run`. */
  readonly defaults?: ScenarioDefaults;
  /** The name of the command, for messages; `run` if absent. */
  readonly command?: string;
}

/** As a file would write them. */
export type ScenarioDefaults = Partial<Record<ScenarioField, unknown>>;

/** @throws {UsageError} naming the field, the value, where it came from, and what is allowed */
export function resolveScenario({ file, flags, strategies, defaults, command = 'run' }: ScenarioInput): Scenario {
  const usual = createScenarioSchema(strategies).parse({ ...fieldDefaults, ...defaults });
  const layers = new Layers(usual, file, parseFlags(flags, strategies, { name: command, defaults }));
  checkFields(layers);
  const rows = resolveRows(layers);
  return inOrderOf(scenarioParts, {
    ...plainValues(generalFields, layers),
    ...rows,
    name: nameOf(layers),
    repeat: repeatOf(layers),
    untilAtRisk: untilAtRiskOf(layers),
    kafka: resolveKafka(layers),
    disturb: [...(layers.given('disturb') ?? [])].sort((a, b) => a.at - b.at),
    gapTimeoutMs: gapTimeoutMs(layers),
    drainTimeoutMs: drainTimeoutMs(layers),
    allow: [...new Set(layers.given('allow') ?? [])],
    gateRows: resolveGateRows(layers, rows.rows),
    ...confidenceOf(layers),
    expect: resolveExpectations(layers, rows.rows),
  });
}

function resolveKafka(layers: Layers): KafkaSettings {
  return inOrderOf(kafkaParts, {
    ...plainValues(kafkaFields, layers),
    heartbeatIntervalMs: heartbeatIntervalMs(layers),
  });
}

/** The same values, in the order in which reports and traces hold them. */
function inOrderOf<Whole extends object>(parts: Parts<string & keyof Whole>, whole: Whole): Whole {
  return Object.fromEntries(Object.keys(parts).map((name) => [name, whole[name as keyof Whole]])) as Whole;
}

/**
 * What exactly is to be run? Defaults, overridden by the file, overridden by the flags: one {@link Scenario} in which
 * everything is spelled out. What one field allows the schema has checked; here is what fields require of each other.
 */
import { basename } from 'node:path';
import { UsageError } from '../domain/errors.js';
import type { ModeRow, Scenario } from '../domain/scenario.js';
import { defaultDrainTimeoutMs, fieldDefaults } from './defaults.js';
import { flagOf } from './fields.js';
import type { ScenarioField } from './fields.js';
import { parseFlags } from './flags.js';
import type { ScenarioFlags } from './flags.js';
import { formatCount, limits } from './limits.js';
import { rowsOf } from './mode-rows.js';
import type { DurableChoice, ModeChoice } from './mode-rows.js';
import { placeOf } from './problem.js';
import type { ScenarioFile } from './scenario-file.js';
import { createScenarioSchema } from './schema.js';
import type { ScenarioSettings } from './schema.js';

export interface ScenarioInput {
  readonly file?: ScenarioFile;
  readonly flags: ScenarioFlags;
  /** Ids of the strategies there are. */
  readonly strategies: readonly string[];
}

/** @throws {UsageError} naming the field, the value, where it came from, and what is allowed */
export function resolveScenario({ file, flags, strategies }: ScenarioInput): Scenario {
  const layers = new Layers(createScenarioSchema(strategies).parse(fieldDefaults), file, parseFlags(flags, strategies));
  checkSizes(layers);
  checkBackoff(layers);
  const modes = resolveModes(layers);
  const ackWaitMs = layers.value('ackWait');
  return {
    name: layers.given('name') ?? (file === undefined ? fieldDefaults.name : nameOfFile(file.path)),
    broker: layers.value('broker'),
    modes,
    seed: layers.value('seed'),
    repeat: layers.value('repeat'),
    topics: layers.value('topics'),
    aggregates: layers.value('aggregates'),
    versions: layers.value('versions'),
    publish: layers.value('publish'),
    ratePerSecond: layers.value('rate'),
    publishersPerAggregate: layers.value('publishersPerAggregate'),
    topicChoice: layers.value('topicChoice'),
    orderScope: layers.value('orderScope'),
    batch: layers.value('batch'),
    maxWaitMs: layers.value('maxWait'),
    ackWaitMs,
    maxAckPending: layers.value('maxAckPending'),
    maxDeliver: layers.value('maxDeliver'),
    backoffMs: layers.given('backoff') ?? [],
    ack: layers.value('ack'),
    strategy: layers.value('strategy'),
    workers: layers.value('workers'),
    queueSize: layers.value('queueSize'),
    laneSize: layers.value('laneSize'),
    overflow: layers.value('overflow'),
    handlerTime: layers.value('handlerTime'),
    handlerFailShare: layers.value('handlerFail'),
    drainTimeoutMs: layers.given('drainTimeout') ?? defaultDrainTimeoutMs(ackWaitMs),
    allow: [...new Set(layers.given('allow') ?? [])],
    maxViolations: layers.given('maxViolations') ?? null,
    failOn: layers.given('failOn') ?? [],
    expect: resolveExpectations(layers, modes),
  };
}

/** Rows whose expectation in the file does not apply, because a flag left them out. */
export function droppedExpectations(file: ScenarioFile, scenario: Scenario): readonly ModeRow[] {
  return (Object.keys(file.settings.expect ?? {}) as ModeRow[]).filter((row) => scenario.expect[row] === undefined);
}

type ExpectationSettings = NonNullable<NonNullable<ScenarioSettings['expect']>[ModeRow]>;
type Defaulted = keyof typeof fieldDefaults;

/** The three layers, asked for the uppermost value of a field, and for where that value came from. */
class Layers {
  readonly defaults: ScenarioSettings;
  readonly file: ScenarioFile | undefined;
  readonly flags: ScenarioSettings;

  constructor(defaults: ScenarioSettings, file: ScenarioFile | undefined, flags: ScenarioSettings) {
    this.defaults = defaults;
    this.file = file;
    this.flags = flags;
  }

  given<Field extends ScenarioField>(field: Field): ScenarioSettings[Field] {
    return this.flags[field] === undefined ? this.file?.settings[field] : this.flags[field];
  }

  value<Field extends Defaulted>(field: Field): Exclude<ScenarioSettings[Field], undefined> {
    const given = this.given(field);
    return (given === undefined ? this.defaults[field] : given) as Exclude<ScenarioSettings[Field], undefined>;
  }

  /** `--topics`, `quick.yaml, line 3: topics`, or `topics (by default)`. */
  place(field: ScenarioField): string {
    if (this.flags[field] !== undefined) return flagOf(field);
    if (this.file?.settings[field] === undefined) return `${field} (by default)`;
    return placeOf([field], { kind: 'file', ...this.file });
  }
}

function checkSizes(layers: Layers): void {
  const [topics, aggregates, versions] = [layers.value('topics'), layers.value('aggregates'), layers.value('versions')];
  if (aggregates < topics) {
    throw new UsageError(
      `${layers.place('aggregates')} is ${formatCount(aggregates)} but ${layers.place('topics')} is ${formatCount(topics)}: every topic needs an aggregate of its own`,
      `ask for ${formatCount(topics)} aggregates or more, or for at most ${formatCount(aggregates)} topics`,
    );
  }
  if (aggregates * versions > limits.events) {
    throw new UsageError(
      `${layers.place('aggregates')} ${formatCount(aggregates)} × ${layers.place('versions')} ${formatCount(versions)} are ${formatCount(aggregates * versions)} events; allowed: at most ${formatCount(limits.events)}`,
      'ask for fewer aggregates or fewer versions',
    );
  }
}

function checkBackoff(layers: Layers): void {
  const waits = layers.given('backoff')?.length ?? 0;
  const maxDeliver = layers.value('maxDeliver');
  if (maxDeliver !== null && maxDeliver <= waits) {
    throw new UsageError(
      `${layers.place('maxDeliver')} is ${formatCount(maxDeliver)} but ${layers.place('backoff')} has ${formatCount(waits)} waits: brokers require more deliveries than waits`,
      `ask for ${formatCount(waits + 1)} deliveries or more, or for fewer waits`,
    );
  }
}

/** A mode given by a flag is not narrowed by the file's durable unless it can be. */
function resolveModes(layers: Layers): readonly ModeRow[] {
  const mode: ModeChoice = layers.value('mode');
  const ownDurable: DurableChoice | undefined =
    layers.flags.mode === undefined ? layers.given('durable') : layers.flags.durable;
  const fileDurable = mode === 'multi' ? layers.given('durable') : undefined;
  const durable = ownDurable ?? fileDurable ?? null;
  const rows = rowsOf(mode, durable);
  if (rows.length > 0) return rows;
  throw new UsageError(
    `${layers.place('durable')} is ${String(durable)} but ${layers.place('mode')} is ${mode}, which has no such row`,
    mode === 'single' ? 'leave the durable out, or run --mode multi' : `run --mode multi --durable ${String(durable)}`,
  );
}

/**
 * An expectation of a row that is not run can never be met, so the file is in error; unless a flag narrowed the rows
 * down, and then the rows that are left must have one, or the file's gate would be gone unnoticed.
 */
function resolveExpectations(layers: Layers, modes: readonly ModeRow[]): Scenario['expect'] {
  const expectations = Object.entries(layers.file?.settings.expect ?? {}) as [ModeRow, ExpectationSettings][];
  const kept = expectations.filter(([row]) => modes.includes(row));
  const dropped = expectations.find(([row]) => !modes.includes(row))?.[0];
  const narrowed = layers.flags.mode !== undefined || layers.flags.durable !== undefined;
  if (dropped !== undefined && (!narrowed || kept.length === 0)) {
    const place = layers.file === undefined ? dropped : placeOf(['expect', dropped], { kind: 'file', ...layers.file });
    throw new UsageError(
      `${place} expects something of a row that is not run; rows run are ${modes.join(', ')}`,
      narrowed ? 'run a row that the file expects something of' : 'take the expectation out, or run the row too',
    );
  }
  return Object.fromEntries(
    kept.map(([row, { outcome, that }]) => [row, { ...(outcome && { outcome }), ...(that && { that }) }]),
  );
}

/** `scenarios/my quick.yaml` → `my-quick`. */
function nameOfFile(path: string): string {
  const stem = basename(path).replace(/\.ya?ml$/i, '');
  const safe = stem
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, limits.nameLength);
  return safe === '' ? fieldDefaults.name : safe;
}

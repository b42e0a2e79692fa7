/**
 * Which flags describe a scenario? One for every field of a scenario file, of the same name in kebab-case and with the
 * same sentence. None has a default here: what is not given comes from the file or from `scenario/defaults.ts`.
 */
import { Option } from 'commander';
import type { Command } from 'commander';
import { defaultText } from '../../scenario/defaults.js';
import { fieldSentences, flagOf } from '../../scenario/fields.js';
import type { FlagField } from '../../scenario/fields.js';
import type { ScenarioFlags } from '../../scenario/flags.js';
import type { ScenarioDefaults } from '../../scenario/resolve.js';
import { strategyIds } from '../../run/strategy-list.js';

/** Group heading → fields and their placeholders, in the order of the help. */
const groups = {
  'Workload:': {
    topics: '<n>',
    aggregates: '<n>',
    versions: '<n>',
    skew: '<exponent>',
    publish: '<when>',
    rate: '<n>',
    publishersPerAggregate: '<n>',
    topicChoice: '<how>',
  },
  'Broker and subscriptions:': {
    broker: '<broker>',
    mode: '<mode>',
    durable: '<durable>',
    maxWait: '<duration>',
    ack: '<when>',
    disturb: '<what>',
  },
  'JetStream:': {
    batch: '<n>',
    ackWait: '<duration>',
    maxAckPending: '<n>',
    maxDeliver: '<n>',
    backoff: '<durations>',
  },
  'Kafka:': {
    partitions: '<n>',
    members: '<n>',
    consume: '<how>',
    partitionsConcurrently: '<n>',
    commit: '<who>',
    commitInterval: '<duration>',
    commitThreshold: '<n>',
    sessionTimeout: '<duration>',
    heartbeatInterval: '<duration>',
    key: '<what>',
    partitioner: '<how>',
    acks: '<whose>',
    idempotent: '',
    retries: '<n>',
    inFlight: '<n>',
    linger: '<duration>',
    produceBatch: '<bytes>',
    kafkaClient: '<name>',
  },
  'Bus under test:': {
    strategy: '<id>',
    workers: '<n>',
    queueSize: '<n>',
    laneSize: '<n>',
    overflow: '<policy>',
    gapPolicy: '<policy>',
    gapTimeout: '<duration>',
    handlerTime: '<time>',
    handlerTimeBy: '<what>',
    handlerFail: '<share>',
    handlerFailure: '<how>',
    handlerTimeout: '<duration>',
  },
  'Run:': {
    seed: '<n>',
    repeat: '<n>',
    seeds: '<n>',
    untilAtRisk: '<n>',
    untilContested: '<n>',
    warmUp: '<n>',
    sweep: '<field=values>',
    name: '<name>',
    drainTimeout: '<duration>',
  },
  'Verdict and gates:': {
    orderScope: '<scope>',
    allow: '<kinds>',
    minAtRisk: '<n>',
    gateMode: '<rows>',
    maxViolations: '<n>',
    failOn: '<expression>',
    confidence: '<share>',
    within: '<share>',
  },
} as const satisfies Record<string, Partial<Record<FlagField, string>>>;

/** Older names: understood, and left out of the help. */
const olderNames: readonly string[] = ['untilContested'] satisfies FlagField[];

const repeatable: readonly string[] = [
  'allow',
  'failOn',
  'backoff',
  'disturb',
  'broker',
  'partitioner',
  'strategy',
  'mode',
  'gateMode',
  'sweep',
] satisfies FlagField[];

/** @param defaults where they differ from those of `run` */
export function addScenarioOptions(command: Command, defaults: ScenarioDefaults = {}): Command {
  for (const [heading, fields] of Object.entries(groups)) {
    for (const [field, placeholder] of Object.entries(fields) as [FlagField, string][]) {
      command.addOption(scenarioOption(field, placeholder, defaults[field]).helpGroup(heading));
    }
  }
  return command;
}

/** The scenario flags among a command's options, as they were typed. */
export function scenarioFlags(options: Readonly<Record<string, unknown>>): ScenarioFlags {
  const fields = Object.values(groups).flatMap((group) => Object.keys(group));
  return Object.fromEntries(
    fields.filter((field) => options[field] !== undefined).map((field) => [field, options[field]]),
  );
}

function scenarioOption(field: FlagField, placeholder: string, otherDefault: unknown): Option {
  const usual = otherDefault === undefined ? defaultText(field) : [otherDefault].flat().map(String).join(',');
  const choices = field === 'strategy' ? ` One of ${strategyIds.join(', ')}.` : '';
  const text = fieldSentences[field] + choices + (usual === undefined ? '' : ` (default: ${usual})`);
  if (placeholder === '') return new Option(flagOf(field), fieldSentences[field]).preset('true');
  const option = new Option(`${flagOf(field)} ${placeholder}`, text);
  if (olderNames.includes(field)) option.hideHelp();
  if (!repeatable.includes(field)) return option;
  if (field !== 'sweep') option.description += ' Separated by commas, or given several times.';
  return option.argParser((text: string, earlier: string[] | undefined) => [...(earlier ?? []), text]);
}

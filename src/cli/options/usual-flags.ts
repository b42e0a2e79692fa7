/**
 * Lists the flags that the short help of a command shows, in its order, with a few words for each. Every other flag is
 * in the full help.
 */
import type { UsualFlag } from '../short-help.js';
import { defaultText } from '../../scenario/fields.js';
import type { DefaultedField } from '../../scenario/fields.js';
import type { ScenarioDefaults } from '../../scenario/resolve.js';

/** The defaults are those of the fields, unless the command has others. */
export function usualScenarioFlags(defaults: ScenarioDefaults = {}): readonly UsualFlag[] {
  const usual = (field: DefaultedField): string =>
    ` (default: ${[defaults[field] ?? defaultText(field)].flat().map(String).join(',')})`;
  return [
    { flags: '--broker <broker>', text: `sim, sim:kafka, nats or kafka.${usual('broker')}` },
    { flags: '--mode <mode>', text: `all, multi, single or a row's name.${usual('mode')}` },
    { flags: '--strategy <id>', text: 'One or several of: eventbus-bench list strategies.' },
    { flags: '--topics <n>', text: `Topics.${usual('topics')}` },
    { flags: '--aggregates <n>', text: `Aggregates, spread over the topics.${usual('aggregates')}` },
    { flags: '--versions <n>', text: `Versions (events) of each aggregate.${usual('versions')}` },
    { flags: '--workers <n>', text: `Handlers at once.${usual('workers')}` },
    { flags: '--handler-time <time>', text: `Time that a handling takes, as 0-5ms.${usual('handlerTime')}` },
    { flags: '--handler-fail <share>', text: `Share of handlings that fail, as 2%.${usual('handlerFail')}` },
    { flags: '--disturb <what>', text: 'Done to the run, such as crash:200ms@50%.' },
  ];
}

export const usualSeedsFlag: UsualFlag = {
  flags: '--seeds <n>',
  text: 'Runs of every row, each with a seed of its own.',
};

export const usualGateFlags: readonly UsualFlag[] = [
  { flags: '--max-violations <n>', text: 'Gate: exit 1 if a row has more violations than this.' },
];

export const usualServerFlags: readonly UsualFlag[] = [
  { flags: '--nats-url <url>', text: 'NATS server to use, nats://host:port.' },
  { flags: '--kafka-brokers <list>', text: 'Kafka cluster to use, host:port,host:port.' },
];

export const jsonFlag: UsualFlag = { flags: '--json', text: 'Print JSON and nothing else on standard output.' };

export const usualOutputFlags: readonly UsualFlag[] = [
  { flags: '--plan', text: 'Show what would be run, and run nothing.' },
  jsonFlag,
  { flags: '--details', text: 'Show all of the report, not just its first screen.' },
];

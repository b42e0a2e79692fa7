/**
 * Defines the flags that describe a scenario, from the declarations of the scenario's fields: the flag has the field's
 * name in kebab-case and the same sentence as help. A flag has no default of its own: a value that is not given comes
 * from the scenario file, or else from the field's declaration.
 */
import { Option } from 'commander';
import type { Command } from 'commander';
import { flagGroups } from '../../domain/scenario/fields/field.js';
import type { Flag } from '../../domain/scenario/fields/field.js';
import { inOrder } from '../../domain/scenario/fields/in-order.js';
import { looks } from '../../domain/scenario/fields/value.js';
import { declarationOf, defaultText, flagFields, flagOf } from '../../scenario/fields.js';
import type { FlagField } from '../../scenario/fields.js';
import type { ScenarioFlags } from '../../scenario/flags.js';
import type { ScenarioDefaults } from '../../scenario/resolve.js';
import { strategyIds } from '../../run/strategy-list.js';

/** The order of the help, where it differs from that of the fields: field → the field that it follows. */
const comesAfter = {
  kafkaClient: 'produceBatch',
  warmUp: 'untilContested',
  name: 'sweep',
  drainTimeout: 'name',
} as const;

/** @param defaults the defaults that differ from those of `run` */
export function addScenarioOptions(command: Command, defaults: ScenarioDefaults = {}): Command {
  for (const group of flagGroups) {
    for (const field of inOrder(flagFields, comesAfter)) {
      const { flag } = declarationOf(field);
      if (flag?.group === group) command.addOption(scenarioOption(field, flag, defaults[field]));
    }
  }
  return command;
}

/** The flags of some fields, for commands that take no others. */
export function scenarioOptions(fields: readonly FlagField[]): readonly Option[] {
  return fields.flatMap((field) => {
    const { flag } = declarationOf(field);
    return flag === null ? [] : [scenarioOption(field, flag, undefined)];
  });
}

/** The scenario flags among a command's options, as they were typed. */
export function scenarioFlags(options: Readonly<Record<string, unknown>>): ScenarioFlags {
  return Object.fromEntries(
    flagFields.filter((field) => options[field] !== undefined).map((field) => [field, options[field]]),
  );
}

function scenarioOption(field: FlagField, { group, takes, isOlderName }: Flag, otherDefault: unknown): Option {
  const { about, value } = declarationOf(field);
  const { typed } = looks[value.kind];
  if (typed === 'switch') return new Option(flagOf(field), about).preset('true').helpGroup(`${group}:`);
  const option = new Option(`${flagOf(field)} ${takes}`, helpText(field, otherDefault)).helpGroup(`${group}:`);
  if (isOlderName) option.hideHelp();
  if (typed === 'one' || typed === 'text') return option;
  if (typed !== 'map') option.description += ' Separated by commas, or given several times.';
  return option.argParser((text: string, earlier: string[] | undefined) => [...(earlier ?? []), text]);
}

function helpText(field: FlagField, otherDefault: unknown): string {
  const usual = otherDefault === undefined ? defaultText(field) : [otherDefault].flat().map(String).join(',');
  const choices = field === 'strategy' ? ` One of ${strategyIds.join(', ')}.` : '';
  return declarationOf(field).about + choices + (usual === undefined ? '' : ` (default: ${usual})`);
}

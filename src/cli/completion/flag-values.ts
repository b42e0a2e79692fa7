/** The values that a flag of a scenario takes, where they can be listed, from the declaration of its field. */
import { claimIds } from '../../domain/report/claim-answer.js';
import { brokerKinds, protocolKinds, protocols } from '../../domain/broker/registry.js';
import { fields } from '../../domain/scenario/fields/fields.js';
import type { Value } from '../../domain/scenario/fields/value.js';
import { anomalyKinds, modeRows } from '../../domain/scenario/scenario.js';
import { flagOf, isField, sweepFields } from '../../scenario/fields.js';
import { strategyIds } from '../../run/strategy-list.js';

export interface Values {
  readonly names: readonly string[];
  /** Several may be given, separated by commas. */
  readonly several: boolean;
}

/** Flags that take what a field takes, under another name. */
const aliases: Readonly<Record<string, string>> = { strategies: 'strategy', modes: 'mode' };

/**
 * @param attribute the flag as commander names it: `maxAckPending`
 * @param typed its value so far
 * @returns null if its values cannot be listed
 */
export function valuesOfFlag(attribute: string, typed: string): Values | null {
  if (attribute === 'baseline') return { names: rowsWith(typed), several: false };
  if (attribute === 'claim') return { names: claimIds, several: true };
  const field = aliases[attribute] ?? attribute;
  return isField(field) ? valuesOf(fields[field].value, typed) : null;
}

function valuesOf(value: Value, typed: string): Values | null {
  switch (value.kind) {
    case 'choice':
    case 'choiceOrNumber':
      return { names: value.of, several: false };
    case 'oneOrSeveral':
      return { names: value.of, several: true };
    case 'brokers':
      return { names: ['sim', ...brokerKinds], several: true };
    case 'strategies':
      return { names: [...strategyIds, ...rowsWith(typed)], several: true };
    case 'rowNames':
      return { names: ['all', ...modeRows], several: true };
    case 'anomalies':
      return { names: anomalyKinds, several: true };
    case 'publishMode':
      return { names: ['serial', 'handled', 'async:', 'pool:', 'capped:'], several: false };
    case 'disturbances':
      return { names: disturbances, several: true };
    case 'sweep':
      return { names: sweepFields.map((field) => `${flagOf(field).slice(2)}=`), several: false };
    default:
      return null;
  }
}

/** The modes with a plus sign behind; with their strategies once one is typed. */
function rowsWith(typed: string): readonly string[] {
  const modes = modeRows.map((mode) => `${mode}+`);
  const [begun = ''] = typed.split(',').slice(-1);
  return begun.includes('+') ? modes.flatMap((mode) => strategyIds.map((id) => mode + id)) : modes;
}

/** As they begin: some go on with a value, all with the share of events at which they come. */
const disturbances = [...new Set(protocolKinds.flatMap((protocol) => protocols[protocol].disturbances))].map((kind) =>
  kind === 'join' || kind === 'leave' ? `${kind}@` : `${kind}:`,
);

/**
 * How brokers, strategies and rows are written in a file, as zod schemas. Which rows there are is known only with the
 * rest of the scenario, so any text passes for the name of one.
 */
import { z } from 'zod';
import { brokerKinds, type BrokerKind } from '../../domain/broker/registry.js';
import { expectationKeyPattern, strategyNames } from '../row-names.js';
import { listed, oneOrSeveral } from './choices.js';

/** `sim` is short for `sim:jetstream`. */
const brokerNames = ['sim', ...brokerKinds] as const;

/** One or several brokers; each comes out once. */
export function brokers() {
  return oneOrSeveral({ of: brokerNames }).transform((names) => [
    ...new Set(names.map((name): BrokerKind => (name === 'sim' ? 'sim:jetstream' : name))),
  ]);
}

/**
 * Strategies, each alone or with its mode, and each once.
 * @param strategies ids of those there are
 */
export function strategyList(strategies: readonly string[]) {
  const error = `${listed(strategies)}; one with its mode, such as multi/shared+${strategies[0]!}; or a list of these`;
  const name = z.enum(strategyNames(strategies) as [string, ...string[]], { error });
  const twice = 'each strategy once';
  const once = z.array(name, { error }).min(1, { error });
  return z
    .union([name, once.refine((names) => new Set(names).size === names.length, { error: twice })], { error })
    .transform((given) => [given].flat());
}

/**
 * Names of rows, one or several; `all` stands for an empty list.
 * @param strategies ids of those there are, of which editors make names
 */
export function rowNames(strategies: readonly string[]) {
  const error = 'all, or rows by name, such as single, nats:single or multi/shared+serial; or a list of these';
  const name = z
    .string({ error })
    .min(1, { error })
    .meta({ pattern: `^all$|${expectationKeyPattern(strategies)}` });
  return z
    .union([name, z.array(name, { error }).min(1, { error })], { error })
    .transform((given) => ([given].flat().includes('all') ? [] : [...new Set([given].flat())]));
}

/** Checks of a scenario's size: every topic has an aggregate, and there are not more events than a machine can hold. */
import { UsageError } from '../../domain/errors.js';
import type { Layers } from '../layers.js';
import { formatCount, limits } from '../limits.js';

/** @throws {UsageError} naming the numbers that do not go together */
export function checkSizes(layers: Layers): void {
  checkTopicsHaveAggregates(layers);
  checkEventCount(layers);
}

function checkTopicsHaveAggregates(layers: Layers): void {
  const [topics, aggregates] = [layers.value('topics'), layers.value('aggregates')];
  if (aggregates >= topics) return;
  throw new UsageError(
    `${layers.place('aggregates')} is ${formatCount(aggregates)} but ${layers.place('topics')} is ${formatCount(topics)}: every topic needs an aggregate of its own`,
    `ask for ${formatCount(topics)} aggregates or more, or for at most ${formatCount(aggregates)} topics`,
  );
}

function checkEventCount(layers: Layers): void {
  const [aggregates, versions] = [layers.value('aggregates'), layers.value('versions')];
  if (aggregates * versions <= limits.events) return;
  throw new UsageError(
    `${layers.place('aggregates')} ${formatCount(aggregates)} × ${layers.place('versions')} ${formatCount(versions)} are ${formatCount(aggregates * versions)} events; allowed: at most ${formatCount(limits.events)}`,
    'ask for fewer aggregates or fewer versions',
  );
}

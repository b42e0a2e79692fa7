/** Checks of Kafka's settings against each other: acknowledgements, commits, and partitions that are added. */
import { UsageError } from '../../domain/errors.js';
import type { Layers } from '../layers.js';

/** @throws {UsageError} */
export function checkIdempotentAcks(layers: Layers): void {
  if (!layers.value('idempotent') || layers.value('acks') === 'all') return;
  throw new UsageError(
    `${layers.place('idempotent')} is true but ${layers.place('acks')} is ${layers.value('acks')}: an idempotent producer waits for all`,
    'leave one of the two out',
  );
}

/** @throws {UsageError} */
export function checkManualCommit(layers: Layers): void {
  if (layers.value('commit') !== 'manual') return;
  const automatic = (['commitInterval', 'commitThreshold'] as const).find((field) => layers.value(field) !== null);
  if (automatic === undefined) return;
  throw new UsageError(
    `${layers.place(automatic)} is for auto commit but ${layers.place('commit')} is manual`,
    'leave one of the two out',
  );
}

/** @throws {UsageError} */
export function checkRefusedAcks(layers: Layers): void {
  const refuses = layers.given('disturb')?.some(({ kind }) => kind === 'refuse') === true;
  if (!refuses || layers.value('acks') === 'all') return;
  throw new UsageError(
    `${layers.place('disturb')} has refuse but ${layers.place('acks')} is ${layers.value('acks')}: only a publisher that waits for all acknowledgements is refused`,
    'publish with acks all, or leave the disturbance out',
  );
}

/** @throws {UsageError} */
export function checkAddedPartitions(layers: Layers): void {
  const fewer = layers
    .given('disturb')
    ?.find((one) => one.kind === 'partitions' && one.count <= layers.value('partitions'));
  if (fewer?.kind !== 'partitions') return;
  throw new UsageError(
    `${layers.place('disturb')} has partitions:${String(fewer.count)} but ${layers.place('partitions')} is ${String(layers.value('partitions'))}: partitions can only be added`,
    'ask for more partitions than there are',
  );
}

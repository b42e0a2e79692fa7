/**
 * Creates the shared memory of the threads of one row: stamps, versions, the inbox of each bus, and the channels on
 * which acknowledgements return to the thread that holds the message.
 */
import { traitsOf } from '../../domain/broker/registry.js';
import { busesOf } from '../../domain/topology.js';
import { createAckMemory, type AckMemory } from '../../runtime/threads/ack-channel.js';
import { createGateMemory, type GateMemory } from '../../runtime/threads/handled-gate.js';
import { createInboxMemory, type InboxMemory } from '../../runtime/threads/inbox-memory.js';
import { createStampCounter, type StampCounter } from '../../runtime/threads/shared-stamps.js';
import { createVersionWords, type VersionWords } from '../../runtime/threads/shared-versions.js';
import type { RowPlan } from '../row/row-plan.js';

export interface SharedRun {
  readonly stamps: StampCounter;
  /** One for each bus. */
  readonly inboxes: readonly InboxMemory[];
  /** One for each subscription. */
  readonly acks: readonly AckMemory[];
  /** null: every aggregate has one owner, whose thread counts its versions. */
  readonly versions: VersionWords | null;
  /** null: no publisher waits for events to be handled. */
  readonly gate: GateMemory | null;
  /** By aggregate: the version that was handled last, for strategies that use versions. */
  readonly handledVersions: Int32Array<SharedArrayBuffer>;
  /** One word, 1: nothing more is to be published. */
  readonly stopping: Int32Array<SharedArrayBuffer>;
}

const ackPlacesMin = 1_024;
const ackPlacesMax = 65_536;
/** Unacknowledged deliveries expected where nothing limits them (Kafka): about one fetch of a few partitions. */
const usualFetch = 16_384;

export function createSharedRun(
  { scenario, topology, workload, broker }: Pick<RowPlan, 'scenario' | 'topology' | 'workload' | 'broker'>,
  publishers: number,
): SharedRun {
  const { aggregates, queueSize, publishersPerAggregate, publish } = scenario;
  const stamps = createStampCounter();
  const unacked = traitsOf(broker).limitsUnacknowledged ? scenario.maxAckPending : usualFetch;
  const ackPlaces = Math.min(ackPlacesMax, Math.max(ackPlacesMin, 2 * unacked));
  return {
    stamps,
    inboxes: Array.from({ length: busesOf(topology) }, () =>
      createInboxMemory(queueSize, topology.subscriptions.length, stamps),
    ),
    acks: topology.subscriptions.map(() => createAckMemory(ackPlaces)),
    versions: publishersPerAggregate > 1 ? createVersionWords(aggregates) : null,
    gate: publish.kind === 'handled' ? createGateMemory(aggregates, workload.versionsOf, publishers) : null,
    handledVersions: new Int32Array(new SharedArrayBuffer(aggregates * Int32Array.BYTES_PER_ELEMENT)),
    stopping: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
  };
}

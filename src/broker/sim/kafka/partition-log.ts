/**
 * The log of one partition: records in the order of their arrival, offsets from 0 up without holes. A batch of an
 * idempotent producer carries its producer id and the sequence of its first record: a batch that is among the
 * producer's last five is acknowledged and not stored again, one that does not follow the last is refused.
 */

/** Batches that the broker remembers of each producer (`ProducerStateEntry.NUM_BATCHES_TO_RETAIN`). */
const rememberedBatches = 5;

export interface ProducerStamp {
  readonly producerId: number;
  /** Sequence of the batch's first record in this partition. */
  readonly firstSequence: number;
}

export type AppendOutcome =
  { readonly kind: 'appended' | 'duplicate'; readonly baseOffset: number } | { readonly kind: 'out-of-order-sequence' };

interface RememberedBatch {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: number;
}

export class PartitionLog<T> {
  readonly #records: T[] = [];
  /** Remembered batches by producer id, oldest first. */
  readonly #producers = new Map<number, RememberedBatch[]>();

  /** The offset that the next record gets. */
  get endOffset(): number {
    return this.#records.length;
  }

  at(offset: number): T {
    return this.#records[offset]!;
  }

  /** @param stamp null: the producer is not idempotent */
  append(records: readonly T[], stamp: ProducerStamp | null): AppendOutcome {
    const baseOffset = this.#records.length;
    if (stamp !== null) {
      const outcome = this.#check(stamp, records.length, baseOffset);
      if (outcome !== null) return outcome;
    }
    for (const record of records) this.#records.push(record);
    return { kind: 'appended', baseOffset };
  }

  /** Remembers the batch and returns null if it is to be stored. A producer not seen before may begin anywhere. */
  #check({ producerId, firstSequence }: ProducerStamp, count: number, baseOffset: number): AppendOutcome | null {
    const lastSequence = firstSequence + count - 1;
    const batches = this.#producers.get(producerId) ?? [];
    const known = batches.find((batch) => batch.firstSequence === firstSequence && batch.lastSequence === lastSequence);
    if (known !== undefined) return { kind: 'duplicate', baseOffset: known.baseOffset };
    const last = batches.at(-1);
    if (last !== undefined && firstSequence !== last.lastSequence + 1) return { kind: 'out-of-order-sequence' };
    batches.push({ firstSequence, lastSequence, baseOffset });
    if (batches.length > rememberedBatches) batches.shift();
    this.#producers.set(producerId, batches);
    return null;
  }
}

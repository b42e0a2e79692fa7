import { describe, expect, it } from 'vitest';
import type { Attempt, AttemptOutcome, Delivery, Observation } from '../../../src/domain/observation.js';
import type { NoteKind, RunNote } from '../../../src/domain/run-note.js';
import type { SubscriptionSpec } from '../../../src/domain/topology.js';
import { BusMemory, recordDeath } from '../../../src/run/bench/bus-memory.js';

const subscriptions = [0, 0, 1].map((bus) => ({ bus }) as SubscriptionSpec);
const deliveryOf = (id: number, subscription: number) => ({ id, subscription }) as Delivery;
const started = (delivery: Delivery): Observation => ({
  kind: 'start',
  record: { delivery, outcome: null } as Attempt,
});
const finished = (delivery: Delivery, outcome: AttemptOutcome): Observation => ({
  kind: 'finish',
  record: { delivery, outcome } as Attempt,
});
const noted = (kind: NoteKind, delivery: number): Observation => ({
  kind: 'note',
  record: { kind, stamp: 1, atMs: 0, detail: { delivery } } as RunNote,
});

function memoryOf(...deliveries: readonly Delivery[]): BusMemory {
  const memory = new BusMemory(subscriptions);
  for (const delivery of deliveries) memory.observe({ kind: 'deliver', record: delivery });
  return memory;
}

const [first, second, elsewhere] = [deliveryOf(1, 0), deliveryOf(2, 1), deliveryOf(3, 2)];

describe('the memory of a bus', () => {
  it('holds what its subscriptions were handed, and nobody else’s', () => {
    const memory = memoryOf(first, elsewhere, second);
    expect(memory.of(0).map(({ delivery }) => delivery)).toEqual([first, second]);
    expect(memory.of(1).map(({ delivery }) => delivery)).toEqual([elsewhere]);
  });

  it('holds nothing that was settled, rejected, discarded or given back', () => {
    for (const outcome of ['done', 'failed', 'crashed'] as const) {
      const memory = memoryOf(first);
      memory.observe(finished(first, outcome));
      expect(memory.of(0), outcome).toEqual([]);
    }
    for (const kind of ['rejected', 'discarded', 'given-back', 'crashed'] as const) {
      const memory = memoryOf(first, second);
      memory.observe(noted(kind, 1));
      expect(
        memory.of(0).map(({ delivery }) => delivery.id),
        kind,
      ).toEqual([2]);
    }
  });

  it('is recorded as gone when the bus dies: handlers under way as crashed, the rest as not started', () => {
    const memory = memoryOf(first, second, elsewhere, deliveryOf(4, 0));
    memory.observe(started(second));
    const again = deliveryOf(4, 0);
    memory.observe(started(again));
    memory.observe(finished(again, 'retried'));
    const recorded: string[] = [];
    recordDeath(memory.of(0), {
      finish: ({ delivery }, outcome) => recorded.push(`${outcome} ${delivery.id}`),
      note: (kind, { delivery }) => recorded.push(`${kind} ${delivery} not started`),
    });
    expect(recorded).toEqual(['crashed 1 not started', 'crashed 2', 'crashed 4 not started']);
  });
});

/**
 * Cuts a script down: leaves out operations, and sets settings back to what they are where nobody sets them, as long as
 * the script goes on to differ. All that differ from a script in one thing are tried at the same time.
 */
import type { DurableSettings } from '../script.js';
import { duration, noLimit, type DrawnScript, type Operation } from './drawn-script.js';

/** Where the first script lies that still differs; -1: none does. */
export type FirstThatDiffers = (candidates: readonly DrawnScript[]) => Promise<number>;

export async function smallest(script: DrawnScript, firstThatDiffers: FirstThatDiffers): Promise<DrawnScript> {
  let best = script;
  for (;;) {
    const candidates = simpler(best);
    const at = await firstThatDiffers(candidates);
    if (at === -1) return best;
    best = candidates[at]!;
  }
}

/** Scripts that are a step simpler, the biggest steps first. */
function simpler(script: DrawnScript): readonly DrawnScript[] {
  const { durables, operations } = script;
  const halves = [operations.slice(0, Math.ceil(operations.length / 2)), operations.slice(operations.length / 2)];
  const without = operations.map((_, i) => operations.filter((_, j) => j !== i));
  const plainer = operations.flatMap((operation, i) =>
    plainOperations(operation).map((plain) => operations.with(i, plain)),
  );
  const settings = durables.flatMap((durable, i) => plainSettings(durable).map((plain) => durables.with(i, plain)));
  const fewer = withoutLastDurable(script);
  return [
    ...(fewer === null ? [] : [fewer]),
    ...[...halves, ...without]
      .filter((some) => some.length < operations.length)
      .map((some) => ({ durables, operations: some })),
    ...settings.map((some) => ({ durables: some, operations })),
    ...plainer.map((some) => ({ durables, operations: some })),
  ];
}

function withoutLastDurable({ durables, operations }: DrawnScript): DrawnScript | null {
  const last = durables.length - 1;
  if (last === 0) return null;
  const rest = operations.filter((operation) => !('durable' in operation) || operation.durable !== last);
  return { durables: durables.slice(0, last), operations: rest };
}

function plainSettings(settings: DurableSettings): readonly DurableSettings[] {
  const plain: readonly Partial<DurableSettings>[] = [
    { filters: [] },
    { maxAckPending: noLimit },
    { backoffMs: [] },
    { maxDeliver: null, backoffMs: [] },
    { maxWaiting: null },
    { startSequence: 1 },
    { ackPolicy: 'explicit' },
    ...(settings.backoffMs.length === 0 ? [{ ackWaitMs: duration(20) }] : []),
  ];
  return changed(settings, plain);
}

function plainOperations(operation: Operation): readonly Operation[] {
  switch (operation.kind) {
    case 'publish':
      return changed(operation, [{ messageId: null }, { count: 1 }, { subject: 'a' }]);
    case 'pull':
      return changed(operation, [
        { puller: 'A' },
        { expiresMs: null },
        { noWait: false },
        { unheard: false },
        { batch: 1 },
      ]);
    case 'settle':
      return changed(operation, [{ delayMs: null }, { pick: 0 }]);
    case 'pause':
      return changed(operation, [{ slots: 1 }]);
    default:
      return [];
  }
}

/** What comes of each of the changes, without those that change nothing. */
function changed<T extends object>(value: T, changes: readonly Partial<T>[]): readonly T[] {
  return changes
    .map((change) => ({ ...value, ...change }))
    .filter((plain) => JSON.stringify(plain) !== JSON.stringify(value));
}

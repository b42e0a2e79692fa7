// A publisher waits at the gate for exactly the event that it published.
import { expect, test } from 'vitest';
import {
  createGateMemory,
  markHandled,
  openGate,
  SharedHandledGate,
} from '../../../src/runtime/threads/handled-gate.js';

/** How a promise stands once everything that can happen by itself has happened. */
async function isOpen(wait: Promise<void>): Promise<boolean> {
  let open = false;
  void wait.then(() => (open = true));
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  return open;
}

test('an event that was handled already is not waited for', async () => {
  const memory = createGateMemory(3, () => 40, 1);
  markHandled(memory, 2, 40);
  await new SharedHandledGate(memory, 0).wait(2, 40);
});

test('only the event itself opens the gate: no other version, no other aggregate', async () => {
  const memory = createGateMemory(3, () => 40, 2);
  const wait = new SharedHandledGate(memory, 1).wait(1, 1);
  markHandled(memory, 1, 2);
  markHandled(memory, 0, 1);
  markHandled(memory, 0, 40);
  expect(await isOpen(wait)).toBe(false);
  markHandled(memory, 1, 1);
  await wait;
});

test('aggregates of different numbers of versions have places of their own', async () => {
  const memory = createGateMemory(3, (aggregate) => [40, 1, 7][aggregate]!, 1);
  const gate = new SharedHandledGate(memory, 0);
  const waits = [gate.wait(0, 40), gate.wait(1, 1), gate.wait(2, 1), gate.wait(2, 7)];
  for (const [at, [aggregate, version]] of (
    [
      [2, 7],
      [0, 40],
      [2, 1],
      [1, 1],
    ] as const
  ).entries()) {
    expect(await Promise.all(waits.map(isOpen))).toEqual([at > 1, at > 3, at > 2, at > 0]);
    markHandled(memory, aggregate, version);
  }
  await Promise.all(waits);
});

test('many tasks of one thread wait at once', async () => {
  const memory = createGateMemory(1, () => 100, 1);
  const gate = new SharedHandledGate(memory, 0);
  const waits = Array.from({ length: 100 }, (_, i) => gate.wait(0, i + 1));
  for (let version = 100; version >= 1; version--) markHandled(memory, 0, version);
  await Promise.all(waits);
});

test('a gate that is open for good lets everybody go', async () => {
  const memory = createGateMemory(1, () => 1, 1);
  const wait = new SharedHandledGate(memory, 0).wait(0, 1);
  openGate(memory);
  await wait;
});

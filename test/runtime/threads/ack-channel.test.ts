// Acknowledgements reach the subscription's thread in the order in which they were sent, whatever the ring holds; the
// sender never waits.
import { expect, test } from 'vitest';
import {
  ackBacklog,
  AckReceiver,
  AckSender,
  closeAckChannel,
  createAckMemory,
  type AckCommand,
} from '../../../src/runtime/threads/ack-channel.js';

function acks(from: number, to: number): AckCommand[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({ kind: 'ack', token: from + i }));
}

async function receive(count: number, memory: ReturnType<typeof createAckMemory>): Promise<AckCommand[]> {
  const received: AckCommand[] = [];
  await new AckReceiver(memory).run((command) => {
    received.push(command);
    if (received.length === count) closeAckChannel(memory);
  });
  return received;
}

test('every kind of command arrives as it was sent', async () => {
  const memory = createAckMemory(8);
  const sender = new AckSender(memory);
  const commands: AckCommand[] = [
    { kind: 'ack', token: 1 },
    { kind: 'nak', token: 2 ** 31 - 1 },
    { kind: 'nak', token: 3 },
    { kind: 'progress', token: 5 },
  ];
  for (const command of commands) sender.send(command);
  expect(await receive(commands.length, memory)).toEqual(commands);
});

test('a receiver that sleeps is woken', async () => {
  const memory = createAckMemory(8);
  const received = receive(1, memory);
  await new Promise((resolve) => setImmediate(resolve));
  new AckSender(memory).send({ kind: 'ack', token: 7 });
  expect(await received).toEqual(acks(7, 7));
});

test('what finds the ring full is kept, and arrives in order once there is room', async () => {
  const memory = createAckMemory(4);
  const sender = new AckSender(memory);
  for (const command of acks(1, 50)) sender.send(command);
  expect(ackBacklog(memory)).toBe(4);
  expect(await receive(50, memory)).toEqual(acks(1, 50));
});

test('the counters may wrap around', async () => {
  const memory = createAckMemory(4);
  memory.words.fill(-3, 0, 1);
  memory.words.fill(-3, 16, 17);
  const sender = new AckSender(memory);
  for (const command of acks(1, 10)) sender.send(command);
  expect(await receive(10, memory)).toEqual(acks(1, 10));
});

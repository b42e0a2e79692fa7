import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { greet, greetingCodes } from '../../../../src/broker/kafka/connecting/greeting.js';
import { sayHello } from '../../../../src/broker/kafka/connecting/hello.js';

it.each<[string, (socket: Socket) => void, string]>([
  ['says nothing', () => {}, greetingCodes.silent],
  ['speaks HTTP', (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), greetingCodes.foreign],
  ['hangs up', (socket) => void socket.destroy(), 'ECONNRESET'],
  [
    'answers too little',
    (socket) => void socket.write(Buffer.from('00000006000000000000', 'hex')),
    greetingCodes.foreign,
  ],
])('tells of something that %s that it is no broker', async (_title, behave, code) => {
  const address = await listen(behave);
  await expect(greet(address, { tls: null, mechanism: null, timeoutMs: 300 })).rejects.toMatchObject({ code });
  await expect(sayHello({ brokers: [address] }, 300)).rejects.toThrow(new RegExp(`^${address} (takes|answers|closed)`));
});

it('tells of a broker that no longer takes what kafkajs sends that it is too new', async () => {
  // ApiVersions in the form of version 0: Produce from version 9 on, and nothing else.
  const versions = Buffer.from('00000010' + '00000000' + '0000' + '00000001' + '00000009000d', 'hex');
  const noLogins = Buffer.from('0000000a' + '00000000' + '0022' + '00000000', 'hex');
  const unsupported = Buffer.from('0000000a' + '00000000' + '0023' + '00000000', 'hex');
  const address = await listen((socket) => {
    const answers = [unsupported, versions, noLogins];
    socket.on('data', () => void socket.write(answers.shift() ?? noLogins));
  });
  await expect(sayHello({ brokers: [address] }, 1_000)).rejects.toThrow(
    'is a Kafka that is too new for the client kafkajs: it no longer takes its Produce requests',
  );
});

/** `127.0.0.1:port` of something that behaves so towards every connection. */
async function listen(behave: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    behave(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  return `127.0.0.1:${(listener.address() as AddressInfo).port}`;
}

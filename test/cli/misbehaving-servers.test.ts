/**
 * Servers that are no NATS and no Kafka, or that answer nothing: one message within the terminal, the way out, exit 69,
 * and nothing of a stack. The servers listen on the loopback only.
 */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from './cli-process.js';

const servers: Readonly<Record<string, (socket: Socket) => void>> = {
  'hangs up at once': (socket) => void socket.destroy(),
  'never says a word': () => undefined,
  'speaks HTTP': (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
  'sends noise': (socket) => void socket.write(Buffer.from([0, 0, 0, 4, 255, 254, 253, 252, 13, 10, 13, 10])),
};
const flags = {
  nats: (port: number) => ['--broker', 'nats', '--nats-url', `nats://127.0.0.1:${port}`],
  kafka: (port: number) => ['--broker', 'kafka', '--kafka-brokers', `127.0.0.1:${port}`],
};

async function listening(serve: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined));
    serve(socket);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe.each(Object.entries(flags))('a run on %s', (_, flagsOf) => {
  it.each(Object.entries(servers))('where a server %s', async (_name, serve) => {
    const port = await listening(serve);
    const { exitCode, stdout, stderr } = await runCli(['run', '--quiet', ...flagsOf(port)], { env: { COLUMNS: '80' } });
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 69, stdout: '' });
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^error: \S/);
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/^ {2}\S/);
    expect(stderr).toContain(String(port));
    expect(Math.max(...lines.map((line) => line.length)), stderr).toBeLessThanOrEqual(80);
    expect(stderr).not.toMatch(/^\s+at |node:internal/m);
  });
});

/**
 * A proxy between client and server, with which a test cuts a connection and lets it come back: it can cut what goes
 * through it, and refuse, or take, new connections.
 */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TcpProxy {
  readonly url: string;
  /** Closes every connection and refuses new ones until {@link restore}. */
  cut(): void;
  restore(): void;
}

/** @param url `nats://127.0.0.1:port` of the server; the proxy is closed when the test has finished */
export async function proxyTo(url: string): Promise<TcpProxy> {
  const target = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  let isCut = false;
  const listener = createServer((client) => {
    if (isCut) return void client.destroy();
    const server = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(from);
          to.destroy();
        });
      from.pipe(to);
    }
  });
  const close = () => {
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    close();
    listener.close();
  });
  return {
    url: `nats://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      close();
    },
    restore: () => void (isCut = false),
  };
}

/**
 * Finds free ports for a broker, which has to be told them and needs the same ones after a restart. They lie below the
 * ports that the system gives to outgoing connections (from 32768 on, as a rule). So no other connection takes one in
 * the meantime, and a client that dials a broker which is down cannot end up connected to itself.
 */
import { createServer } from 'node:net';

const first = 20_000;
const count = 12_000;
/** Each process id has so many ports to try first, so that processes with consecutive ids do not try the same ones. */
const portsOfProcess = 16;

/**
 * Finds ports of 127.0.0.1 that are free at this moment.
 * @param skip ports that turned out to be taken
 * @throws {Error} if there are too few
 */
export async function freePorts(wanted: number, skip: ReadonlySet<number>): Promise<readonly number[]> {
  const free: number[] = [];
  for (let i = 0; i < count && free.length < wanted; i++) {
    const port = first + ((process.pid * portsOfProcess + i) % count);
    if (!skip.has(port) && (await isFree(port))) free.push(port);
  }
  if (free.length < wanted) throw new Error(`no free ports between ${first} and ${first + count - 1}`);
  return free;
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

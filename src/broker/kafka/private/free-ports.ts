/**
 * Finds free ports for a broker that has to be told them and must get them again after a restart: ports below those
 * that the system gives out by itself (from 32768 on, as a rule): there no connection of somebody else takes one in the
 * meantime, and a client that dials a broker which is down cannot end up connected to itself.
 */
import { createServer } from 'node:net';

const first = 20_000;
const count = 12_000;
/** So that processes whose ids follow each other do not try the same ports. */
const portsOfProcess = 16;

/** Free at this moment on 127.0.0.1. @param skip ports that turned out to be taken. @throws {Error} if there are none */
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

/**
 * Finds and removes what runs that crashed left on a server: the streams that carry this tool's own marks (see
 * mark.ts), with the run that made each and whether that run still lives. Nothing without both marks is listed, and
 * nothing that is not listed is removed.
 */
import { hostname } from 'node:os';
import type { JetStreamManager } from 'nats';
import { openManager } from './admin.js';
import { openLink } from './connecting/connect.js';
import type { NatsLink } from './connecting/connect.js';
import type { NatsConnectionOptions } from './connecting/connection-options.js';
import { sayHello } from './connecting/hello.js';
import { ownerOf, streamMark } from './mark.js';
import type { StreamOwner } from './mark.js';
import { isStreamNotFound, requestError } from './connecting/request-errors.js';

export interface Leftover extends StreamOwner {
  readonly stream: string;
  readonly messages: number;
  /** Time since the stream was created. */
  readonly ageMs: number;
  /** Whether the run still lives, by its process id on this host; `unknown` for a run of another host. */
  readonly run: 'alive' | 'ended' | 'unknown';
}

/** What became of a leftover that was to be removed. */
export interface Removal {
  readonly stream: string;
  readonly outcome: 'removed' | 'already gone' | 'not ours';
}

const helloTimeoutMs = 5_000;

/** Lists the leftovers, oldest first. @throws {BrokerError} */
export async function listLeftovers(connection: NatsConnectionOptions): Promise<readonly Leftover[]> {
  return withManager(connection, 'list the streams', async (manager) => {
    const found: Leftover[] = [];
    for (const name of await markedNames(manager)) {
      const leftover = await inspect(manager, name);
      if (leftover !== null) found.push(leftover);
    }
    return found.sort((a, b) => b.ageMs - a.ageMs);
  });
}

/** Removes the leftovers that still carry the marks. @throws {BrokerError} */
export async function removeLeftovers(
  connection: NatsConnectionOptions,
  leftovers: readonly Pick<Leftover, 'stream'>[],
): Promise<readonly Removal[]> {
  return withManager(connection, 'remove a stream', async (manager) => {
    const removals: Removal[] = [];
    for (const { stream } of leftovers) removals.push({ stream, outcome: await removeOne(manager, stream) });
    return removals;
  });
}

async function removeOne(manager: JetStreamManager, stream: string): Promise<Removal['outcome']> {
  try {
    const { config } = await manager.streams.info(stream);
    if (ownerOf(stream, config.description) === null) return 'not ours';
    await manager.streams.delete(stream);
    return 'removed';
  } catch (error) {
    if (isStreamNotFound(error)) return 'already gone';
    throw error;
  }
}

async function markedNames(manager: JetStreamManager): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const name of manager.streams.names()) if (name.startsWith(streamMark)) names.push(name);
  return names;
}

/** The leftover that a stream is; null if the stream is foreign, or was removed meanwhile. */
async function inspect(manager: JetStreamManager, stream: string): Promise<Leftover | null> {
  try {
    const { config, created, state } = await manager.streams.info(stream);
    const owner = ownerOf(stream, config.description);
    if (owner === null) return null;
    const ageMs = Math.max(0, Date.now() - Date.parse(created));
    return { stream, ...owner, messages: state.messages, ageMs, run: stateOfRun(owner) };
  } catch (error) {
    if (isStreamNotFound(error)) return null;
    throw error;
  }
}

function stateOfRun(owner: StreamOwner): Leftover['run'] {
  if (owner.host !== hostname()) return 'unknown';
  try {
    process.kill(owner.pid, 0);
    return 'alive';
  } catch (error) {
    // A process of another user cannot be signalled, but is there.
    return (error as { code?: string }).code === 'EPERM' ? 'alive' : 'ended';
  }
}

async function withManager<T>(
  connection: NatsConnectionOptions,
  doing: string,
  use: (manager: JetStreamManager) => Promise<T>,
): Promise<T> {
  await sayHello(connection, helloTimeoutMs);
  const link: NatsLink = await openLink(connection, 'eventbus-bench clean');
  try {
    return await use(await openManager(link));
  } catch (error) {
    throw link.failure ?? requestError(error, { doing, where: link.where });
  } finally {
    await link.close();
  }
}

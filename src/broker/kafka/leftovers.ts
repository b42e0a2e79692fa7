/**
 * Finds and removes what runs that crashed left on a cluster: topics and consumer groups whose names begin with
 * {@link kafkaMark}; nothing else is listed or removed. Kafka does not record who created them, so only the name tells:
 * behind the mark stands the run's id, which says when, on which host and in which process the run began
 * (src/domain/run-id.ts).
 */
import { hostname } from 'node:os';
import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';
import { hostTagOf, parseRunId, type RunOrigin } from '../../domain/run-id.js';
import { kafkaMark } from '../../domain/topology.js';
import { kafkaClientConfig } from './kafkajs/client-config.js';
import { toBrokerError } from './connecting/connect-errors.js';
import type { KafkaConnectionOptions } from './connecting/connection-options.js';
import { sayHello } from './connecting/hello.js';
import { typeOf } from './connecting/protocol-errors.js';

export interface KafkaLeftover {
  readonly kind: 'topic' | 'group';
  readonly name: string;
  /** null: the name holds no run id. */
  readonly runId: string | null;
  /** Messages stored in a topic; null for a group. */
  readonly messages: number | null;
  /** Members of a group; null for a topic. */
  readonly members: number | null;
  /** Time since the run began, by its id; null if the id holds no plausible time. */
  readonly ageMs: number | null;
  /** The process of this host that the run is or was in; null if it was on another host, or its id does not tell. */
  readonly owner: { readonly host: string; readonly pid: number } | null;
  /** Whether the run still lives, by its process on this host or by members of its groups; `unknown` by neither. */
  readonly run: 'alive' | 'ended' | 'unknown';
}

/** What became of a leftover that was to be removed. */
export interface KafkaRemoval {
  readonly kind: 'topic' | 'group';
  readonly name: string;
  readonly outcome: 'removed' | 'already gone' | 'not ours' | 'in use';
}

const helloTimeoutMs = 5_000;
const giveUpAfterMs = 2_000;
/** The beginning of 2020, in milliseconds since 1970: no run of this tool began before. */
const firstRunMs = 1_577_836_800_000;

/** Lists the leftovers: topics first, each kind oldest first. @throws {BrokerError} */
export async function listKafkaLeftovers(connection: KafkaConnectionOptions): Promise<readonly KafkaLeftover[]> {
  return withAdmin(connection, 'list topics and groups', async (admin) => {
    const topics = await topicsThere(admin);
    const groups = await membersOfGroups(admin);
    const alive = new Set([...groups].filter(([, members]) => members > 0).map(([name]) => runIdOf(name)));
    const found: KafkaLeftover[] = [];
    for (const name of topics) {
      const messages = await messagesIn(admin, name);
      if (messages !== null) found.push({ kind: 'topic', name, messages, members: null, ...runOf(name, alive) });
    }
    for (const [name, members] of groups) {
      found.push({ kind: 'group', name, messages: null, members, ...runOf(name, alive) });
    }
    return found.sort((a, b) => b.kind.localeCompare(a.kind) || (b.ageMs ?? 0) - (a.ageMs ?? 0));
  });
}

/** Removes leftovers whose names carry the mark; a group with members stays. @throws {BrokerError} */
export async function removeKafkaLeftovers(
  connection: KafkaConnectionOptions,
  leftovers: readonly Pick<KafkaLeftover, 'kind' | 'name'>[],
): Promise<readonly KafkaRemoval[]> {
  return withAdmin(connection, 'remove topics and groups', async (admin) => {
    const there = { topic: await topicsThere(admin), group: await groupsThere(admin) };
    const removals: KafkaRemoval[] = [];
    for (const { kind, name } of leftovers) {
      const isThere = !isOurs(name) || there[kind].includes(name);
      removals.push({ kind, name, outcome: isThere ? await removeOne(admin, kind, name) : 'already gone' });
    }
    return removals;
  });
}

async function removeOne(admin: Admin, kind: KafkaLeftover['kind'], name: string): Promise<KafkaRemoval['outcome']> {
  if (!isOurs(name)) return 'not ours';
  try {
    if (kind === 'topic') await admin.deleteTopics({ topics: [name] });
    else await admin.deleteGroups([name]);
    return 'removed';
  } catch (error) {
    const outcome = outcomes[refusalOf(error)];
    if (outcome === undefined) throw error;
    return outcome;
  }
}

const outcomes: Readonly<Record<string, KafkaRemoval['outcome']>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'already gone',
  GROUP_ID_NOT_FOUND: 'already gone',
  NON_EMPTY_GROUP: 'in use',
};

/** The type of a refusal; empty if there is none. kafkajs keeps refusals of groups in a list, in a wrapped error. */
function refusalOf(error: unknown): string {
  for (const one of [error, (error as { cause?: unknown } | null)?.cause]) {
    const [group] = (one as { groups?: readonly { error?: unknown }[] } | null | undefined)?.groups ?? [];
    const type = typeOf(group?.error) || typeOf(one);
    if (type !== '') return type;
  }
  return '';
}

async function topicsThere(admin: Admin): Promise<readonly string[]> {
  return (await admin.listTopics()).filter(isOurs);
}

async function groupsThere(admin: Admin): Promise<readonly string[]> {
  return (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter(isOurs);
}

/** Number of members by group. */
async function membersOfGroups(admin: Admin): Promise<ReadonlyMap<string, number>> {
  const names = await groupsThere(admin);
  if (names.length === 0) return new Map();
  const { groups } = await admin.describeGroups([...names]);
  return new Map(groups.map(({ groupId, members }) => [groupId, members.length]));
}

/** null if the topic was removed meanwhile. */
async function messagesIn(admin: Admin, topic: string): Promise<number | null> {
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
  } catch (error) {
    if (refusalOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return null;
    throw error;
  }
}

function runOf(
  name: string,
  alive: ReadonlySet<string | null>,
): Pick<KafkaLeftover, 'runId' | 'ageMs' | 'owner' | 'run'> {
  const runId = runIdOf(name);
  const origin = runId === null ? null : parseRunId(runId);
  const isHere = origin?.hostTag === hostTagOf(hostname());
  const owner = origin === null || !isHere ? null : { host: hostname(), pid: origin.pid };
  const hasMembers = runId !== null && alive.has(runId);
  // The process is the better sign: members of a killed process stay in their group until their session times out.
  const run = owner !== null ? stateOf(owner) : hasMembers ? 'alive' : 'unknown';
  return { runId, ageMs: ageOf(origin), owner, run };
}

function stateOf(owner: NonNullable<KafkaLeftover['owner']>): KafkaLeftover['run'] {
  try {
    process.kill(owner.pid, 0);
    return 'alive';
  } catch (error) {
    // A process of another user cannot be signalled, but is there.
    return (error as { code?: string }).code === 'EPERM' ? 'alive' : 'ended';
  }
}

function isOurs(name: string): boolean {
  return name.startsWith(kafkaMark);
}

/** The run id in a name: the part behind the mark, up to the next dot; null if there is none. */
function runIdOf(name: string): string | null {
  return /^([^.]+)\./.exec(name.slice(kafkaMark.length))?.[1] ?? null;
}

function ageOf(origin: RunOrigin | null): number | null {
  const nowMs = Date.now();
  const startedMs = origin?.startedAtMs ?? 0;
  return startedMs >= firstRunMs && startedMs <= nowMs ? nowMs - startedMs : null;
}

async function withAdmin<T>(
  connection: KafkaConnectionOptions,
  doing: string,
  use: (admin: Admin) => Promise<T>,
): Promise<T> {
  await sayHello(connection, helloTimeoutMs);
  const admin = new kafkajs.Kafka(kafkaClientConfig({ ...connection, giveUpAfterMs }, 'eventbus-bench clean')).admin();
  try {
    await admin.connect();
    return await use(admin);
  } catch (error) {
    throw toBrokerError(error, { connection, doing });
  } finally {
    await admin.disconnect();
  }
}

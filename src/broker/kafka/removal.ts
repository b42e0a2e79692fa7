/**
 * Removes topics and groups, and nothing else. Only what is there is asked to be removed: kafkajs would go on asking
 * for a topic that is not. A group goes when its last member has left; members that were lost count until their session
 * is over.
 */
import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';

const retryEveryMs = 50;
/** Longer than members need that leave properly; lost ones may take their whole session. */
const graceMs = 2_000;
const waitMsMax = 15_000;
/** Error codes of single groups. */
const nonEmptyGroup = 68;
const groupIdNotFound = 69;

/** @throws what kafkajs throws; for a group that still has members, once their session must be over */
export async function removeGroups(admin: Admin, groups: readonly string[], sessionTimeoutMs: number): Promise<void> {
  const deadlineMs = performance.now() + Math.min(waitMsMax, sessionTimeoutMs + graceMs);
  let left = groups;
  while (left.length > 0) {
    const refused = await refusedGroups(admin, left);
    left = refused.filter(({ code }) => code === nonEmptyGroup).map(({ group }) => group);
    const other = refused.find(({ code }) => code !== nonEmptyGroup && code !== groupIdNotFound);
    if (other !== undefined) throw other.error;
    if (left.length > 0 && performance.now() > deadlineMs) throw refused[0]!.error;
    if (left.length > 0) await new Promise((resolve) => setTimeout(resolve, retryEveryMs));
  }
}

/** @throws what kafkajs throws */
export async function removeTopics(admin: Admin, topics: readonly string[]): Promise<void> {
  const present = await admin.listTopics();
  const own = topics.filter((topic) => present.includes(topic));
  if (own.length > 0) await admin.deleteTopics({ topics: own });
}

interface RefusedGroup {
  readonly group: string;
  readonly code: number;
  readonly error: Error;
}

async function refusedGroups(admin: Admin, groups: readonly string[]): Promise<readonly RefusedGroup[]> {
  try {
    await admin.deleteGroups([...groups]);
    return [];
  } catch (error) {
    const refusals = groupErrors(error);
    if (refusals === null) throw error;
    return refusals.map(({ groupId, errorCode, error: why }) => ({
      group: groupId,
      code: errorCode ?? 0,
      error: why ?? new Error('the group could not be removed'),
    }));
  }
}

/** kafkajs wraps what says which groups were refused. */
function groupErrors(error: unknown): readonly { groupId: string; errorCode?: number; error?: Error }[] | null {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof kafkajs.KafkaJSDeleteGroupsError) return inner.groups;
  }
  return null;
}

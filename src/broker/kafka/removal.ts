/**
 * Removes topics and groups by name. Only topics that exist are named in the request, since kafkajs would go on asking
 * for one that does not. A group can be removed once its last member has left; a lost member counts until its session
 * times out.
 */
import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';

const retryEveryMs = 50;
/** How long a group may still have members beyond the session time-out of those that were lost. */
const graceMs = 2_000;
const waitMsMax = 15_000;
/** Error codes that a broker gives for single groups. */
const nonEmptyGroup = 68;
const groupIdNotFound = 69;

/** @throws what kafkajs throws; for a group that still has members, after the time by which they must be gone */
export async function removeGroups(admin: Admin, groups: readonly string[], sessionTimeoutMs: number): Promise<void> {
  const deadlineMs = performance.now() + Math.min(waitMsMax, sessionTimeoutMs + graceMs);
  let left = groups;
  while (left.length > 0) {
    const refused = await refusedGroups(admin, left);
    left = refused.filter(({ code }) => code === nonEmptyGroup).map(({ group }) => group);
    const other = refused.find(({ code }) => code !== nonEmptyGroup && code !== groupIdNotFound);
    if (other !== undefined) throw other.error;
    const [first] = refused.filter(({ code }) => code === nonEmptyGroup);
    if (first !== undefined && performance.now() > deadlineMs) throw first.error;
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

/** The groups that were refused, from the wrapped error of kafkajs; null if the error is another one. */
function groupErrors(error: unknown): readonly { groupId: string; errorCode?: number; error?: Error }[] | null {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof kafkajs.KafkaJSDeleteGroupsError) return inner.groups;
  }
  return null;
}

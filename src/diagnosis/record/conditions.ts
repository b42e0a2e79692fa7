/** Says of each condition whether it is true of a record as a whole. */
import type { RecordCondition, RecordNeed } from '../../domain/record/record-cause.js';
import type { RecordFacts } from '../../domain/record/record-observed.js';
import type { SplitKeySignature } from '../../domain/report/anomaly-signature.js';
import type { ObservedRun } from '../../domain/report/observed-run.js';
import { countWhere } from '../cause-rule.js';

type Condition = (facts: RecordFacts, seen: ObservedRun) => boolean;

/** Of starts that have two before them; two thirds of them in a large pool without keys, and two ninths in one of three. */
const wanderingShare = 1 / 8;
const wanderingLeast = 8;
/** Of deliveries that have two before them; a quarter of them between two pullers that take turns by chance. */
const returningShare = 1 / 32;
/** Changes of partition of an aggregate that publishers take turns at: one after the other would make one change. */
const turnsLeast = 3;
/** Events behind an earlier one of their publisher: that all are by chance happens once in a thousand records. */
const followersLeast = 10;

export const conditions: Readonly<Record<RecordCondition, Condition>> = {
  dense: ({ isDense }) => isDense,
  'all-read': ({ isAllRead }) => isAllRead,
  'one-source': ({ inSeveralSources }) => inSeveralSources === 0,
  'topics-named': ({ fieldsOf }) => Object.values(fieldsOf).every((fields) => fields?.has('topic') ?? true),
  'all-joined': ({ unjoined }) => unjoined === 0,
  'published-once': ({ republished }, { counts }) => republished === 0 && counts.duplicates.storedTwice === 0,
  'published-first': ({ unpublished }, { counts }) => unpublished === 0 && counts.phantoms === 0,
  'one-queue': ({ elsewhere }) => elsewhere === 0,
  'never-again': ({ starts }, { counts, evidence }) =>
    counts.duplicates.total === 0 &&
    counts.retries === 0 &&
    counts.delivered === starts &&
    evidence.queues.every(({ mostDeliveries }) => mostDeliveries === null || mostDeliveries === 1),
  'one-process': ({ inSeveralProcesses }) => inSeveralProcesses === 0,
  'one-topic': ({ ofSeveralTopics }) => ofSeveralTopics === 0,
  'to-and-fro': ({ subscriptions: { thirds, returns } }) =>
    returns >= wanderingLeast && returns >= returningShare * thirds,
  'wandering-lanes': ({ lanes: { thirds, wandering } }) =>
    wandering >= wanderingLeast && wandering >= wanderingShare * thirds,
  'many-moves': ({ highestPartition }, { counts, evidence, signatures }) =>
    counts.splitKeys > 0 &&
    splitKeys(signatures, ({ returns, publishers }) => returns && publishers === 'one') > 0 &&
    splitKeys(signatures, ({ publishers }) => publishers === 'several') === 0 &&
    evidence.partitionSwitches > highestPartition * counts.splitKeys,
  'publishers-alternate': (_facts, { counts, evidence, signatures }) =>
    counts.splitKeys > 0 &&
    splitKeys(signatures, ({ publishers, publishersKeep }) => publishers === 'one' || !publishersKeep) === 0 &&
    evidence.partitionSwitches >= turnsLeast * counts.splitKeys &&
    followersIn(signatures) >= followersLeast,
  'acked-first': ({ acks }) => acks.beforeStart > 0 && acks.afterStart === 0,
  'begun-in-vain': (_facts, seen) =>
    countWhere(
      seen,
      (one) => one.kind === 'lost' && one.acked !== null && (one.state === 'failed' || one.state === 'running'),
    ) > 0,
};

const positions: RecordNeed = { lines: ['deliver', 'acked'], fields: ['position', 'partition'] };
const publishers: RecordNeed = { lines: ['publish'], fields: ['publisher'] };
const subscriptions: RecordNeed = { lines: ['deliver'], fields: ['subscription'] };
const acks: RecordNeed = { lines: ['ack'], fields: [] };

/**
 * What a condition is told by that speaks against a mechanism: where the record has it and the condition is not met, the
 * cause is ruled out. Of the other conditions nothing more is known than that no cause is named without them.
 */
export const toldBy: Readonly<Partial<Record<RecordCondition, readonly RecordNeed[]>>> = {
  'never-again': [
    { lines: ['deliver'], fields: [] },
    { lines: ['start'], fields: [] },
  ],
  'one-process': [subscriptions, { lines: ['start'], fields: ['process'] }],
  'one-topic': [subscriptions],
  'wandering-lanes': [subscriptions, { lines: ['start'], fields: ['lane'] }],
  'many-moves': [publishers, positions],
  'publishers-alternate': [publishers, positions],
  'acked-first': [acks],
  'to-and-fro': [subscriptions],
  'begun-in-vain': [acks, { lines: ['start'], fields: [] }],
};

type Signatures = ObservedRun['signatures'];

function splitKeys(signatures: Signatures, isLike: (signature: SplitKeySignature) => boolean): number {
  return countWhere({ signatures }, (signature) => signature.kind === 'splitKeys' && isLike(signature));
}

/** Events that followed an earlier one of their publisher into its partition: at least so many. */
export function followersIn(signatures: Signatures): number {
  return signatures.reduce(
    (sum, { signature, count }) => sum + (signature.kind === 'splitKeys' ? count * signature.followers : 0),
    0,
  );
}

/** Says of two events that came in the wrong order, or ran at once, what tells one mechanism from another. */
import { missing } from '../../domain/observation.js';
import type { Again, PairSigns, RegressionSignature } from '../../domain/report/anomaly-signature.js';
import { originBetween } from '../attribution.js';
import type { QueueBook } from '../exposure/queue-book.js';
import { logOf, type Logs } from '../memory/log-name.js';
import type { RegressionStory } from '../regression-story.js';
import { outsideLanes } from '../sighting.js';
import type { Timeline } from '../timeline.js';

/** What is looked at of each of the two. */
interface Member {
  readonly subscription: number;
  readonly topic: number;
  readonly partition: number;
  readonly owned: boolean;
  readonly lane: number;
  readonly deliverStamp: number;
  readonly submitStamp: number;
  readonly startStamp: number;
}

interface Surroundings {
  readonly logs: Logs;
  readonly timeline: Timeline;
  /** null: nothing is known of groups. */
  readonly queues: QueueBook | null;
}

/** @param again why the one that came late was delivered again */
export function pairSignsOf(
  late: Member,
  early: Member,
  again: Again | null,
  { logs, timeline, queues }: Surroundings,
): PairSigns {
  return {
    sameSubscription: late.subscription === early.subscription,
    sameLane: late.lane === early.lane,
    sameTopic: late.topic === early.topic,
    sameLog: logOf(logs, late.topic, late.partition) === logOf(logs, early.topic, early.partition),
    misrouted: !late.owned || !early.owned,
    outsideLanes: late.lane === outsideLanes || early.lane === outsideLanes,
    again,
    acrossResize: timeline.isResizeWithin(
      Math.min(arrivalOf(late), arrivalOf(early)),
      Math.max(late.startStamp, early.startStamp),
    ),
    acrossRebalance:
      late.deliverStamp !== missing &&
      early.deliverStamp !== missing &&
      timeline.isRebalanceWithin(
        queues?.queueOf(late.subscription)?.name ?? null,
        late.deliverStamp,
        early.deliverStamp,
      ),
  };
}

/** When the bus had the event: its lane was chosen after that, and before its start. */
function arrivalOf({ submitStamp, deliverStamp }: Member): number {
  return submitStamp === missing ? deliverStamp : submitStamp;
}

export function regressionSignatureOf(
  { late, early, origin }: RegressionStory,
  surroundings: Surroundings,
): RegressionSignature {
  return {
    kind: 'regressions',
    ...pairSignsOf(late, early, late.again, surroundings),
    origin,
    lostBetween: origin === 'unknown' ? originBetween(late, early, surroundings.logs) : null,
    samePublisher: late.publisher === early.publisher,
    afterRetry: surroundings.timeline.isRetrySince(late.publishStamp),
  };
}

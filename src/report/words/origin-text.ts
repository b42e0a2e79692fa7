/**
 * Says in words at which stage a pair of events came into the wrong order: a phrase for each stage, and for one
 * witnessed pair what the evidence of that stage shows.
 */
import type { Origin } from '../../domain/observation.js';
import type { PairMember, RegressionExample } from '../../domain/report/verdict.js';

const between: Readonly<Record<Origin, string>> = {
  publish: 'in the publishers, before anything reached the broker',
  store: "between the publishers and the broker's log",
  deliver: 'between the broker and the subscription, before any queue or lane',
  submit: 'between the subscriptions and the dispatcher, before any lane',
  start: 'in the dispatcher, between its queue and the handler',
  finish: 'in the handler',
  unknown: 'at a stage that cannot be told, since a stamp is missing',
};

/** Where the stage lies: `between the broker and the subscription, before any queue or lane`. */
export function whereIs(origin: Origin): string {
  return between[origin];
}

/** The evidence that the pair came into the wrong order at its origin, from its witness, as a clause. */
export function whyLost(example: RegressionExample): string {
  const { late, early } = example.witness;
  switch (example.origin) {
    case 'publish':
      return late.publisher === early.publisher
        ? `publisher ${late.publisher} sent it after version ${early.version}`
        : `publisher ${late.publisher} sent it after publisher ${early.publisher} had sent version ${early.version}`;
    case 'store':
      return whyStoredSo(late, early);
    case 'deliver':
      return whyDeliveredSo(late, early);
    case 'submit':
      return late.subscription === early.subscription
        ? `${subscription(late)} submitted version ${early.version} first`
        : `${subscription(early)} submitted version ${early.version} before ${subscription(late)} got to it`;
    case 'start':
      return whyStartedSo(late, early);
    case 'finish':
      return `version ${early.version} ended first`;
    case 'unknown':
      return 'a stamp is missing';
  }
}

function whyStoredSo(late: PairMember, early: PairMember): string {
  if (late.topic !== early.topic) return `stored in ${late.topic}, version ${early.version} in ${early.topic}`;
  if (late.partition !== early.partition) {
    return `stored in partition ${late.partition}, version ${early.version} in partition ${early.partition}`;
  }
  const behind = `stored behind version ${early.version}, which has ${positionOf(early)}`;
  return late.publisher === early.publisher
    ? behind
    : `${behind} and another publisher (${early.publisher}, not ${late.publisher})`;
}

/**
 * The position of a message as its broker counts: `sequence 7` on JetStream, `offset 6` on Kafka (no delivery count).
 */
export function positionOf({ position, deliveryCount }: PairMember): string {
  return deliveryCount === null ? `offset ${position - 1}` : `sequence ${position}`;
}

function whyDeliveredSo(late: PairMember, early: PairMember): string {
  if (late.deliveryCount !== null && late.deliveryCount > 1) return `this was its delivery no. ${late.deliveryCount}`;
  if (!late.owned) return `fetched by ${subscription(late)}, not the one that owns its topic`;
  if (!early.owned) {
    return `version ${early.version} was fetched by ${subscription(early)}, not the one that owns its topic`;
  }
  return late.subscription === early.subscription
    ? `${subscription(late)} received version ${early.version} first`
    : `fetched by ${subscription(late)}, version ${early.version} by ${subscription(early)}`;
}

function whyStartedSo(late: PairMember, early: PairMember): string {
  if (early.lane < 0) return `version ${early.version} was handled outside the lanes`;
  if (late.lane < 0) return 'handled outside the lanes';
  return late.lane === early.lane
    ? `lane ${late.lane} started version ${early.version} first`
    : `given to lane ${late.lane}, version ${early.version} to lane ${early.lane}`;
}

/** `subscription 4` for a bare number, a name that says what it is as it is. */
function subscription(member: PairMember): string {
  return member.subscription.startsWith('sub') ? member.subscription : `subscription ${member.subscription}`;
}

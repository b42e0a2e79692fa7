/**
 * Lists how server releases differ in what affects the order of deliveries. The model reads this table wherever a rule
 * has changed since 2.9. It is taken from `server/consumer.go` of 2.9.10 and 2.15.2, and checked against both servers
 * by the scripts under `test/conformance/`.
 */

export type JetStreamVersion = '2.9' | 'current';

export interface VersionTraits {
  /** How a `no_wait` request ends when the end of the stream is reached after at least one message. */
  readonly endOfStream: { readonly code: 404 | 408; readonly description: string };
  /** Whether a `no_wait` request without expiry that got nothing ends there too, instead of waiting on. */
  readonly endsEmptyNoWait: boolean;
  /** Whether max_deliver is looked at as an ack wait ends, or only when the next pull request asks for the message. */
  readonly givesUpAtAckWait: boolean;
  /**
   * What becomes of a message for which no live request was found. `rotate`: a new message is offered again, a
   * redelivery goes to the tail of its queue. `rewind`: the durable steps back by one stream sequence, whichever
   * message it was; a redelivery leaves the queue until its next ack wait ends, and the last new message is delivered
   * again.
   */
  readonly undelivered: 'rotate' | 'rewind';
  /** A full request queue is searched for dead requests at most this often. */
  readonly fullQueueSweepMs: number;
  /** Whether a delivery with a shorter deadline brings the ack timer forward. */
  readonly bringsAckTimerForward: boolean;
  /** Added whenever the ack timer is set again after a check. */
  readonly ackTimerSlackMs: number;
  /** Whether a durable may begin behind what is not stored yet, or else begins with the next message. */
  readonly beginsBeyondEnd: boolean;
  /** Whether a durable with max_deliver 1 tells how many messages it gave up as if they had been delivered again. */
  readonly tellsGivenUpAtOne: boolean;
  /** Several filter subjects in one durable. */
  readonly severalFilters: boolean;
  /** Whether a pull request to a consumer that was deleted is answered at all. */
  readonly answersForDeleted: boolean;
  /** Priority groups with a pinned client. */
  readonly pinnedClients: boolean;
  /** Whether max_deliver must be given, and be greater than the number of backoff steps (else: not smaller). */
  readonly backoffNeedsMaxDeliver: boolean;
}

export const versionTraits: Readonly<Record<JetStreamVersion, VersionTraits>> = {
  '2.9': {
    endOfStream: { code: 408, description: 'Request Timeout' },
    endsEmptyNoWait: false,
    givesUpAtAckWait: false,
    undelivered: 'rewind',
    fullQueueSweepMs: 0,
    bringsAckTimerForward: false,
    ackTimerSlackMs: 1,
    beginsBeyondEnd: false,
    tellsGivenUpAtOne: true,
    severalFilters: false,
    answersForDeleted: false,
    pinnedClients: false,
    backoffNeedsMaxDeliver: true,
  },
  current: {
    endOfStream: { code: 404, description: 'No Messages' },
    endsEmptyNoWait: true,
    givesUpAtAckWait: true,
    undelivered: 'rotate',
    fullQueueSweepMs: 1000,
    bringsAckTimerForward: true,
    ackTimerSlackMs: 0,
    beginsBeyondEnd: true,
    tellsGivenUpAtOne: false,
    severalFilters: true,
    answersForDeleted: true,
    pinnedClients: true,
    backoffNeedsMaxDeliver: false,
  },
};

/**
 * Notes say what happened to a run rather than to one event: a rebalance, a disturbance, a delivery that the bus let go
 * of. A note is a tagged union by its kind, and each kind has details of its own. All details are plain values, so that
 * a note is one line of a trace. What a trace says of a note is not checked field by field, so every detail may be
 * missing there.
 */

type Plain = string | number | boolean | null;

/** Details of which nothing is known beforehand. */
type OpenDetails = Readonly<Record<string, Plain>>;

/**
 * The delivery that the bus let go of, with its event and place, so that no reader has to remember deliveries by id.
 */
export interface ReleasedDelivery {
  /** Its id. */
  readonly delivery: number;
  readonly aggregate: number;
  readonly topic: number;
  readonly version: number;
  readonly partition: number;
  readonly subscriptionIndex: number;
}

/** What a disturbance note says once the successor of a service that died is at work. */
export const serviceIsBack = 'the service is back';

/** What a note of each kind says. */
export interface NoteDetails {
  readonly nak: OpenDetails;
  readonly redelivery: OpenDetails;
  readonly reconnect: OpenDetails;
  /**
   * A member of a group was given partitions: `assigned`, as in `topic-0:0,2 topic-1:1`. `epoch` is Kafka's generation.
   */
  readonly rebalance: {
    readonly group: string;
    readonly epoch: number | null;
    readonly subscription: string;
    readonly assigned: string;
    /** Of the group; null where the client does not say. */
    readonly members: number | null;
  };
  /** The run was disturbed: the action with its place in the run and its argument; or a disturbance is over. */
  readonly disturbance: {
    readonly what: string;
    readonly at?: number;
    readonly count?: number;
    readonly forMs?: number;
    readonly downMs?: number;
  };
  /** `what` failed: `produce-retry`, `disconnect`, `consumer-restart`, `foreign-message`, … */
  readonly fault: { readonly what: string; readonly [more: string]: Plain };
  /** The run has drained, or has given up waiting for it. */
  readonly drain: { readonly complete: boolean };
  readonly 'pull-ended': { readonly subscription: string; readonly detail: string };
  /** The subscription is dead, or has left for good. The regular end of a run is not noted. */
  readonly 'subscription-ended': { readonly subscription: string };
  /**
   * A publisher sends over several connections, of an aggregate's events one at a time over each: the next when the last
   * one is answered.
   */
  readonly senders: { readonly publisher: number; readonly connections: number };
  /**
   * A queue was made with a backoff, which takes the place of its ack wait: the waits in milliseconds, as in `100 1000`,
   * and the ack wait that was asked for beside it.
   */
  readonly backoff: { readonly queue: string; readonly waitsMs: string; readonly ackWaitMs: number };
  /** A dispatcher has another number of lanes. */
  readonly resized: { readonly bus: number; readonly from: number; readonly to: number };
  /** A member has paused this many of the partitions that it owns. */
  readonly paused: { readonly subscription: string; readonly partitions: number };
  /** The time between two heartbeats of a member was longer than any before. */
  readonly heartbeat: { readonly subscription: string; readonly gapMs: number };
  /** The group had put a member out, which had not been heard of for so long and has joined again. */
  readonly 'put-out': { readonly subscription: string; readonly gapMs: number };
  /** The dispatcher's inbox refused the delivery. */
  readonly rejected: ReleasedDelivery & { readonly subscription: string };
  /** The dispatcher acknowledged the delivery without handling it. */
  readonly discarded: ReleasedDelivery & { readonly reason: string };
  /** The dispatcher let go of the delivery without handling it, for the broker to deliver it again. */
  readonly 'given-back': ReleasedDelivery;
  /** The service died with the delivery in its memory, not started. */
  readonly crashed: ReleasedDelivery;
  /** The dispatcher's buffer of early events is deeper than ever before, or it gave a missing version up. */
  readonly resequencer:
    { readonly depth: number } | { readonly gap: string; readonly aggregateId: string; readonly version: number };
}

export const noteKinds = [
  'nak',
  'redelivery',
  'reconnect',
  'rebalance',
  'disturbance',
  'fault',
  'drain',
  'pull-ended',
  'subscription-ended',
  'senders',
  'backoff',
  'resized',
  'paused',
  'heartbeat',
  'put-out',
  'rejected',
  'discarded',
  'given-back',
  'crashed',
  'resequencer',
] as const satisfies readonly (keyof NoteDetails)[];
export type NoteKind = keyof NoteDetails;

/** The details that a new note of this kind must have. */
export type NoteDetail<Kind extends NoteKind> = NoteDetails[Kind];

/** Takes a note. Pipeline code, drivers and dispatchers are handed such a function to report what happened. */
export type TakeNote<Allowed extends NoteKind = NoteKind> = <Kind extends Allowed>(
  kind: Kind,
  detail: NoteDetail<Kind>,
) => void;

interface NoteOf<Kind extends NoteKind> {
  readonly kind: Kind;
  readonly stamp: number;
  /** Milliseconds since the run began. */
  readonly atMs: number;
  readonly detail: Partial<NoteDetail<Kind>>;
}

/** A note, or one of the kinds named. */
export type RunNote<Kind extends NoteKind = NoteKind> = { [K in Kind]: NoteOf<K> }[Kind];

/** Kinds of notes which say that the bus let go of a delivery. */
export type ReleaseKind = 'rejected' | 'discarded' | 'given-back' | 'crashed';

/** Whether a note says that the bus holds a delivery no longer, though no handler of it has ended. */
export function releasesDelivery(note: RunNote): note is RunNote<ReleaseKind> {
  const { kind } = note;
  return kind === 'rejected' || kind === 'discarded' || kind === 'given-back' || kind === 'crashed';
}

/** The details of a note that the bus let go of this delivery. */
export function releasedDetail(delivery: {
  readonly id: number;
  readonly aggregate: number;
  readonly topic: number;
  readonly version: number;
  readonly partition: number;
  readonly subscription: number;
}): ReleasedDelivery {
  const { id, aggregate, topic, version, partition, subscription } = delivery;
  return { delivery: id, aggregate, topic, version, partition, subscriptionIndex: subscription };
}

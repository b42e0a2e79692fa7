/** What lines of a record come to, beside the counts of its report: what its diagnosis reads. */
import type { ObservedRun } from '../report/observed-run.js';
import type { CauseWitness } from '../report/witness.js';
import type { RecordWitness } from './record-cause.js';
import type { RecordEvent, RecordField } from './record-fields.js';

/** What is true of the record as a whole. */
export interface RecordFacts {
  /** By what lines say happened: the fields that every such line has; null: there is no such line. */
  readonly fieldsOf: Readonly<Record<RecordEvent, ReadonlySet<RecordField> | null>>;
  readonly isDense: boolean;
  /** No line was bad, and none was left out. */
  readonly isAllRead: boolean;
  /** Aggregates that are in several sources. */
  readonly inSeveralSources: number;
  /** Lines that could not be joined to what they speak of, and starts without a deliver line. */
  readonly unjoined: number;
  /** Publish calls of events that had been published already. */
  readonly republished: number;
  /** Deliveries of which nothing says which publish call they go back to. */
  readonly unpublished: number;
  /** Handlings of events that another subscription had handled, each at a first delivery. */
  readonly elsewhere: number;
  /** Attempts that started. */
  readonly starts: number;
  /** Subscriptions whose deliveries were started in several processes. */
  readonly inSeveralProcesses: number;
  /** Subscriptions that were handed events of several topics. */
  readonly ofSeveralTopics: number;
  readonly subscriptions: {
    /** Deliveries that had two before them, of one aggregate. */
    readonly thirds: number;
    /** Of these, those to the subscription that had the first of the two, where another one had the second. */
    readonly returns: number;
  };
  readonly lanes: {
    /** Starts that had two before them, of one aggregate and subscription. */
    readonly thirds: number;
    /** Of these, those in a lane that neither of the two was in, which were in different lanes themselves. */
    readonly wandering: number;
  };
  /** -1: none is known. */
  readonly highestPartition: number;
  readonly acks: {
    /** Of deliveries that were started later. */
    readonly beforeStart: number;
    readonly afterStart: number;
  };
}

export interface RecordObserved {
  readonly seen: ObservedRun;
  readonly facts: RecordFacts;
  /** Puts the names, versions and lines of the record into a witness. */
  readonly tell: (witness: CauseWitness) => RecordWitness;
}

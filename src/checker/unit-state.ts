/**
 * The state of one aggregate within one topic, and the records of its events under way.
 *
 * The state of every anomaly that is checked at each event lies in this one object, and each anomaly's file declares
 * its own part as an interface: with thousands of aggregates in turn, most time goes into fetching state from memory.
 * What a bus in order never needs is made on first use. So are the records of events: while a unit is in order, cursors
 * stand for them (exposure/orderly-events.ts); at the first event out of turn they are made, and kept until nothing is
 * open.
 */
import type { Delivery } from '../domain/observation.js';
import type { AggregateWide } from './aggregate-wide.js';
import { hasArrived, type ArrivalState, type Opener } from './anomalies/arrivals.js';
import type { CompletionState } from './anomalies/completion-inversion.js';
import type { Duplicates } from './anomalies/duplicate.js';
import type { MissingVersions } from './anomalies/missing-versions.js';
import type { NaiveState } from './anomalies/naive-count.js';
import type { RunningState } from './anomalies/overlap.js';
import type { PublishingState } from './anomalies/publish-overlap.js';
import type { SplitKeys } from './anomalies/split-key.js';
import type { StoreInversions } from './anomalies/store-inversion.js';
import { openFromCursors, overUpTo, type OrderlyState } from './exposure/orderly-events.js';
import type { Place, Queue } from './exposure/queue-book.js';
import type { SharedState } from './exposure/shared-aggregates.js';
import type { DeliveryRecord, RecordsState } from './memory/delivery-records.js';
import { logOf } from './memory/log-name.js';
import type { LogPlaceState } from './memory/log-places.js';
import type { OpenEvent } from './memory/open-event.js';
import { OpenEvents } from './memory/open-events.js';
import { PositionWindow } from './memory/position-window.js';
import { PublishedVersions } from './memory/published-versions.js';
import type { PublishersState } from './memory/publishers.js';
import type { RegressionStory } from './regression-story.js';
import { tallyOverlap, tallyStoreInversion, type TalliedUnit } from './signatures/tally-anomaly.js';
import type { Sighting } from './sighting.js';
import type { Tallies } from './tallies.js';
import type { UnitContext } from './unit-context.js';

export class UnitState
  implements
    ArrivalState<Sighting>,
    NaiveState,
    RunningState,
    CompletionState,
    OrderlyState,
    LogPlaceState,
    PublishingState,
    PublishersState,
    RecordsState,
    SharedState,
    TalliedUnit
{
  readonly key: number;
  readonly published = new PublishedVersions();
  readonly positions = new PositionWindow();

  /** True while no event needs a record. */
  protected isOrderly = true;
  publishCalls = 0;
  publishing = 0;
  publishingVersion = 0;
  publishingBy = 0;
  publishingSeveral: number[] | null = null;
  ackedUpTo = 0;
  deliveredUpTo = 0;
  heldBy = 0;
  lastTick = 0;
  lastPlace: Place | null = null;
  aloneSecond = -1;
  lastSubscription = -1;
  highestArrived = 0;
  /** The deaths of services so far, and the highest version that had been started before the last of them. */
  deaths = 0;
  startedBeforeDeath = 0;
  arrived = 0;
  missing: MissingVersions<Opener<Sighting>> | null = null;
  /** The first version that is claimed to exist; 0: none has been seen so far. */
  first = 0;
  /** Regressions of versions below the first one. */
  regressionsBelowFirst = 0;
  naiveHighest = 0;
  naivePrevious = 0;
  completedHighest = 0;
  racyLast = 0;
  running = 0;
  runningOnly: DeliveryRecord | null = null;
  highestFinished = 0;
  handled = 0;
  onlyPartition = -1;
  oldestRecord: DeliveryRecord | null = null;
  newestRecord: DeliveryRecord | null = null;
  records = 0;
  droppedUpTo = 0;
  hasCountedAgain = false;
  firstPublisher = -1;
  otherPublishers: Map<number, number> | null = null;

  protected readonly wide: AggregateWide;
  readonly context: UnitContext;
  protected readonly tallies: Tallies;
  /** Index of the aggregate. */
  readonly aggregate: number;
  /** The topic that it was met in first. */
  readonly topic: number;
  #open: OpenEvents | null = null;
  runningSeveral: DeliveryRecord[] | null = null;
  regressions = 0;
  phantoms = 0;
  naive = 0;
  descents = 0;
  completionOrder = 0;
  racy = 0;
  overlaps = 0;
  logSwitches = 0;
  completionInversions = 0;
  completionInversionsRedelivered = 0;
  sharedAt: Queue[] | null = null;
  duplicates: Duplicates | null = null;
  storeInversions: StoreInversions | null = null;
  splitKeys: SplitKeys | null = null;
  stories: RegressionStory[] | null = null;

  constructor(aggregate: number, wide: AggregateWide, key: number, topic: number, context: UnitContext) {
    this.aggregate = aggregate;
    this.key = key;
    this.topic = topic;
    this.wide = wide;
    this.context = context;
    this.tallies = context.tallies;
  }

  /** The first version of the unit is seen. */
  protected meet(version: number): void {
    const { firstVersion } = this.context;
    this.first = firstVersion === 'first seen' ? version : Math.min(version, firstVersion);
  }

  overlapped(earlier: DeliveryRecord, later: DeliveryRecord): void {
    tallyOverlap(this, earlier, later);
  }

  storedInverted(version: number, higher: number): void {
    tallyStoreInversion(this, version, higher);
  }

  /** Records whether the last thing that happened to a version was that its service died. */
  setCutOff(version: number, cutOff: boolean): void {
    if (this.isOrderly && !cutOff) return;
    const event = this.events().find(version);
    if (event !== null) event.cutOff = cutOff;
  }

  /** The events that are under way, by version. */
  openEvents(): readonly OpenEvent[] {
    if (this.isOrderly && overUpTo(this) === this.published.highest) return [];
    return this.events().all();
  }

  /** The records of what is under way. While all was in order there were none, so they are made first. */
  protected events(): OpenEvents {
    const events = (this.#open ??= new OpenEvents());
    if (this.isOrderly) {
      this.isOrderly = false;
      openFromCursors(this, this.published.highest, events);
    }
    return events;
  }

  /**
   * The record of the version before, in which a pair is kept; null if that version has finished, or is none of this
   * unit. If it has not been published so far it may still be, so it gets a record beforehand.
   */
  protected unfinishedBelow(version: number): OpenEvent | null {
    const events = this.events();
    const below = events.find(version - 1);
    if (below !== null) return below.finished ? null : below;
    if (version <= this.first) return null;
    if (hasArrived(this, version - 1) || this.published.has(version - 1)) return null;
    return events.open(version - 1);
  }

  /** Whether the event may have been published before the record began. */
  protected mayPrecedeRecord(version: number): boolean {
    if (this.context.firstVersion !== 'first seen') return false;
    return this.published.lowest === 0 || version < this.published.lowest;
  }

  /** Whether a handling of the version has succeeded. */
  protected hasFinished(version: number): boolean {
    if (this.isOrderly) return version <= this.highestFinished;
    const event = this.events().find(version);
    return event === null ? hasArrived(this, version) : event.finished;
  }

  protected logOf({ topic, partition }: Delivery): number {
    return logOf(this.context.logs, topic, partition);
  }

  /** The log positions of versions above it are remembered: see memory/log-places.ts. */
  protected get floor(): number {
    return this.highestArrived - this.context.positionWindow;
  }

  protected closeIfOver(event: OpenEvent): void {
    const isOver = event.finished && event.started && (event.acked || !event.published);
    if (!isOver) return;
    this.#open!.close(event);
    if (this.#open!.isEmpty) this.#becomeOrderly();
  }

  /** Nothing is open: unless versions are missing or may be, the cursors can stand for all events again. */
  #becomeOrderly(): void {
    const highest = this.published.highest;
    if (this.highestArrived !== highest || this.highestFinished !== highest) return;
    this.isOrderly = true;
    this.ackedUpTo = highest;
    this.deliveredUpTo = highest;
    this.lastPlace = null;
  }
}

/**
 * Takes records that say more than that something was handled: publishes, deliveries, finishes, places in the log. They
 * go through the checker of runs, so each count means the same as for a run. What the record does not show is not
 * claimed.
 */
import { StreamingChecker } from '../../checker/streaming-checker.js';
import { stages } from '../../domain/observation.js';
import { fieldIndex, recordFields, type RecordEvent, type RecordField } from '../../domain/record/record-fields.js';
import type { RecordClaim } from '../../domain/record/record-claims.js';
import type { RecordCounts, RecordFinding } from '../../domain/record/record-report.js';
import type { RecordObserved } from '../../domain/record/record-observed.js';
import type { RecordReason } from '../../domain/record/record-reason.js';
import type { AggregateFinding, Exposure, RegressionExample, Verdict } from '../../domain/report/verdict.js';
import type { CheckerOptions } from '../../domain/scenario/checker-options.js';
import {
  NeedsMore,
  type EngineResult,
  type Pass,
  type RecordEnding,
  type RecordEngine,
  type Shown,
} from '../engine.js';
import type { Fields } from '../fields.js';
import { written } from '../handled/handled-engine.js';
import type { TimeUnit } from '../times.js';
import { exposureOf } from './exposure.js';
import { LineStamps } from './line-stamps.js';
import { originsOf, stageBefore } from './origins.js';
import { pairsOf } from './pairs.js';
import { publishersDoubt } from './publishers-doubt.js';
import { RecordFactsSink } from './record-facts.js';
import { RecordNames } from './record-names.js';
import { RecordObserver } from './record-observer.js';
import { recordWitness } from './record-witnesses.js';
import { RisingNeighbours } from './rising-neighbours.js';
import { ShiftedVersions } from './shifted-versions.js';
import { Ties } from './ties.js';

export interface ObservedOptions {
  /** null: not known. */
  readonly firstVersion: number | null;
  readonly timeUnit: TimeUnit;
  /** Versions rise by one, so neighbours and gaps can be told. */
  readonly isDense: boolean;
  /** What lines of the record are known to show. */
  readonly shown: ReadonlySet<Shown>;
  readonly claims: readonly RecordClaim[];
}

export class ObservedEngine implements RecordEngine {
  readonly duplicates = null;
  readonly passes: readonly Pass[];
  readonly #names: RecordNames;
  readonly #versions: ShiftedVersions;
  readonly #checker: StreamingChecker;
  readonly #facts: RecordFactsSink;
  readonly #observer: RecordObserver;
  readonly #isDense: boolean;
  readonly #shown: ReadonlySet<Shown>;
  readonly #claims: readonly RecordClaim[];
  readonly #ties: Ties | null;
  /** null: versions that rise by one tell them, or nothing does. */
  readonly #neighbours: RisingNeighbours | null;
  readonly #lines = new LineStamps();
  readonly #seen = new Set<RecordEvent>();
  readonly #fields = new Set<RecordField>();
  #mask = 0;

  constructor({ firstVersion, timeUnit, isDense, shown, claims }: ObservedOptions) {
    const joins = shown.has('publishes apart');
    const names = new RecordNames(joins);
    this.#names = names;
    this.passes = joins ? ['publishes', 'handlings'] : ['all'];
    const versions = new ShiftedVersions(firstVersion);
    const ties = isDense ? null : new Ties();
    this.#isDense = isDense;
    this.#shown = shown;
    this.#claims = claims;
    this.#versions = versions;
    this.#ties = ties;
    const checking: CheckerOptions = {
      names,
      ...{ orderScope: 'topic', logs: 'per topic', startsTellPlaces: true, listsProven: true },
      stages: shown.has('publish') ? stages : stages.filter((stage) => stage !== 'publish'),
      firstVersion: firstVersion === null ? 'first seen' : versions.common(firstVersion),
      queues: { names: ['record'], ofSubscription: names.queueOfSubscription, perPartition: false },
    };
    const observing = { names, timeUnit, shown };
    this.#checker = new StreamingChecker(checking);
    this.#facts = new RecordFactsSink(this.#checker);
    this.#observer = new RecordObserver({ ...observing, versions, sink: this.#facts, ties });
    this.#neighbours = ties === null || !shown.has('publish') ? null : new RisingNeighbours(checking, observing, ties);
  }

  get regressions(): number {
    return this.#checker.regressions;
  }

  get aggregates(): number {
    return this.#names.units.size;
  }

  get wants(): Shown | null {
    const { roles } = this.#names;
    return !this.#shown.has('publishes apart') && roles.areApart ? 'publishes apart' : null;
  }

  begin(source: string): void {
    this.#names.scopes.begin(source);
    this.#lines.begin();
  }

  /** @throws {NeedsMore} at the first line that shows what was not known */
  take(event: RecordEvent, fields: Fields, line: number): string | null {
    if (event === 'publish' || event === 'acked' || event === 'finish') this.#need(event);
    if (fields.has(fieldIndex.partition) && fields.has(fieldIndex.position)) this.#need('partition');
    this.#facts.meet(event, fields);
    const stamp = this.#lines.stampOf(line);
    const problem = this.#observer.take(event, fields, stamp);
    if (problem !== null) return problem;
    this.#neighbours?.take(event, fields, stamp);
    this.#seen.add(event);
    if ((fields.mask & ~this.#mask) !== 0) this.#meetFields(fields);
    return null;
  }

  #need(what: Shown): void {
    if (!this.#shown.has(what)) throw new NeedsMore(what);
  }

  flush(): void {
    // Nothing is kept of the bytes of a line.
  }

  end(ending: RecordEnding): EngineResult {
    const isWhole = this.#isWhole(ending);
    const complete = ending.complete && isWhole;
    const reason = complete ? null : 'nothing says that the record is complete';
    const drain = { complete, reason, brokerLost: false, givenUp: 0 };
    const verdict = this.#checker.end(drain);
    const byNeighbours = this.#isDense ? verdict : (this.#neighbours?.end(drain) ?? null);
    return {
      counts: {
        ...this.#countsOf(verdict, { complete, whole: isWhole }, ending.whole),
        // Places are compared within a window of versions, which versions that jump leave at once.
        storeInversions: this.#fields.has('position') ? (byNeighbours?.counts.storeInversions ?? null) : null,
      },
      exposure: byNeighbours === null ? null : exposureOf(byNeighbours, this.#seen, this.passes),
      extentMax: verdict.reordering.extentMax,
      origins: originsOf(verdict),
      pairs: pairsOf(verdict, (field) => this.#fields.has(field)),
      aggregates: verdict.aggregates.slice(0, 100).map((finding) => this.#findingOf(finding)),
      aggregatesTotal: verdict.aggregatesTotal,
      aggregatesWithAnomalies: verdict.aggregatesWithAnomalies,
      doubts: this.#doubts(verdict, byNeighbours?.exposure ?? null, ending.complete),
      observed: this.#observedOf(verdict, ending.whole),
    };
  }

  #observedOf(verdict: Verdict, isAllRead: boolean): RecordObserved {
    const [names, versions, lines] = [this.#names, this.#versions, this.#lines];
    const { unjoined, republished, otherSubscriptions } = this.#observer;
    return {
      seen: verdict,
      facts: {
        ...this.#facts.facts,
        ...{ isDense: this.#isDense, isAllRead, republished, elsewhere: otherSubscriptions.count },
        // Between sources no order is known, so no cause rests on one, joined or not.
        inSeveralSources: names.roles.several(false),
        unjoined: unjoined + this.#facts.startsApart,
      },
      tell: (witness) => recordWitness(witness, { names, versions, lines }),
    };
  }

  /** A line has a field that none had before. */
  #meetFields(fields: Fields): void {
    this.#mask |= fields.mask;
    for (const field of recordFields) if (fields.has(fieldIndex[field])) this.#fields.add(field);
  }

  #sees(...events: readonly RecordEvent[]): boolean {
    return events.some((event) => this.#seen.has(event));
  }

  #countsOf(
    verdict: Verdict,
    { complete, whole }: RecordEnding,
    isAllRead: boolean,
  ): Omit<RecordCounts, 'storeInversions'> {
    const { counts, unended } = verdict;
    const published = this.#sees('publish');
    const finishes = this.#sees('finish');
    const areEndsRead = isAllRead && this.#observer.unjoinedEnds === 0;
    const ties = this.#ties;
    return {
      handled: this.#observer.handlings,
      published: published ? counts.published : null,
      regressions: counts.regressions,
      duplicates: this.#duplicatesOf(verdict),
      ties: ties === null ? null : ties.count,
      gaps: this.#isDense ? counts.gaps : null,
      openGaps: this.#isDense ? counts.openGaps : null,
      descents: ties === null ? counts.descents : ties.descents,
      naive: counts.naive + (ties === null ? 0 : ties.count + ties.duplicates),
      lost: complete ? counts.lost - unended.lost : null,
      unseen: published && !complete ? counts.unseen : null,
      phantoms: whole ? counts.phantoms : null,
      splitKeys: this.#shown.has('partition') ? counts.splitKeys : null,
      overlaps: this.#overlapsOf(counts.overlaps - unended.overlaps),
      completionInversions: finishes && areEndsRead ? counts.completionInversions : null,
    };
  }

  /** Without those that only a failure was before, that rest on what may have been cut off, or that another subscription has. */
  #duplicatesOf({ counts, unended }: Verdict): number {
    const { total, redone } = counts.duplicates;
    const proven = total - redone - unended.duplicates - this.#observer.otherSubscriptions.count;
    return Math.max(0, proven) + (this.#ties?.duplicates ?? 0);
  }

  /** null: no line ends a handling, or some end none that is known, so that overlaps may not have been seen. */
  #overlapsOf(count: number): number | null {
    if (!this.#sees('finish') || (count === 0 && this.#observer.unjoinedEnds > 0)) return null;
    return count;
  }

  /** @param exposure null: which events are neighbours is not known */
  #doubts(
    { counts, evidence, unended, unanswered }: Verdict,
    exposure: Exposure | null,
    complete: boolean,
  ): RecordReason[] {
    const elsewhere = this.#observer.otherSubscriptions.count;
    const lacks = [
      ...(this.#sees('publish') ? [] : (['publish'] as const)),
      ...(this.#sees('deliver') ? [] : (['deliver'] as const)),
      ...(this.#sees('handled', 'start') ? [] : (['handled'] as const)),
      ...(this.#sees('finish') ? [] : (['finish'] as const)),
      ...(exposure === null && this.#sees('publish') ? (['dense'] as const) : []),
    ];
    const several = this.#names.aggregatesInSeveral();
    const { acrossPublishers, withinPublisher } = evidence.publishOverlaps;
    const repairs = this.#claims.includes('repairs-input');
    const inTurn = repairs ? 0 : this.#facts.processReturns;
    const shared = repairs
      ? { splitPairs: 0, sharedAggregates: 0 }
      : { splitPairs: exposure?.splitPairs ?? 0, sharedAggregates: evidence.queues[0]?.sharedAggregates ?? 0 };
    const overlaps = acrossPublishers + (this.#claims.includes('keeps-send-order') ? 0 : withinPublisher);
    return [
      ...(counts.delivered + counts.handled + counts.published === 0 ? [{ kind: 'empty' } as const] : []),
      ...(several > 0 ? [{ kind: 'several-sources', aggregates: several } as const] : []),
      ...(lacks.length > 0 ? [{ kind: 'stake-unknown', lacks } as const] : []),
      ...(evidence.attemptedGaps > 0 ? [{ kind: 'open-gaps', count: evidence.attemptedGaps } as const] : []),
      ...(shared.splitPairs + shared.sharedAggregates > 0 ? [{ kind: 'shared-source', ...shared } as const] : []),
      ...(inTurn > 0 ? [{ kind: 'several-processes', count: inTurn } as const] : []),
      ...publishersDoubt(this.#shown.has('acked') ? overlaps : null, this.#facts.publisherReturns),
      ...(this.#shown.has('acked') && unanswered > 0 ? [{ kind: 'unanswered', count: unanswered } as const] : []),
      ...(unended.lost > 0 ? [{ kind: 'unfinished', count: unended.lost } as const] : []),
      ...(elsewhere > 0 ? [{ kind: 'several-subscriptions', count: elsewhere } as const] : []),
      ...(complete ? [] : [{ kind: 'no-end', unseen: counts.unseen } as const]),
      ...(this.#observer.unjoined > 0 ? [{ kind: 'unjoined', count: this.#observer.unjoined } as const] : []),
    ];
  }

  /** Whatever was published and handled is in lines that are read, joined, and of one source for each aggregate. */
  #isWhole({ whole }: RecordEnding): boolean {
    if (!whole || !this.#sees('publish') || !this.#sees('handled', 'start')) return false;
    // Of events that share a version, nothing says which publish is whose.
    if (this.#ties?.areMet === true) return false;
    return this.#observer.unjoinedEnds === 0 && this.#names.aggregatesInSeveral() === 0;
  }

  #findingOf(finding: AggregateFinding): RecordFinding {
    const { topic, regressions, duplicates, gaps, lost, overlaps, examples } = finding;
    const index = Number(finding.aggregateId);
    const { units } = this.#names;
    return {
      aggregate: units.text(index),
      topic,
      source: this.#names.sourceOf(index, topic),
      ...{ regressions, duplicates, gaps: this.#isDense ? gaps : 0, lost, overlaps },
      examples: examples.map((example) => this.#exampleOf(index, example)),
    };
  }

  #exampleOf(
    aggregate: number,
    { version, afterVersion, origin, witness }: RegressionExample,
  ): RecordFinding['examples'][number] {
    return {
      version: written(this.#versions.written(aggregate, version)),
      after: written(this.#versions.written(aggregate, afterVersion)),
      line: this.#lines.lineOf(witness.late.startStamp),
      afterLine: this.#lines.lineOf(witness.early.startStamp),
      ...{ source: null, afterSource: null },
      origin: origin === 'unknown' ? null : { after: stageBefore(origin), by: origin },
    };
  }
}

/**
 * Finds out what was at stake where versions only rise. Whether two versions are neighbours is known if all that was
 * published of their aggregate is: then each version has a place among those, and the checker goes by places as it goes
 * by versions that rise by one. The places have the order of the versions, so pairs, and what was stored in which order,
 * mean the same.
 *
 * As soon as a line speaks of a version that has no place, or two events share one, neighbours are not known any more.
 */
import { StreamingChecker } from '../../checker/streaming-checker.js';
import type { RecordEvent } from '../../domain/record/record-fields.js';
import type { CheckerOptions } from '../../domain/scenario/checker-options.js';
import type { Verdict } from '../../domain/report/verdict.js';
import type { Fields } from '../fields.js';
import { RankedVersions } from './ranked-versions.js';
import { RecordObserver, type ObserverOptions } from './record-observer.js';
import type { Ties } from './ties.js';

interface Followed {
  readonly checker: StreamingChecker;
  readonly observer: RecordObserver;
}

export class RisingNeighbours {
  readonly #ties: Ties;
  #followed: Followed | null;

  /** @param ties those of the record, which are told of each line before this is */
  constructor(checking: CheckerOptions, observing: Pick<ObserverOptions, 'names' | 'timeUnit' | 'shown'>, ties: Ties) {
    const checker = new StreamingChecker({ ...checking, firstVersion: 'first seen' });
    const observer = new RecordObserver({ ...observing, versions: new RankedVersions(), sink: checker, ties: null });
    this.#ties = ties;
    this.#followed = { checker, observer };
  }

  /** A line that the record has taken. @param stamp its place in the record */
  take(event: RecordEvent, fields: Fields, stamp: number): void {
    if (this.#followed === null) return;
    const problem = this.#followed.observer.take(event, fields, stamp);
    if (problem !== null || this.#ties.areMet) this.#followed = null;
  }

  /** @returns null: neighbours are not known */
  end(drain: Parameters<StreamingChecker['end']>[0]): Verdict | null {
    return this.#followed?.checker.end(drain) ?? null;
  }
}

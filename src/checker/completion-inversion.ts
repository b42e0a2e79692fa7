/**
 * Which events started in order and finished out of order? Take an event and the earliest finished higher version. If
 * that one finished before the event did, though the event had started before it, the event is a *completion
 * inversion*: a regression at `finish` that was none at `start`. An event finishes with its first attempt that is done.
 *
 * Only events that have started and not finished can become one, so it is enough to mark these when a version higher
 * than all finished before finishes.
 */
import type { OpenEvent } from './open-event.js';
import type { OpenEvents } from './open-events.js';

export class CompletionInversions {
  #count = 0;
  #highestFinished = 0;
  #underWay = 0;

  get count(): number {
    return this.#count;
  }

  /** An event starts for the first time. */
  start(event: OpenEvent): void {
    this.#underWay++;
    if (event.version < this.#highestFinished) event.overtaken = 'by-earlier-start';
  }

  /** An event finishes for the first time. */
  finish(event: OpenEvent, open: OpenEvents): void {
    if (event.started) this.#underWay--;
    if (event.overtaken === 'by-later-start') this.#count++;
    if (event.version <= this.#highestFinished) return;
    if (this.#underWay > 0) this.#overtake(event, open);
    this.#highestFinished = event.version;
  }

  #overtake(event: OpenEvent, open: OpenEvents): void {
    for (const lower of open.within([this.#highestFinished + 1, event.version - 1])) {
      if (!lower.started || lower.finished) continue;
      lower.overtaken = lower.startIndex < event.startIndex ? 'by-later-start' : 'by-earlier-start';
    }
  }
}

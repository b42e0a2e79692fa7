/**
 * Deadlines of things that have a number, the earliest first. A deadline that is cancelled stays in the priority queue,
 * marked, until it comes up or most of the queue is cancelled; then the queue is made anew from the others.
 */
import TinyQueue from 'tinyqueue';

export interface Deadline {
  readonly atMs: number;
  readonly id: number;
  isCancelled: boolean;
}

/** A queue that is no longer than this is never made anew. */
const cancelledMin = 64;

export class Deadlines {
  #queue = new TinyQueue<Deadline>([], byTimeThenId);
  /** Deadlines that are not cancelled. */
  #live = 0;

  /** @param id one thing may have several deadlines; whoever moves one cancels it and adds another */
  add(atMs: number, id: number): Deadline {
    if (this.#queue.length > 2 * this.#live + cancelledMin) this.#removeCancelled();
    const deadline = { atMs, id, isCancelled: false };
    this.#queue.push(deadline);
    this.#live++;
    return deadline;
  }

  cancel(deadline: Deadline): void {
    if (deadline.isCancelled) return;
    deadline.isCancelled = true;
    this.#live--;
  }

  /** The first deadline, of several at one time that of the lowest number; undefined if there is none. */
  earliest(): Deadline | undefined {
    let first = this.#queue.peek();
    while (first?.isCancelled === true) {
      this.#queue.pop();
      first = this.#queue.peek();
    }
    return first;
  }

  /** Time of the first deadline; Infinity if there is none. */
  earliestMs(): number {
    return this.earliest()?.atMs ?? Infinity;
  }

  /** Cancels every deadline that is `nowMs` or earlier, and names what they were of, in ascending order. */
  takeDue(nowMs: number): number[] {
    const due: number[] = [];
    for (let first = this.earliest(); first !== undefined && first.atMs <= nowMs; first = this.earliest()) {
      due.push(first.id);
      this.cancel(first);
    }
    return due.sort((a, b) => a - b);
  }

  #removeCancelled(): void {
    const live = this.#queue.data.filter(({ isCancelled }) => !isCancelled);
    this.#queue = new TinyQueue(live, byTimeThenId);
  }
}

/** Infinity is a time like any other. */
function byTimeThenId(a: Deadline, b: Deadline): number {
  return a.atMs === b.atMs ? a.id - b.id : a.atMs - b.atMs;
}

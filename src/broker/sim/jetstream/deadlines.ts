/**
 * A priority queue of deadlines, the earliest first; each is for something that has a number (an `id`). A cancelled
 * deadline stays in the queue, marked, until it comes first. Once most of the queue is cancelled, it is rebuilt without
 * the cancelled ones.
 */
import TinyQueue from 'tinyqueue';

export interface Deadline {
  readonly atMs: number;
  readonly id: number;
  isCancelled: boolean;
}

/** A queue that is no longer than this is never rebuilt. */
const cancelledMin = 64;

export class Deadlines {
  #queue = new TinyQueue<Deadline>([], byTimeThenId);
  /** Deadlines that are not cancelled. */
  #live = 0;

  /** Adds a deadline. To move one, cancel it and add another. @param id several deadlines may have the same id */
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

  /** The first deadline; of several at the same time, that of the lowest id. undefined if there is none. */
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

  /** Cancels every deadline at `nowMs` or earlier, and returns their ids in ascending order. */
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

/** Compares by `===` first, since the difference of two deadlines at Infinity is NaN. */
function byTimeThenId(a: Deadline, b: Deadline): number {
  return a.atMs === b.atMs ? a.id - b.id : a.atMs - b.atMs;
}

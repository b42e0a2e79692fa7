/**
 * Which events of one aggregate are under way? A ring indexed by version, since those under way are mostly a few
 * consecutive ones; what is left far behind (a lost event) moves to a map. Records come from a pool that all
 * aggregates share, so the usual life of an event allocates nothing.
 */
import { OpenEvent } from './open-event.js';
import type { VersionRange } from './missing-versions.js';

const smallestCapacity = 4;

/** Records that are free for the next event. */
export class OpenEventPool {
  readonly #free: OpenEvent[] = [];

  take(version: number): OpenEvent {
    const event = this.#free.pop() ?? new OpenEvent();
    event.reset(version);
    return event;
  }

  giveBack(event: OpenEvent): void {
    this.#free.push(event);
  }
}

export class OpenEvents {
  readonly #pool: OpenEventPool;
  #ring: (OpenEvent | null)[] = [null, null, null, null];
  #mask = smallestCapacity - 1;
  #inRing = 0;
  #leftBehind: Map<number, OpenEvent> | null = null;

  constructor(pool: OpenEventPool) {
    this.#pool = pool;
  }

  find(version: number): OpenEvent | null {
    const event = this.#ring[version & this.#mask];
    if (event?.version === version) return event;
    return this.#leftBehind === null ? null : (this.#leftBehind.get(version) ?? null);
  }

  /** Opens a version that is not open. */
  open(version: number): OpenEvent {
    const event = this.#pool.take(version);
    if (this.#ring[version & this.#mask] === null) {
      this.#ring[version & this.#mask] = event;
      this.#inRing++;
    } else {
      this.#place(event);
    }
    return event;
  }

  close(event: OpenEvent): void {
    const slot = event.version & this.#mask;
    if (this.#ring[slot] === event) {
      this.#ring[slot] = null;
      this.#inRing--;
    } else {
      this.#leftBehind?.delete(event.version);
    }
    this.#pool.giveBack(event);
  }

  /** All open events, by version. */
  all(): OpenEvent[] {
    const inRing = this.#ring.filter((event) => event !== null);
    return [...inRing, ...(this.#leftBehind?.values() ?? [])].sort((a, b) => a.version - b.version);
  }

  /** The open events in a range of versions, ascending. */
  within([low, high]: VersionRange): OpenEvent[] {
    const events: OpenEvent[] = [];
    if (high - low >= this.#ring.length + (this.#leftBehind?.size ?? 0)) {
      return this.all().filter(({ version }) => version >= low && version <= high);
    }
    for (let version = low; version <= high; version++) {
      const event = this.find(version);
      if (event !== null) events.push(event);
    }
    return events;
  }

  /** Its slot is taken: makes the ring longer if it is half full, or else leaves the lower version behind. */
  #place(event: OpenEvent): void {
    while (this.#inRing * 2 >= this.#ring.length && this.#ring[event.version & this.#mask] !== null) this.#grow();
    const slot = event.version & this.#mask;
    const occupant = this.#ring[slot] ?? null;
    if (occupant === null) {
      this.#ring[slot] = event;
      this.#inRing++;
    } else if (occupant.version > event.version) {
      this.#leave(event);
    } else {
      this.#ring[slot] = event;
      this.#leave(occupant);
    }
  }

  #leave(event: OpenEvent): void {
    this.#leftBehind ??= new Map();
    this.#leftBehind.set(event.version, event);
  }

  #grow(): void {
    const before = this.#ring;
    this.#ring = new Array<OpenEvent | null>(before.length * 2).fill(null);
    this.#mask = this.#ring.length - 1;
    for (const event of before) if (event !== null) this.#ring[event.version & this.#mask] = event;
  }
}

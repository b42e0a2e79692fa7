/**
 * Keeps the events of one unit that are under way: a ring of records indexed by version, since those under way are
 * mostly a few consecutive ones; what is left far behind (a lost event) moves to a map. Records are used again, so the
 * usual life of an event allocates nothing.
 */
import { OpenEvent } from './open-event.js';
import type { VersionRange } from '../anomalies/missing-versions.js';

const smallestCapacity = 4;

export class OpenEvents {
  #ring = Array.from({ length: smallestCapacity }, () => new OpenEvent());
  #inRing = 0;
  #leftBehind: Map<number, OpenEvent> | null = null;

  get isEmpty(): boolean {
    return this.#inRing === 0 && (this.#leftBehind === null || this.#leftBehind.size === 0);
  }

  find(version: number): OpenEvent | null {
    const event = this.#ring[version & (this.#ring.length - 1)]!;
    if (event.version === version) return event;
    return this.#leftBehind === null ? null : (this.#leftBehind.get(version) ?? null);
  }

  /** Opens a version (from 1) that is not open. */
  open(version: number): OpenEvent {
    const event = this.#ring[version & (this.#ring.length - 1)]!;
    if (event.isOpen) return this.#makeRoom(version);
    event.begin(version);
    this.#inRing++;
    return event;
  }

  close(event: OpenEvent): void {
    if (this.#ring[event.version & (this.#ring.length - 1)] === event) this.#inRing--;
    else this.#leftBehind?.delete(event.version);
    event.end();
  }

  /** All open events, by version. */
  all(): OpenEvent[] {
    const inRing = this.#ring.filter(({ isOpen }) => isOpen);
    return [...inRing, ...(this.#leftBehind?.values() ?? [])].sort((a, b) => a.version - b.version);
  }

  /** The open events in a range of versions, ascending. */
  within([low, high]: VersionRange): OpenEvent[] {
    if (high - low >= this.#ring.length) return this.all().filter(({ version }) => version >= low && version <= high);
    const events: OpenEvent[] = [];
    for (let version = low; version <= high; version++) {
      const event = this.find(version);
      if (event !== null) events.push(event);
    }
    return events;
  }

  /** The slot is taken: makes the ring longer if it is half full, or else leaves the lower of the two behind. */
  #makeRoom(version: number): OpenEvent {
    if (this.#inRing * 2 >= this.#ring.length) {
      this.#grow();
      return this.open(version);
    }
    this.#leftBehind ??= new Map();
    const slot = version & (this.#ring.length - 1);
    const occupant = this.#ring[slot]!;
    const event = new OpenEvent();
    event.begin(version);
    if (occupant.version > version) {
      this.#leftBehind.set(version, event);
    } else {
      this.#leftBehind.set(occupant.version, occupant);
      this.#ring[slot] = event;
    }
    return event;
  }

  #grow(): void {
    const before = this.#ring;
    const mask = before.length * 2 - 1;
    this.#ring = Array.from({ length: before.length * 2 }, () => new OpenEvent());
    for (const event of before) if (event.isOpen) this.#ring[event.version & mask] = event;
  }
}

/**
 * Tells events of the same version apart by their ids, where versions rise by any step: with another id they are ties,
 * which are neither late nor duplicates. Hand-written checkers count them all the same, so what those count is counted
 * here.
 */
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';

/** An event, by numbers. */
export interface Event {
  readonly aggregate: number;
  readonly topic: number;
  readonly version: number;
}

export function keyOf({ aggregate, topic, version }: Event): string {
  return `${aggregate} ${topic} ${version}`;
}

/** An event with what tells it apart. */
type Told = Event & { readonly fields: Fields };

function tieOf(told: Told): string {
  return `${keyOf(told)} ${told.fields.text(fieldIndex.id) ?? ''}`;
}

export class Ties {
  /** By event: the id with which it was delivered first; '' where a line has none. */
  readonly #ids = new Map<string, string>();
  /** By event: the id with which it was met first. */
  readonly #met = new Map<string, string>();
  /** By aggregate and topic: the version of the last handling. */
  readonly #previous = new Map<string, number>();
  /** Ties of which a handling has succeeded. */
  readonly #handled = new Set<string>();
  count = 0;
  duplicates = 0;
  descents = 0;
  /** Several events share a version, whether they were delivered or not. */
  areMet = false;

  /** Any line about the event. */
  meet({ fields, ...event }: Told): void {
    const id = fields.text(fieldIndex.id) ?? '';
    const key = keyOf(event);
    const met = this.#met.get(key);
    if (met === undefined) this.#met.set(key, id);
    else if (met !== id) this.areMet = true;
  }

  /** Whether the event has the version of another one that has been delivered; it is delivered itself then. */
  isTie({ fields, ...event }: Told): boolean {
    const id = fields.text(fieldIndex.id) ?? '';
    const key = keyOf(event);
    const delivered = this.#ids.get(key);
    if (delivered === undefined) this.#ids.set(key, id);
    return delivered !== undefined && delivered !== id;
  }

  /** A handling begins. */
  started({ fields, ...event }: Told, isTie: boolean): void {
    const unit = `${event.aggregate} ${event.topic}`;
    const previous = this.#previous.get(unit);
    if (previous !== undefined && event.version < previous) this.descents++;
    this.#previous.set(unit, event.version);
    if (!isTie) return;
    if (this.#handled.has(tieOf({ fields, ...event }))) this.duplicates++;
    else this.count++;
  }

  /** A handling of a tie has succeeded. */
  succeeded(line: Told): void {
    this.#handled.add(tieOf(line));
  }
}

/** Packs what a reader makes of each line, for another thread to take. */
import { isNear } from '../../checker/compact/compact-verdict.js';
import { fieldIndex, recordFields } from '../../domain/record/record-fields.js';
import { copyOf } from '../copy-of.js';
import { NotPacked } from '../engine.js';
import { eventOf } from '../events.js';
import type { Fields } from '../fields.js';
import { tellingFields } from '../handled/handled-engine.js';
import { HandlingWriter } from '../handled/handling-columns.js';
import { readInteger } from '../integers.js';
import { Scopes } from '../names/scopes.js';
import type { LineSink } from '../reader.js';
import {
  columnsOf,
  packLines,
  packsMost,
  type Aside,
  type FieldBytes,
  type PackMemory,
  type PackNote,
} from './pack.js';

const { aggregate: aggregateField, version: versionField, topic: topicField, source: sourceField } = fieldIndex;

/** Lines of something else that are told with their text. */
const othersTold = 20;

export interface Packing {
  readonly memory: Pick<PackMemory, 'packs'>;
  /** As the source is called. */
  readonly source: string;
  /** Some lines have a topic, so one without is bad. */
  readonly needsTopic: boolean;
  /** Which pack is free. It may wait for one. */
  free(): number;
  send(note: PackNote): void;
}

export class PackingSink implements LineSink {
  readonly #packing: Packing;
  readonly #scopes = new Scopes();
  /** By slot. */
  readonly #writers: readonly HandlingWriter[];
  /** The pack that is filled; -1: none. */
  #slot = -1;
  #writer: HandlingWriter;
  #masks = new Map<number, number>();
  #mask = 0;
  #withMask = 0;
  #newScopes: PackNote['scopes'][number][] = [];
  #asides: [after: number, aside: Aside][] = [];
  #others = 0;
  #moreOthers = 0;
  #lines = 0;

  constructor(packing: Packing) {
    this.#packing = packing;
    this.#writers = Array.from({ length: packsMost }, (_, slot) => new HandlingWriter(columnsOf(packing.memory, slot)));
    this.#writer = this.#writers[0]!;
    this.#scopes.begin(packing.source);
  }

  /** Lines so far. */
  get lines(): number {
    return this.#lines;
  }

  /** The lines that follow are counted from 1 again. */
  restart(): void {
    this.flush();
    this.#lines = 0;
  }

  line(fields: Fields, number: number): void {
    this.#lines = number;
    const version = this.#plainVersion(fields);
    if (version === null) return this.#aside({ kind: 'line', number, fields: bytesOf(fields) });
    const writer = this.#roomFor(fields.to[aggregateField]! - fields.from[aggregateField]!);
    if (writer === null) return this.#aside({ kind: 'line', number, fields: bytesOf(fields) });
    writer.add(fields, version, number, this.#scopeOf(fields));
    if (fields.mask !== this.#mask) this.#countMask(fields.mask);
    this.#withMask++;
  }

  /** @returns null: the line is more than a plain handling, or its version is none that can be in a pack */
  #plainVersion(fields: Fields): number | null {
    if ((fields.mask & tellingFields) !== 0 || eventOf(fields) !== 'handled') return null;
    if (this.#packing.needsTopic && !fields.has(topicField)) return null;
    const version = readInteger(fields.bytes[versionField]!, fields.from[versionField]!, fields.to[versionField]!);
    return typeof version === 'number' && isNear(version, 0n) ? version : null;
  }

  /** The pack that the next handling goes into; null: its name is longer than any pack is. */
  #roomFor(nameBytes: number): HandlingWriter | null {
    if (this.#slot >= 0 && this.#writer.names.hasRoom(nameBytes)) return this.#writer;
    this.flush();
    this.#begin();
    return this.#writer.names.hasRoom(nameBytes) ? this.#writer : null;
  }

  #begin(): void {
    this.#slot = this.#packing.free();
    this.#writer = this.#writers[this.#slot]!;
    this.#writer.clear();
  }

  #scopeOf(fields: Fields): number {
    const known = this.#scopes.size;
    const scope = this.#scopes.of(fields);
    if (scope >= known)
      this.#newScopes.push({ topic: copied(fields, topicField), source: copied(fields, sourceField) });
    return scope;
  }

  #countMask(mask: number): void {
    if (this.#withMask > 0) this.#masks.set(this.#mask, (this.#masks.get(this.#mask) ?? 0) + this.#withMask);
    this.#mask = mask;
    this.#withMask = 0;
  }

  bad(number: number, problem: string, text: string, lacks?: 'aggregate' | 'version'): void {
    this.#lines = number;
    this.#aside({ kind: 'bad', number, problem, text, lacks: lacks ?? null });
  }

  other(number: number, text: () => string): void {
    this.#lines = number;
    if (this.#others++ < othersTold) this.#aside({ kind: 'other', number, text: text() });
    else this.#moreOthers++;
  }

  /** @throws {NotPacked} if there are so many of them that packing does not pay */
  #aside(aside: Aside): void {
    const handlings = this.#slot < 0 ? 0 : this.#writer.count;
    this.#asides.push([handlings, aside]);
    if (this.#asides.length > packLines && this.#asides.length > handlings) throw new NotPacked();
  }

  /** Sends what there is, unless that is nothing. */
  flush(): void {
    const handlings = this.#slot < 0 ? 0 : this.#writer.count;
    if (handlings + this.#asides.length + this.#moreOthers === 0) return;
    if (this.#slot < 0) this.#begin();
    this.#countMask(0);
    this.#packing.send({
      ...{ slot: this.#slot, handlings, masks: [...this.#masks], scopes: this.#newScopes },
      ...{ asides: this.#asides, moreOthers: this.#moreOthers, lines: this.#lines },
    });
    this.#slot = -1;
    this.#masks = new Map();
    this.#newScopes = [];
    this.#asides = [];
    this.#moreOthers = 0;
  }
}

function copied(fields: Fields, field: number): Uint8Array | null {
  return fields.has(field) ? copyOf(fields.bytes[field]!, fields.from[field]!, fields.to[field]!) : null;
}

function bytesOf(fields: Fields): FieldBytes[] {
  return recordFields.flatMap((_, field) => {
    const bytes = copied(fields, field);
    return bytes === null ? [] : [[field, bytes] as const];
  });
}

/** Takes packs: what stands in them goes the way that it would have gone from a reader. */
import { fieldIndex } from '../../domain/record/record-fields.js';
import { Fields } from '../fields.js';
import type { HandledEngine } from '../handled/handled-engine.js';
import type { HandlingColumns } from '../handled/handling-columns.js';
import type { Intake } from '../intake.js';
import type { Aside, PackNote } from './pack.js';

/** What takes the lines. */
export interface AheadTarget {
  readonly intake: Intake;
  readonly engine: HandledEngine;
}

export class PackTaker {
  readonly #intake: Intake;
  readonly #engine: HandledEngine;
  /** By the scope's number in the source's packs. */
  readonly #scopes: number[] = [];
  readonly #fields = new Fields();

  constructor({ intake, engine }: AheadTarget) {
    this.#intake = intake;
    this.#engine = engine;
  }

  /**
   * @param before lines of the source before the first that the pack counts
   * @throws {NeedsMore} as the engine and the intake do
   * @throws {NotPacked} if an aggregate's versions are far from 0
   */
  take(note: PackNote, columns: HandlingColumns, before: number): void {
    const { handlings, masks, scopes, asides, moreOthers, lines } = note;
    for (const { topic, source } of scopes) this.#scopes.push(this.#scopeOf(topic, source));
    const { names, line } = columns;
    for (let place = 0; place < handlings; place++) {
      names.scopes[place] = this.#scopes[names.scopes[place]!]!;
      line[place]! += before;
    }
    this.#intake.handled(masks);
    let taken = 0;
    for (const [after, aside] of asides) {
      this.#engine.takeAll(columns, taken, after);
      taken = after;
      this.#takeAside(aside, before);
    }
    this.#engine.takeAll(columns, taken, handlings);
    this.#intake.passed(moreOthers, before + lines);
  }

  #scopeOf(topic: Uint8Array | null, source: Uint8Array | null): number {
    const fields = this.#fields;
    fields.clear();
    if (topic !== null) fields.set(fieldIndex.topic, topic, 0, topic.length);
    if (source !== null) fields.set(fieldIndex.source, source, 0, source.length);
    return this.#engine.scopeOf(fields);
  }

  #takeAside(aside: Aside, before: number): void {
    const number = before + aside.number;
    if (aside.kind === 'bad') return this.#intake.bad(number, aside.problem, aside.text, aside.lacks ?? undefined);
    if (aside.kind === 'other') return this.#intake.other(number, () => aside.text);
    const fields = this.#fields;
    fields.clear();
    for (const [field, bytes] of aside.fields) fields.set(field, bytes, 0, bytes.length);
    this.#intake.line(fields, number);
  }
}

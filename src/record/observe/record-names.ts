/**
 * Names of what a record speaks of, for the checker: aggregates, topics and subscriptions as numbers. An aggregate is
 * one within a source; where there are several sources, its name says which.
 */
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Names } from '../../domain/observation.js';
import type { Fields } from '../fields.js';
import { NameTable } from '../names/name-table.js';
import { Scopes } from '../names/scopes.js';
import { aggregatesInSeveral } from '../names/sources-of-aggregates.js';

export class RecordNames implements Names {
  readonly aggregates: string[] = [];
  readonly topics: string[] = [];
  readonly subscriptions: string[] = [];
  /** All subscriptions are taken to be of one queue, since a record says nothing of queues. */
  readonly queueOfSubscription: number[] = [];
  readonly scopes = new Scopes();
  /** Aggregates, in scopes of their topics and sources. */
  readonly #placed = new NameTable();
  /** Aggregates, in scopes of their sources. */
  readonly units = new NameTable();
  readonly #subscriptions = new NameTable();
  readonly #lanes = new NameTable();
  readonly #publishers = new NameTable();

  aggregate(fields: Fields): number {
    const index = numberIn(this.units, fields, fieldIndex.aggregate, this.scopes.sourceNumber(fields));
    numberIn(this.#placed, fields, fieldIndex.aggregate, this.scopes.of(fields));
    if (index === this.aggregates.length) this.aggregates.push(`${index}`);
    return index;
  }

  /** How many aggregates are in several sources. */
  aggregatesInSeveral(): number {
    return aggregatesInSeveral(this.#placed, this.scopes.sources.size, (scope) => this.scopes.numbers(scope));
  }

  topic(fields: Fields): number {
    const index = this.scopes.topicNumber(fields);
    if (index === this.topics.length) this.topics.push(this.scopes.topics.text(index));
    return index;
  }

  /** Where the line does not say: one that is named `-`. */
  subscription(fields: Fields): number {
    const { subscription: field } = fieldIndex;
    const index = fields.has(field)
      ? numberIn(this.#subscriptions, fields, field, 0)
      : this.#subscriptions.number(dash, 0, 1);
    if (index === this.subscriptions.length) {
      this.subscriptions.push(this.#subscriptions.text(index));
      this.queueOfSubscription.push(0);
    }
    return index;
  }

  /** A lane of a process; 0 where the line does not say. */
  lane(fields: Fields): number {
    if (!fields.has(fieldIndex.lane)) return 0;
    const process = fields.text(fieldIndex.process) ?? '';
    const bytes = encoder.encode(`${process}\n${fields.text(fieldIndex.lane)}`);
    return this.#lanes.number(bytes, 0, bytes.length) + 1;
  }

  /** The lane as it was written; null: no line said. */
  laneText(lane: number): string | null {
    return lane <= 0 || lane > this.#lanes.size ? null : this.#lanes.text(lane - 1).replace(/^.*\n/, '');
  }

  publisher(fields: Fields): number {
    return fields.has(fieldIndex.publisher) ? numberIn(this.#publishers, fields, fieldIndex.publisher, 0) : 0;
  }
}

const encoder = new TextEncoder();
const dash = encoder.encode('-');

function numberIn(table: NameTable, { bytes, from, to }: Fields, field: number, scope: number): number {
  return table.number(bytes[field]!, from[field]!, to[field]!, scope);
}

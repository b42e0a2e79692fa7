/**
 * Names of what a record speaks of, for the checker: aggregates, topics and subscriptions as numbers. An aggregate is
 * one within a source. Where sources are joined, it is one within the first source that handles it, and what other
 * sources publish of it belongs to it, too; where further ones handle it, it is another one in each.
 */
import { fieldIndex, type RecordEvent } from '../../domain/record/record-fields.js';
import { isPublish } from '../events.js';
import type { Names } from '../../domain/observation.js';
import type { Fields } from '../fields.js';
import { NameTable } from '../names/name-table.js';
import { Scopes } from '../names/scopes.js';
import { SourceRoles } from '../names/source-roles.js';

export class RecordNames implements Names {
  readonly aggregates: string[] = [];
  readonly topics: string[] = [];
  readonly subscriptions: string[] = [];
  /** All subscriptions are taken to be of one queue, since a record says nothing of queues. */
  readonly queueOfSubscription: number[] = [];
  readonly scopes = new Scopes();
  readonly roles = new SourceRoles(this.scopes);
  readonly #joins: boolean;
  /** The aggregate of the last line, within its topic. */
  #placed = 0;
  /** By aggregate within its topic: the source that handles it, where sources are joined. */
  readonly #handlers: (number | undefined)[] = [];
  /** By topic and aggregate: the source that is named for it, where sources are joined. */
  readonly #sources: number[][] = [];
  /** Aggregates, in scopes of their sources; where sources are joined, 0 is for all of them, and each has the next one. */
  readonly units = new NameTable();
  readonly #subscriptions = new NameTable();
  readonly #lanes = new NameTable();
  readonly #publishers = new NameTable();

  /** @param joins a source that publishes an aggregate and one that handles it are one */
  constructor(joins: boolean) {
    this.#joins = joins;
  }

  aggregate(fields: Fields, event: RecordEvent): number {
    this.#placed = this.roles.meet(fields, isPublish(event));
    const source = this.scopes.sourceNumber(fields);
    const scope = this.#joins ? this.#joinedScope(source, event) : source;
    const index = numberIn(this.units, fields, fieldIndex.aggregate, scope);
    if (index === this.aggregates.length) this.aggregates.push(`${index}`);
    if (this.#joins && scope === 0) this.#sourceOf(this.topic(fields))[index] = this.#handlers[this.#placed] ?? source;
    return index;
  }

  #joinedScope(source: number, event: RecordEvent): number {
    if (isPublish(event)) return 0;
    const handler = (this.#handlers[this.#placed] ??= source);
    return handler === source ? 0 : source + 1;
  }

  #sourceOf(topic: number): number[] {
    return (this.#sources[topic] ??= []);
  }

  /** How many aggregates several sources handle, or several publish, so that there is no order between them. */
  aggregatesInSeveral(): number {
    return this.roles.several(this.#joins);
  }

  /** The name of the source of an aggregate; where sources are joined, that of the one that handles it. */
  sourceOf(index: number, topic: string): string {
    const { sources } = this.scopes;
    const scope = this.units.scope(index);
    if (!this.#joins) return sources.text(scope);
    return sources.text(scope > 0 ? scope - 1 : this.#sourceOf(this.topics.indexOf(topic))[index]!);
  }

  /** Several sources publish the aggregate of the last line, so that nothing says which publish came first. */
  get isPublishedBySeveral(): boolean {
    return this.#joins && this.roles.isPublishedBySeveral(this.#placed);
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

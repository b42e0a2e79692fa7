/** Numbers the pairs of topic and source, within which an aggregate's order is judged. Without a topic there is `-`. */
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';
import { LastName } from './last-name.js';
import { NameTable } from './name-table.js';

const { topic: topicField, source: sourceField } = fieldIndex;
const noTopic = '-';

export interface Scope {
  readonly topic: string;
  readonly source: string;
}

export class Scopes {
  readonly topics = new NameTable();
  readonly sources = new NameTable();
  readonly #lastTopic = new LastName(this.topics);
  readonly #lastSource = new LastName(this.sources);
  readonly #numbers = new Map<number, number>();
  readonly #scopes: { readonly topic: number; readonly source: number }[] = [];
  /** Number of the source whose lines say none. */
  #source = 0;

  get size(): number {
    return this.#scopes.length;
  }

  /** The lines that follow are of this source, unless they say otherwise. */
  begin(source: string): void {
    this.#source = numberOf(this.sources, source);
  }

  of(fields: Fields): number {
    const topic = this.topicNumber(fields);
    const source = this.sourceNumber(fields);
    const first = this.#scopes[0];
    if (first?.topic === topic && first.source === source) return 0;
    return this.#number(topic, source);
  }

  topicNumber(fields: Fields): number {
    if (!fields.has(topicField)) return numberOf(this.topics, noTopic);
    return this.#lastTopic.number(fields, topicField);
  }

  sourceNumber(fields: Fields): number {
    if (!fields.has(sourceField)) return this.#source;
    return this.#lastSource.number(fields, sourceField);
  }

  name(scope: number): Scope {
    const { topic, source } = this.#scopes[scope]!;
    return { topic: this.topics.text(topic), source: this.sources.text(source) };
  }

  /** Numbers of a scope's topic and source. */
  numbers(scope: number): { readonly topic: number; readonly source: number } {
    return this.#scopes[scope]!;
  }

  #number(topic: number, source: number): number {
    const key = source * 4_294_967_296 + topic;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const made = this.#scopes.push({ topic, source }) - 1;
    this.#numbers.set(key, made);
    return made;
  }
}

const encoder = new TextEncoder();

function numberOf(names: NameTable, text: string): number {
  const bytes = encoder.encode(text);
  return names.number(bytes, 0, bytes.length);
}

/**
 * Turns the names of a trace into the integers of observations. Topics and subscriptions are known from the header;
 * aggregates are declared, in the order of their numbers, before they are used.
 */
import type { Names } from '../domain/observation.js';
import { asFound, LineProblem } from './trace-fields.js';

export class GrowingNames implements Names {
  readonly aggregates: string[] = [];
  readonly topics: readonly string[];
  readonly subscriptions: readonly string[];
  readonly #aggregateIndices = new Map<string, number>();
  readonly #topicIndices: ReadonlyMap<string, number>;
  readonly #subscriptionIndices: ReadonlyMap<string, number>;

  constructor(topics: readonly string[], subscriptions: readonly string[]) {
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.#topicIndices = indicesOf(topics);
    this.#subscriptionIndices = indicesOf(subscriptions);
  }

  /** @throws {LineProblem} if the numbers do not go on where the last ones ended */
  declareAggregates(from: number, ids: readonly string[]): void {
    if (from !== this.aggregates.length) {
      throw new LineProblem(
        `"from" should be ${this.aggregates.length}, but it is ${from}: names before it are missing`,
      );
    }
    for (const id of ids) this.#aggregateIndices.set(id, this.aggregates.push(id) - 1);
  }

  /** @throws {LineProblem} if the name is not known */
  aggregate(id: unknown): number {
    return known(this.#aggregateIndices, id, 'aggregateId', 'that a line before it declares');
  }

  /** @throws {LineProblem} if the name is not known */
  topic(name: unknown): number {
    return known(this.#topicIndices, name, 'topic', 'of the header');
  }

  /** @throws {LineProblem} if the name is not known */
  subscription(name: unknown): number {
    return known(this.#subscriptionIndices, name, 'subscription', 'of the header');
  }
}

function indicesOf(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}

function known(indices: ReadonlyMap<string, number>, name: unknown, field: string, whose: string): number {
  const index = indices.get(name as string);
  if (index === undefined) {
    throw new LineProblem(`"${field}" should be one ${whose}, but it is ${asFound(name)}`);
  }
  return index;
}

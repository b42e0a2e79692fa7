/**
 * Follows which sources publish the events of an aggregate, and which handle them. Between sources no order is known. So
 * an aggregate that two of them handle, or two publish, cannot be judged. That one publishes and another handles is as
 * most buses have it: order is compared among handlings, and whether an event arrived needs no order.
 */
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';
import { NameTable } from './name-table.js';
import type { Scopes } from './scopes.js';

const { aggregate: name } = fieldIndex;
const none = -1;
const several = -2;

/** One source, {@link none} or {@link several}. */
interface Roles {
  publisher: number;
  handler: number;
}

export class SourceRoles {
  readonly #scopes: Scopes;
  /** Aggregates, in scopes of their topics. */
  readonly #names = new NameTable();
  readonly #roles: Roles[] = [];

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
  }

  /** @returns a number for the aggregate within its topic */
  meet(fields: Fields, isPublish: boolean): number {
    const topic = this.#scopes.topicNumber(fields);
    const index = this.#names.number(fields.bytes[name]!, fields.from[name]!, fields.to[name]!, topic);
    const source = this.#scopes.sourceNumber(fields);
    const roles = (this.#roles[index] ??= { publisher: none, handler: none });
    if (isPublish) roles.publisher = joined(roles.publisher, source);
    else roles.handler = joined(roles.handler, source);
    return index;
  }

  isPublishedBySeveral(index: number): boolean {
    return this.#roles[index]!.publisher === several;
  }

  /** Some aggregate is published by a source and handled by another. */
  get areApart(): boolean {
    return this.#roles.some(isApart);
  }

  /** How many aggregates several sources publish, or several handle. @param joins one publishing, another handling is none of them */
  several(joins: boolean): number {
    const isSeveral = (roles: Roles): boolean =>
      roles.publisher === several || roles.handler === several || (!joins && isApart(roles));
    return this.#roles.filter(isSeveral).length;
  }
}

function joined(known: number, source: number): number {
  return known === none || known === source ? source : several;
}

function isApart({ publisher, handler }: Roles): boolean {
  return publisher !== none && handler !== none && publisher !== handler;
}

/**
 * The transcript of a Kafka script: what was handed over, to whom, in which order. An event is written as its aggregate
 * and version, `a3`; `a3r` is the second time that its group was handed that offset, `a3r2` the third, `a3@t1:4` says
 * where it lies: partition 1 of topic t, offset 4. A channel is a member (`A`), a group (`g`), or one partition of what
 * they get (`A.t1`).
 */
import type { AckToken } from '../../src/broker/port.js';

export interface HandedOver {
  readonly member: string;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly aggregate: string;
  readonly version: number;
  /** How often its group was handed this offset, from 1. */
  readonly count: number;
  readonly owned: boolean;
  readonly token: AckToken;
}

/** An event as written in a script; null: the script does not say. */
export interface EventToken {
  readonly text: string;
  readonly aggregate: string;
  readonly version: number;
  /** Null where any will do: `a3*`. */
  readonly count: number | null;
  readonly place: string | null;
}

const tokenPattern = /^([a-z]+)(\d+)(r\d*|\*)?(?:@([a-z]+\d+:\d+))?$/;

/** Null if the word is no token. */
export function parseEventToken(word: string): EventToken | null {
  const match = tokenPattern.exec(word);
  if (match === null) return null;
  const [, aggregate, version, mark = '', place] = match;
  const count = mark === '*' ? null : mark === '' ? 1 : Number(mark.slice(1) || '1') + 1;
  return { text: word, aggregate: aggregate!, version: Number(version), count, place: place ?? null };
}

/** `a2..4r` is `a2r a3r a4r`. */
export function expandEventTokens(word: string): string[] {
  const match = /^([a-z]+)(\d+)\.\.(\d+)(r\d*|\*)?$/.exec(word);
  if (match === null) return [word];
  const [, aggregate, from, to, mark = ''] = match;
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => `${aggregate}${Number(from) + i}${mark}`);
}

export function showHandedOver({ aggregate, version, count, topic, partition, offset }: HandedOver): string {
  const mark = count === 1 ? '' : count === 2 ? 'r' : `r${count - 1}`;
  return `${aggregate}${version}${mark}@${topic}${partition}:${offset}`;
}

export function matchesToken(token: EventToken, event: HandedOver): boolean {
  return (
    token.aggregate === event.aggregate &&
    token.version === event.version &&
    (token.count === null || token.count === event.count) &&
    (token.place === null || token.place === `${event.topic}${event.partition}:${event.offset}`)
  );
}

/** A member or group, and one partition of it or all. */
export interface Channel {
  readonly text: string;
  readonly who: string;
  /** `t1`; null: all. */
  readonly partition: string | null;
}

/** Everything handed over in one run of a script, with what the script has read of it. */
export class KafkaTranscript {
  readonly #all: HandedOver[] = [];
  readonly #counts = new Map<string, number>();
  /** What each channel has read; what is read on one channel can be read on another once more. */
  readonly #read = new Map<string, Set<HandedOver>>();

  add(event: Omit<HandedOver, 'count'>): void {
    const place = `${event.group}/${event.topic}/${event.partition}/${event.offset}`;
    const count = (this.#counts.get(place) ?? 0) + 1;
    this.#counts.set(place, count);
    this.#all.push({ ...event, count });
  }

  unread({ text, who, partition }: Channel): readonly HandedOver[] {
    const read = this.#read.get(text);
    return this.#all.filter(
      (event) =>
        (event.member === who || event.group === who) &&
        (partition === null || `${event.topic}${event.partition}` === partition) &&
        read?.has(event) !== true,
    );
  }

  markRead({ text }: Channel, events: readonly HandedOver[]): void {
    const read = this.#read.get(text) ?? new Set();
    for (const event of events) read.add(event);
    this.#read.set(text, read);
  }

  /** What no channel has read. */
  unexpected(): readonly HandedOver[] {
    return this.#all.filter((event) => ![...this.#read.values()].some((read) => read.has(event)));
  }

  /** The event that a member was handed and that a script calls by this token; the last such. */
  find(member: string, token: EventToken): HandedOver | null {
    return this.#all.findLast((event) => event.member === member && matchesToken(token, event)) ?? null;
  }

  /** All that a member was handed. */
  ofMember(member: string): readonly HandedOver[] {
    return this.#all.filter((event) => event.member === member);
  }

  toString(): string {
    return this.#all.map((event) => `${event.member}:${showHandedOver(event)}`).join(' ') || '(nothing)';
  }
}

/**
 * Parses a conformance script for Kafka into a list of steps, or a {@link ScriptError} that names file and line. A
 * script has one step a line, read from top to bottom; docs/CONFORMANCE-KAFKA.md describes the language.
 */
import { kafkaAcks, kafkaConsumes, kafkaPartitioners } from '../../src/domain/kafka.js';
import type { KafkaCommit, KafkaConsumerSpec, KafkaProducerSpec } from '../../src/domain/topology.js';
import { expandEventTokens, parseEventToken, type Channel, type EventToken } from './kafka-transcript.js';
import {
  durationMs,
  integer,
  oneOf,
  only,
  parseOpening,
  parseOptions,
  refuseRest,
  ScriptError,
  take,
} from './script-words.js';

export interface MemberSettings {
  readonly name: string;
  readonly group: string;
  readonly topics: readonly string[];
  readonly consumer: KafkaConsumerSpec;
  /** It acknowledges what it is handed by itself, at once. */
  readonly acksItself: boolean;
  /** False: the script goes on while it joins. */
  readonly awaited: boolean;
}

export type KafkaAction =
  | { readonly kind: 'topic'; readonly name: string; readonly partitions: number }
  | { readonly kind: 'publisher'; readonly name: string; readonly producer: KafkaProducerSpec }
  | {
      readonly kind: 'publish';
      readonly publisher: string;
      readonly aggregate: string;
      readonly count: number;
      readonly topic: string;
      /** False: all at once, and the script goes on. */
      readonly awaited: boolean;
    }
  | { readonly kind: 'settled' | 'retried'; readonly publisher: string; readonly count: number }
  | { readonly kind: 'refuse'; readonly on: boolean }
  | { readonly kind: 'partitions'; readonly count: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'member'; readonly settings: MemberSettings }
  | {
      readonly kind: 'ack' | 'fail';
      readonly member: string;
      /** `all` that the member was handed so far, the `last`, or these. */
      readonly events: 'all' | 'last' | readonly EventToken[];
    }
  | { readonly kind: 'leave'; readonly member: string }
  | {
      readonly kind: 'joined';
      readonly member: string;
      readonly epoch: number | null;
      readonly members: number | null;
      /** `t:0,1 u:0`, empty for nothing; null where the script does not say. */
      readonly assigned: string | null;
    }
  | {
      readonly kind: 'expect';
      readonly channel: Channel;
      readonly isAnyOrder: boolean;
      readonly events: readonly EventToken[];
    }
  | {
      readonly kind: 'order';
      readonly channel: Channel;
      /** Whether some lower version of an aggregate has to stand behind a higher one, or none may. */
      readonly wanted: 'inverted' | 'ordered';
      readonly count: number;
    }
  | { readonly kind: 'spread'; readonly channel: Channel; readonly partitions: number; readonly count: number }
  | { readonly kind: 'state'; readonly group: string; readonly uncommitted: number }
  | { readonly kind: 'quiet'; readonly ms: number };

export interface KafkaStep {
  readonly line: number;
  readonly text: string;
  readonly action: KafkaAction;
}

export interface KafkaScript {
  /** File name without its ending. */
  readonly name: string;
  readonly rules: readonly number[];
  readonly sentence: string;
  readonly steps: readonly KafkaStep[];
  /** It needs a broker of its own. */
  readonly restarts: boolean;
}

/** @throws {ScriptError} with the line at fault */
export function parseKafkaScript(name: string, text: string): KafkaScript {
  const lines = text.split(/\r?\n/);
  const parser = new Parser();
  const steps: KafkaStep[] = [];
  lines.forEach((whole, index) => {
    const words = whole.replace(/(^|\s)#.*$/, '').trim();
    if (words === '') return;
    try {
      steps.push({ line: index + 1, text: words, action: parser.action(words) });
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      throw new ScriptError(`${name}:${index + 1}: ${error.message}`);
    }
  });
  const restarts = steps.some(({ action }) => action.kind === 'restart');
  return { name, ...parseOpening(name, lines), steps, restarts };
}

class Parser {
  readonly #topics: string[] = [];
  readonly #publishers = new Set<string>();
  readonly #members = new Set<string>();
  readonly #groups = new Set<string>();

  action(words: string): KafkaAction {
    const [verb = '', ...rest] = words.split(/\s+/);
    switch (verb) {
      case 'topic':
        return this.#topic(rest);
      case 'publisher':
        return this.#publisher(rest);
      case 'publish':
        return this.#publish(rest);
      case 'settled':
      case 'retried':
        return { kind: verb, publisher: this.#known(this.#publishers, rest[0]), count: integer(rest[1] ?? '1') };
      case 'refuse':
        return { kind: 'refuse', on: oneOf(only('refuse', rest), ['on', 'off']) === 'on' };
      case 'partitions':
        return { kind: 'partitions', count: integer(only('partitions', rest)) };
      case 'restart':
        oneOf(only('restart', rest), ['broker']);
        return { kind: 'restart' };
      case 'member':
        return this.#member(rest);
      case 'ack':
      case 'fail':
        return { kind: verb, member: this.#known(this.#members, rest[0]), events: settledEvents(rest.slice(1)) };
      case 'leave':
        return { kind: 'leave', member: this.#known(this.#members, only('leave', rest)) };
      case 'joined':
        return this.#joined(rest);
      case 'expect':
        return this.#expect(rest);
      case 'state':
        return this.#state(rest);
      case 'quiet':
        return { kind: 'quiet', ms: durationMs(only('quiet', rest)) };
      default:
        throw new ScriptError(
          `unknown step "${verb}"; there are topic, publisher, publish, settled, retried, refuse, partitions, restart, ` +
            'member, ack, fail, leave, joined, expect, state, quiet',
        );
    }
  }

  #topic(words: readonly string[]): KafkaAction {
    const [name = '', ...rest] = words;
    if (!/^[a-z]+$/.test(name)) throw new ScriptError('a topic is called by small letters: "topic t partitions=2"');
    const options = parseOptions(rest);
    const partitions = integer(take(options, 'partitions') ?? '1');
    refuseRest(options);
    this.#topics.push(name);
    return { kind: 'topic', name, partitions };
  }

  #publisher(words: readonly string[]): KafkaAction {
    const [name = '', ...rest] = words;
    if (!/^[A-Z]\w*$/.test(name)) throw new ScriptError('a publisher begins with a capital: "publisher P"');
    const idempotent = rest.includes('idempotent');
    const options = parseOptions(rest.filter((word) => word !== 'idempotent'));
    const inFlight = take(options, 'in_flight') ?? 'unlimited';
    const producer: KafkaProducerSpec = {
      acks: oneOf(take(options, 'acks') ?? 'all', kafkaAcks),
      idempotent,
      retries: integer(take(options, 'retries') ?? '100'),
      requestsInFlight: inFlight === 'unlimited' ? null : integer(inFlight),
      key: oneOf(take(options, 'key') ?? 'aggregate', ['aggregate', 'none']),
      partitioners: [oneOf(take(options, 'partitioner') ?? 'default', kafkaPartitioners)],
      lingerMs: 0,
      produceBatchBytes: integer(take(options, 'batch') ?? '16384'),
      sendOrder: 'kept',
    };
    refuseRest(options);
    this.#publishers.add(name);
    return { kind: 'publisher', name, producer };
  }

  #publish(words: readonly string[]): KafkaAction {
    const awaited = !words.includes('async');
    const [publisher, aggregate = '', count = '1', on, topic = this.#topics[0], ...rest] = words.filter(
      (word) => word !== 'async',
    );
    if (!/^[a-z]+$/.test(aggregate) || rest.length > 0 || (on !== undefined && on !== 'on')) {
      throw new ScriptError('publish needs a publisher, an aggregate, and how many: "publish P a 3 on t async"');
    }
    if (topic === undefined || !this.#topics.includes(topic)) throw new ScriptError(`there is no topic ${topic ?? ''}`);
    return {
      kind: 'publish',
      publisher: this.#known(this.#publishers, publisher),
      aggregate,
      count: integer(count),
      topic,
      awaited,
    };
  }

  #member(words: readonly string[]): KafkaAction {
    const [name = '', ...rest] = words;
    if (!/^[A-Z]\w*$/.test(name)) throw new ScriptError('a member begins with a capital: "member A group=g"');
    const acksItself = rest.includes('acks_itself');
    const awaited = !rest.includes('async');
    const options = parseOptions(rest.filter((word) => word !== 'acks_itself' && word !== 'async'));
    const group = take(options, 'group') ?? 'g';
    const settings: MemberSettings = {
      name,
      group,
      topics: take(options, 'topics')?.split(',') ?? this.#topics,
      acksItself,
      awaited,
      consumer: {
        consume: oneOf(take(options, 'consume') ?? 'each-batch', kafkaConsumes),
        partitionsConcurrently: integer(take(options, 'concurrent') ?? '1'),
        commit: commitOf(take(options, 'commit') ?? 'auto', take(options, 'interval'), take(options, 'threshold')),
        fetchWaitMs: durationMs(take(options, 'fetch_wait') ?? '100ms'),
        sessionTimeoutMs: durationMs(take(options, 'session') ?? '30s'),
        heartbeatIntervalMs: durationMs(take(options, 'heartbeat') ?? '200ms'),
      },
    };
    refuseRest(options);
    const unknown = settings.topics.find((topic) => !this.#topics.includes(topic));
    if (unknown !== undefined) throw new ScriptError(`there is no topic ${unknown}`);
    this.#members.add(name);
    this.#groups.add(group);
    return { kind: 'member', settings };
  }

  #joined(words: readonly string[]): KafkaAction {
    const [member, ...rest] = words;
    const options = parseOptions(rest.filter((word) => word.includes('=')));
    const epoch = take(options, 'epoch');
    const members = take(options, 'members');
    refuseRest(options);
    const assigned = rest.filter((word) => !word.includes('=')).join(' ');
    return {
      kind: 'joined',
      member: this.#known(this.#members, member),
      epoch: epoch === undefined ? null : integer(epoch),
      members: members === undefined ? null : integer(members),
      assigned: assigned === '' ? null : assigned === 'nothing' ? '' : assigned,
    };
  }

  #expect(words: readonly string[]): KafkaAction {
    const [first = '', ...rest] = words;
    const [second = '', third = '', ...more] = rest;
    if (first.endsWith(':')) {
      return {
        kind: 'expect',
        channel: this.#channel(first.slice(0, -1)),
        isAnyOrder: false,
        events: eventTokens(rest),
      };
    }
    const channel = this.#channel(first);
    if (second === 'any:') {
      return { kind: 'expect', channel, isAnyOrder: true, events: eventTokens(rest.slice(1)) };
    }
    if (second === 'spread') {
      return { kind: 'spread', channel, partitions: integer(third), count: integer(only('spread', more)) };
    }
    const wanted = oneOf(second, ['inverted', 'ordered']);
    return { kind: 'order', channel, wanted, count: integer(only(wanted, [third, ...more])) };
  }

  #state(words: readonly string[]): KafkaAction {
    const [group, ...rest] = words;
    const options = parseOptions(rest);
    const uncommitted = integer(take(options, 'uncommitted') ?? '');
    refuseRest(options);
    return { kind: 'state', group: this.#known(this.#groups, group), uncommitted };
  }

  #channel(text: string): Channel {
    const [who = '', partition = null] = text.split('.');
    if (!this.#members.has(who) && !this.#groups.has(who)) throw new ScriptError(`nobody is called ${who}`);
    if (partition !== null && !this.#topics.includes(partition.replace(/\d+$/, '')))
      throw new ScriptError(`"${partition}" is no partition; write t0`);
    return { text, who, partition };
  }

  #known(names: ReadonlySet<string>, name: string | undefined): string {
    if (name === undefined || !names.has(name)) throw new ScriptError(`nobody is called ${name ?? '(nothing)'}`);
    return name;
  }
}

function commitOf(kind: string, interval: string | undefined, threshold: string | undefined): KafkaCommit {
  const chosen = oneOf(kind, ['auto', 'manual', 'never']);
  if (chosen !== 'auto') return { kind: chosen };
  return {
    kind: 'auto',
    intervalMs: interval === undefined ? null : durationMs(interval),
    threshold: threshold === undefined ? null : integer(threshold),
  };
}

function settledEvents(words: readonly string[]): 'all' | 'last' | EventToken[] {
  const [word, ...more] = words;
  return more.length === 0 && (word === 'all' || word === 'last') ? word : eventTokens(words);
}

function eventTokens(words: readonly string[]): EventToken[] {
  const tokens = words.flatMap(expandEventTokens).map((word) => {
    const token = parseEventToken(word);
    if (token === null) throw new ScriptError(`"${word}" is no event; write a3, a3r, a3*, a1..5 or a3@t0:2`);
    return token;
  });
  if (tokens.length === 0) throw new ScriptError('events are missing; to say that nothing comes, use "quiet 300ms"');
  return tokens;
}

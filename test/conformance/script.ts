/**
 * Parses a conformance script into a list of steps, or a {@link ScriptError} that names file and line. A script has one
 * step a line, read from top to bottom; docs/CONFORMANCE.md describes the language. It opens with comment lines: the
 * rule (`# rule 2: …`) and the sentence that it shows.
 */
import {
  durationMs,
  integer,
  oneOf,
  only,
  optionalDurationMs,
  optionalInteger,
  parseOpening,
  parseOptions,
  refuseRest,
  ScriptError,
  take,
} from './script-words.js';
import { expandTokens, parseToken, type Token } from './transcript.js';

export { ScriptError } from './script-words.js';

/** A step is taken only on servers for which this holds; `simulator` versions count like the server's. */
export interface Condition {
  readonly comparison: '<' | '>=';
  readonly version: readonly number[];
}

export interface DurableSettings {
  readonly name: string;
  readonly filters: readonly string[];
  readonly ackWaitMs: number;
  readonly maxAckPending: number;
  readonly maxDeliver: number | null;
  readonly backoffMs: readonly number[];
  readonly maxWaiting: number | null;
  readonly ackPolicy: 'explicit' | 'all' | 'none';
  readonly startSequence: number;
  /** null: it is never deleted for want of requests. */
  readonly inactiveMs: number | null;
  /** null: nobody is pinned. */
  readonly pinTimeoutMs: number | null;
}

export type SettleKind = 'ack' | 'nak' | 'term' | 'progress';

export const stateFields = [
  'pending',
  'ack_pending',
  'redelivered',
  'waiting',
  'delivered',
  'delivered_stream',
  'ack_floor',
  'ack_floor_stream',
] as const;
export type StateField = (typeof stateFields)[number];

export type Action =
  | { readonly kind: 'stream'; readonly subjects: readonly string[] }
  | { readonly kind: 'durable'; readonly settings: DurableSettings }
  | { readonly kind: 'publish'; readonly count: number; readonly subject: string; readonly messageId: string | null }
  | {
      readonly kind: 'pull';
      readonly puller: string;
      readonly durable: string;
      readonly batch: number;
      readonly expiresMs: number | null;
      readonly noWait: boolean;
      /** Sent with a reply subject that nobody listens to. */
      readonly unheard: boolean;
      /** Puller whose last pin the request names; null: it names none. */
      readonly pinOf: string | null;
    }
  | { readonly kind: 'delete'; readonly durable: string }
  | { readonly kind: 'close'; readonly puller: string }
  | {
      readonly kind: 'settle';
      readonly how: SettleKind;
      readonly puller: string;
      readonly deliveries: readonly Token[];
      readonly delayMs: number | null;
    }
  | {
      readonly kind: 'expect';
      /** A puller, or one of {@link sharedChannels}. */
      readonly channel: string;
      /** All of one length. The simulator must show the first, a server any. */
      readonly alternatives: readonly (readonly Token[])[];
    }
  | {
      readonly kind: 'state';
      readonly durable: string;
      readonly wanted: readonly { readonly field: StateField; readonly value: number }[];
    }
  | { readonly kind: 'quiet'; readonly ms: number }
  | { readonly kind: 'pause'; readonly ms: number };

export interface Step {
  readonly line: number;
  /** As written, for messages. */
  readonly text: string;
  readonly condition: Condition | null;
  readonly action: Action;
}

export interface Script {
  /** File name without its ending. */
  readonly name: string;
  readonly rules: readonly number[];
  /** What it shows, as the opening comment says it. */
  readonly sentence: string;
  readonly condition: Condition | null;
  readonly steps: readonly Step[];
}

/** Channels that are no puller: every puller's entries in order of arrival, give-up advisories, publish acks. */
export const sharedChannels = ['order', 'advisories', 'published'] as const;

/** @throws {ScriptError} with the line at fault */
export function parseScript(name: string, text: string): Script {
  const lines = text.split(/\r?\n/);
  const parser = new Parser();
  const steps: Step[] = [];
  let condition: Condition | null = null;
  lines.forEach((whole, index) => {
    const words = whole.replace(/(^|\s)#.*$/, '').trim();
    if (words === '') return;
    try {
      const only = /^only when (.+)$/.exec(words);
      if (only !== null) {
        condition = parseCondition(only[1]!);
        return;
      }
      const [body, when] = splitCondition(words);
      steps.push({ line: index + 1, text: words, condition: when, action: parser.action(body) });
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      throw new ScriptError(`${name}:${index + 1}: ${error.message}`);
    }
  });
  return { name, ...parseOpening(name, lines), condition, steps };
}

function splitCondition(words: string): [string, Condition | null] {
  const when = /^(.*?)\s+when (server .+)$/.exec(words);
  return when === null ? [words, null] : [when[1]!, parseCondition(when[2]!)];
}

function parseCondition(words: string): Condition {
  const match = /^server (<|>=) (\d+(?:\.\d+)*)$/.exec(words);
  if (match === null) throw new ScriptError(`"${words}" is no condition; write "server >= 2.10" or "server < 2.10"`);
  return { comparison: match[1] === '<' ? '<' : '>=', version: match[2]!.split('.').map(Number) };
}

/** Whether a step with this condition is for a server of this version. */
export function holdsFor(condition: Condition | null, version: readonly number[]): boolean {
  if (condition === null) return true;
  const { comparison, version: bound } = condition;
  const length = Math.max(version.length, bound.length);
  for (let i = 0; i < length; i++) {
    const difference = (version[i] ?? 0) - (bound[i] ?? 0);
    if (difference !== 0) return difference < 0 === (comparison === '<');
  }
  return comparison === '>=';
}

/** Turns one line into an action; remembers what was declared, so that names can be checked and left out. */
class Parser {
  readonly #durables = new Set<string>();
  readonly #pullers = new Set<string>();
  #subjects: readonly string[] = ['s'];

  action(words: string): Action {
    const [verb = '', ...rest] = words.split(/\s+/);
    switch (verb) {
      case 'stream':
        return this.#stream(rest);
      case 'durable':
        return this.#durable(rest);
      case 'publish':
        return this.#publish(rest);
      case 'pull':
        return this.#pull(rest);
      case 'delete':
        return { kind: 'delete', durable: this.#durableName(only('delete', rest)) };
      case 'close':
        return { kind: 'close', puller: this.#puller(only('close', rest)) };
      case 'ack':
      case 'nak':
      case 'term':
      case 'progress':
        return this.#settle(verb, rest);
      case 'expect':
        return this.#expect(words.slice('expect'.length).trim());
      case 'state':
        return this.#state(rest);
      case 'quiet':
      case 'pause':
        return { kind: verb, ms: durationMs(only(verb, rest)) };
      default:
        throw new ScriptError(
          `unknown step "${verb}"; there are stream, durable, delete, publish, pull, close, ack, nak, term, progress, expect, state, quiet, pause`,
        );
    }
  }

  #stream(words: readonly string[]): Action {
    if (words.length === 0) throw new ScriptError('stream needs its subjects: "stream a b"');
    this.#subjects = words;
    return { kind: 'stream', subjects: words };
  }

  #durable(words: readonly string[]): Action {
    const [name, ...rest] = words;
    if (name === undefined) throw new ScriptError('durable needs a name: "durable d ack_wait=2s"');
    const options = parseOptions(rest);
    const settings: DurableSettings = {
      name,
      filters: take(options, 'filter')?.split(',') ?? [],
      ackWaitMs: durationMs(take(options, 'ack_wait') ?? '30s'),
      maxAckPending: integer(take(options, 'max_ack_pending') ?? '1000'),
      maxDeliver: optionalInteger(take(options, 'max_deliver')),
      backoffMs: take(options, 'backoff')?.split(',').map(durationMs) ?? [],
      maxWaiting: optionalInteger(take(options, 'max_waiting')),
      ackPolicy: oneOf(take(options, 'ack') ?? 'explicit', ['explicit', 'all', 'none']),
      startSequence: integer(take(options, 'start') ?? '1'),
      inactiveMs: optionalDurationMs(take(options, 'inactive')),
      pinTimeoutMs: optionalDurationMs(take(options, 'pin_timeout')),
    };
    refuseRest(options);
    this.#durables.add(name);
    return { kind: 'durable', settings };
  }

  #publish(words: readonly string[]): Action {
    const rest = [...words];
    const count = /^\d+$/.test(rest[0] ?? '') ? integer(rest.shift()!) : 1;
    let subject = this.#subjects[0]!;
    if (rest[0] === 'on') {
      if (rest[1] === undefined) throw new ScriptError('publish on needs a subject: "publish 2 on a"');
      subject = rest[1];
      rest.splice(0, 2);
    }
    const options = parseOptions(rest);
    const messageId = take(options, 'id') ?? null;
    refuseRest(options);
    return { kind: 'publish', count, subject, messageId };
  }

  #pull(words: readonly string[]): Action {
    const rest = [...words];
    const puller = rest.shift();
    if (puller === undefined || !/^[A-Za-z]\w*$/.test(puller))
      throw new ScriptError('pull needs a puller: "pull A batch=3"');
    if ((sharedChannels as readonly string[]).includes(puller))
      throw new ScriptError(`a puller cannot be called ${puller}`);
    let durable: string | undefined;
    if (rest[0] === 'from') {
      durable = rest[1];
      rest.splice(0, 2);
    }
    const noWait = rest.includes('no_wait');
    const unheard = rest.includes('unheard');
    const isPinned = rest.includes('pin');
    const options = parseOptions(rest.filter((word) => !['no_wait', 'unheard', 'pin'].includes(word)));
    const otherPin = take(options, 'pin');
    const batch = integer(take(options, 'batch') ?? '1');
    const expires = take(options, 'expires') ?? (noWait ? 'never' : '25s');
    refuseRest(options);
    this.#pullers.add(puller);
    const expiresMs = expires === 'never' ? null : durationMs(expires);
    const pinOf = otherPin === undefined ? (isPinned ? puller : null) : this.#puller(otherPin);
    return { kind: 'pull', puller, durable: this.#durableName(durable), batch, expiresMs, noWait, unheard, pinOf };
  }

  #settle(how: SettleKind, words: readonly string[]): Action {
    const [puller = '', ...rest] = words;
    const options = parseOptions(rest.filter((word) => word.includes('=')));
    const delay = take(options, 'delay');
    refuseRest(options);
    if (delay !== undefined && how !== 'nak') throw new ScriptError(`${how} knows no delay`);
    const deliveries = tokens(rest.filter((word) => !word.includes('=')).join(' '));
    if (deliveries.length === 0) throw new ScriptError(`${how} needs deliveries: "${how} A 1 2r"`);
    return {
      kind: 'settle',
      how,
      puller: this.#puller(puller),
      deliveries,
      delayMs: delay === undefined ? null : durationMs(delay),
    };
  }

  #expect(rest: string): Action {
    const match = /^(\w+):\s*(.*)$/.exec(rest);
    if (match === null) throw new ScriptError('expect needs a channel and entries: "expect A: 1 2r 408"');
    const channel = match[1]!;
    if (!(sharedChannels as readonly string[]).includes(channel)) this.#puller(channel);
    const alternatives = match[2]!.split('|').map(tokens);
    const lengths = new Set(alternatives.map((alternative) => alternative.length));
    if (lengths.size > 1) throw new ScriptError('alternatives must have the same number of entries');
    if (lengths.has(0)) throw new ScriptError('expect needs entries; to say that nothing comes, use "quiet 300ms"');
    for (const token of alternatives.flat()) {
      if ((channel === 'order') !== (token.puller !== null)) {
        throw new ScriptError(`"${token.text}": entries of order, and only they, name their puller: "A:1"`);
      }
    }
    return { kind: 'expect', channel, alternatives };
  }

  #state(words: readonly string[]): Action {
    const named = words[0]?.includes('=') === false;
    const durable = this.#durableName(named ? words[0] : undefined);
    const options = parseOptions(named ? words.slice(1) : words);
    const wanted = [...options].map(([field, value]) => ({ field: oneOf(field, stateFields), value: integer(value) }));
    if (wanted.length === 0) throw new ScriptError('state needs values: "state ack_pending=2 waiting=0"');
    return { kind: 'state', durable, wanted };
  }

  #durableName(name: string | undefined): string {
    if (name === undefined) {
      const [first, ...others] = this.#durables;
      if (first === undefined || others.length > 0)
        throw new ScriptError('say which durable, unless there is exactly one');
      return first;
    }
    if (!this.#durables.has(name)) throw new ScriptError(`there is no durable ${name} before this line`);
    return name;
  }

  #puller(name: string): string {
    if (!this.#pullers.has(name))
      throw new ScriptError(`nobody called ${name || '(nothing)'} has pulled before this line`);
    return name;
  }
}

function tokens(words: string): Token[] {
  return words
    .split(/\s+/)
    .filter((word) => word !== '')
    .flatMap((word) => expandTokens(word))
    .map((word) => {
      const token = parseToken(word);
      if (token === null)
        throw new ScriptError(`"${word}" is no entry; write 3, 3r, 3r2, 3@subject, 408, 1..5 or, in order, A:3`);
      return token;
    });
}

/**
 * Runs the steps of a script on a target, one after the other. An `expect` waits until as many entries as it names have
 * come in and then compares; so a script goes on because of what it has seen, never because of how long something
 * should take.
 */
import { holdsFor, ScriptError, type Action, type Script, type Step } from './script.js';
import type { Session, Target } from './target.js';
import { describeEntry, entryMatches, Transcript, type Received, type Token } from './transcript.js';

/** How long an expected entry may take. Far above anything that a script waits for. */
const expectTimeoutMs = 20_000;

/** A target did something else than the script says. */
export class Contradiction extends Error {
  override readonly name = 'Contradiction';
}

export interface ScriptResult {
  /** Lines on which the target showed another than the first of the allowed transcripts. */
  readonly alternativeLines: readonly number[];
}

/** @throws {Contradiction} with the line, what was expected and what came instead */
export async function runScript(script: Script, target: Target): Promise<ScriptResult> {
  const transcript = new Transcript();
  const session = await target.open(script.name, transcript);
  const run = new Run(script, target, session, transcript);
  try {
    for (const step of script.steps) {
      if (holdsFor(step.condition, target.version)) await run.take(step);
    }
  } finally {
    await session.close();
  }
  return { alternativeLines: run.alternativeLines };
}

class Run {
  readonly alternativeLines: number[] = [];
  readonly #script: Script;
  readonly #target: Target;
  readonly #session: Session;
  readonly #transcript: Transcript;
  #hasStream = false;

  constructor(script: Script, target: Target, session: Session, transcript: Transcript) {
    this.#script = script;
    this.#target = target;
    this.#session = session;
    this.#transcript = transcript;
  }

  async take(step: Step): Promise<void> {
    const { action } = step;
    await this.#ensureStream(action);
    switch (action.kind) {
      case 'stream':
        return;
      case 'durable':
        return this.#session.createDurable(action.settings);
      case 'delete':
        return this.#session.deleteDurable(action.durable);
      case 'publish':
        return this.#publish(action);
      case 'pull':
        return this.#pull(step, action);
      case 'close':
        return this.#session.closePuller(action.puller);
      case 'settle':
        return this.#settle(step, action);
      case 'expect':
        return this.#expect(step, action);
      case 'state':
        return this.#state(step, action);
      case 'pause':
        return this.#session.pause(action.ms);
      case 'quiet':
        return this.#quiet(step, action.ms);
    }
  }

  async #ensureStream(action: Action): Promise<void> {
    if (this.#hasStream) return;
    this.#hasStream = true;
    await this.#session.createStream(action.kind === 'stream' ? action.subjects : ['s']);
  }

  async #publish(action: Action & { kind: 'publish' }): Promise<void> {
    for (let i = 0; i < action.count; i++) {
      const answer = await this.#session.publish(action.subject, action.messageId);
      this.#transcript.add('published', { kind: 'published', ...answer });
    }
  }

  async #pull(step: Step, action: Action & { kind: 'pull' }): Promise<void> {
    const { pinOf, ...settings } = action;
    const pinId = pinOf === null ? null : this.#transcript.pinOf(pinOf);
    if (pinOf !== null && pinId === null) throw new ScriptError(this.#at(step, `${pinOf} has been told of no pin`));
    await this.#session.pull({ ...settings, pinId });
  }

  async #settle(step: Step, action: Action & { kind: 'settle' }): Promise<void> {
    for (const token of action.deliveries) {
      const delivery = this.#transcript.delivery(action.puller, token);
      if (delivery === null) throw new ScriptError(this.#at(step, `${action.puller} has not received ${token.text}`));
      await this.#session.settle(action.how, delivery, action.delayMs);
    }
  }

  async #expect(step: Step, action: Action & { kind: 'expect' }): Promise<void> {
    const { channel, alternatives } = action;
    const length = alternatives[0]!.length;
    await this.#session.until(() => this.#transcript.unread(channel).length >= length, expectTimeoutMs);
    const received = this.#transcript.unread(channel).slice(0, length);
    const shown = alternatives.findIndex((tokens) => tokensMatch(tokens, received));
    if (shown === -1 || (shown > 0 && this.#target.isDeterministic)) {
      const withPuller = channel === 'order';
      const came = received.map((one) => (withPuller ? `${one.channel}:` : '') + describeEntry(one.entry)).join(' ');
      const missing = received.length < length ? ` and then nothing within ${expectTimeoutMs / 1000} s` : '';
      throw new Contradiction(this.#at(step, `came: ${came || '(nothing)'}${missing}`));
    }
    if (shown > 0) this.alternativeLines.push(step.line);
    this.#transcript.read(channel, length);
  }

  async #state(step: Step, action: Action & { kind: 'state' }): Promise<void> {
    let last = {} as Readonly<Record<string, number>>;
    const holds = await this.#session.until(async () => {
      last = await this.#session.state(action.durable);
      return action.wanted.every(({ field, value }) => last[field] === value);
    }, expectTimeoutMs);
    if (holds) return;
    const was = action.wanted.map(({ field }) => `${field}=${last[field]}`).join(' ');
    throw new Contradiction(this.#at(step, `is: ${was}`));
  }

  async #quiet(step: Step, ms: number): Promise<void> {
    await this.#session.pause(ms);
    const unexpected = this.#transcript.unexpected();
    if (unexpected.length === 0) return;
    const came = unexpected.map(({ channel, entry }) => `${channel}:${describeEntry(entry)}`).join(' ');
    throw new Contradiction(this.#at(step, `came: ${came}`));
  }

  #at(step: Step, what: string): string {
    return `${this.#script.name}:${step.line}: ${step.text}\n  ${what}\n  all pullers so far: ${this.#transcript.toString()}`;
  }
}

function tokensMatch(tokens: readonly Token[], received: readonly Received[]): boolean {
  return (
    received.length === tokens.length &&
    tokens.every((token, i) => {
      const { channel, entry } = received[i]!;
      return (token.puller === null || token.puller === channel) && entryMatches(token, entry);
    })
  );
}

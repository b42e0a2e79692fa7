/**
 * Performs a drawn script on a target, and tells what was seen, durable by durable: deliveries and statuses in order of
 * arrival, and between them what the consumer's info said. Performed on the simulator, time is virtual and an operation
 * comes as late as a given draw says; on a server it comes when its slot begins, and how late that was is told.
 */
import { performance } from 'node:perf_hooks';
import type { Session, Target } from '../target.js';
import { describeEntry, Transcript, type Delivery, type Entry } from '../transcript.js';
import { pullerName, slotMs, type DrawnScript, type Operation } from './drawn-script.js';

export interface Observation {
  /** A line for each durable, and one for the answers to publishes. */
  readonly lines: readonly string[];
  /** How long after the beginning of its slot the latest operation was done. 0 on the simulator. */
  readonly latenessMs: number;
}

/** @param latenesses of the operations, in ms, for the simulator; a server has its own */
export async function perform(
  script: DrawnScript,
  target: Target,
  latenesses: () => number = () => 0,
): Promise<Observation> {
  const transcript = new Transcript();
  const session = await target.open('drawn', transcript);
  try {
    await session.createStream(['a', 'b']);
    for (const settings of script.durables) await session.createDurable(settings);
    const performance = new Performance(script, session, transcript);
    const pace = target.isDeterministic ? new VirtualPace(session, latenesses) : new WallPace(session);
    let atMs = 0;
    for (const operation of script.operations) {
      await pace.reach(atMs);
      await performance.take(operation);
      pace.done(atMs);
      atMs += slotMs * (operation.kind === 'pause' ? operation.slots : 1);
    }
    return { lines: performance.lines(), latenessMs: pace.latenessMs };
  } finally {
    await session.close();
  }
}

interface Pace {
  readonly latenessMs: number;
  reach(atMs: number): Promise<void>;
  done(atMs: number): void;
}

class VirtualPace implements Pace {
  readonly latenessMs = 0;
  readonly #session: Session;
  readonly #latenesses: () => number;
  #nowMs = 0;

  constructor(session: Session, latenesses: () => number) {
    this.#session = session;
    this.#latenesses = latenesses;
  }

  async reach(atMs: number): Promise<void> {
    const toMs = Math.max(this.#nowMs, atMs + this.#latenesses());
    await this.#session.pause(toMs - this.#nowMs);
    this.#nowMs = toMs;
  }

  done(): void {
    // Nothing takes any time.
  }
}

class WallPace implements Pace {
  latenessMs = 0;
  readonly #session: Session;
  readonly #begunMs = performance.now();

  constructor(session: Session) {
    this.#session = session;
  }

  async reach(atMs: number): Promise<void> {
    const waitMs = this.#begunMs + atMs - performance.now();
    if (waitMs > 0) await this.#session.pause(waitMs);
  }

  done(atMs: number): void {
    this.latenessMs = Math.max(this.latenessMs, performance.now() - this.#begunMs - atMs);
  }
}

class Performance {
  readonly #script: DrawnScript;
  readonly #session: Session;
  readonly #transcript: Transcript;
  readonly #there: boolean[];
  readonly #lines: string[][];
  readonly #deliveries: Delivery[][];
  readonly #published: string[] = [];

  constructor(script: DrawnScript, session: Session, transcript: Transcript) {
    this.#script = script;
    this.#session = session;
    this.#transcript = transcript;
    this.#there = script.durables.map(() => true);
    this.#lines = script.durables.map(() => []);
    this.#deliveries = script.durables.map(() => []);
  }

  lines(): readonly string[] {
    this.#takeIn();
    const durables = this.#script.durables.map(({ name }, i) => `${name}: ${this.#lines[i]!.join(' ')}`);
    return [...durables, `published: ${this.#published.join(' ')}`];
  }

  async take(operation: Operation): Promise<void> {
    this.#takeIn();
    switch (operation.kind) {
      case 'publish':
        return this.#publish(operation);
      case 'pull': {
        const { durable, puller, ...settings } = operation;
        const name = this.#script.durables[durable]!.name;
        const pull = { ...settings, puller: pullerName(this.#script, durable, puller), durable: name, pinId: null };
        return this.#session.pull(pull);
      }
      case 'settle': {
        const deliveries = this.#deliveries[operation.durable]!;
        if (deliveries.length === 0 || !this.#there[operation.durable]!) return;
        const delivery = deliveries.at(-1 - (operation.pick % deliveries.length))!;
        return this.#session.settle(operation.how, delivery, operation.delayMs);
      }
      case 'close':
        return this.#session.closePuller(pullerName(this.#script, operation.durable, operation.puller));
      case 'delete':
        return this.#delete(operation.durable);
      case 'create':
        return this.#create(operation.durable);
      case 'info':
        return this.#info();
      case 'pause':
        return;
    }
  }

  /** Takes in what pullers have received. */
  #takeIn(): void {
    const received = this.#transcript.unread('order');
    this.#transcript.read('order', received.length);
    for (const { channel, entry } of received) {
      const at = this.#script.durables.findIndex(({ name }) => channel.startsWith(name));
      this.#lines[at]!.push(`${channel.slice(1)}:${describe(entry)}`);
      if (entry.kind === 'delivery') this.#deliveries[at]!.push(entry);
    }
  }

  async #publish({ count, subject, messageId }: Operation & { kind: 'publish' }): Promise<void> {
    for (let i = 0; i < count; i++) {
      const { sequence, duplicate } = await this.#session.publish(subject, messageId);
      this.#published.push(`${sequence}${duplicate ? 'd' : ''}`);
    }
  }

  async #delete(durable: number): Promise<void> {
    if (!this.#there[durable]!) return;
    this.#there[durable] = false;
    await this.#session.deleteDurable(this.#script.durables[durable]!.name);
  }

  async #create(durable: number): Promise<void> {
    if (this.#there[durable]!) return;
    this.#there[durable] = true;
    await this.#session.createDurable(this.#script.durables[durable]!);
  }

  async #info(): Promise<void> {
    const states: string[] = [];
    for (const [i, { name }] of this.#script.durables.entries()) {
      states.push(this.#there[i]! ? JSON.stringify(await this.#session.state(name)).replaceAll('"', '') : '(none)');
    }
    this.#takeIn();
    const advisories = this.#transcript.unread('advisories').map(({ entry }) => describeEntry(entry));
    for (const [i, state] of states.entries())
      this.#lines[i]!.push(`\n   ${state} gave up [${advisories.sort().join(' ')}]\n  `);
  }
}

function describe(entry: Entry): string {
  // The client, not the server, words the status of a request that finds nobody.
  if (entry.kind === 'status' && entry.code === 503) return '503';
  if (entry.kind !== 'delivery') return describeEntry(entry);
  return `${describeEntry(entry)}(${entry.consumerSequence},${entry.pending})`;
}

/**
 * Runs the steps of a Kafka script, one after the other, and compares what comes with what the script expects. A step
 * that waits for something goes on as soon as it has been seen, and fails when it does not come; nothing is ever taken
 * to have happened because of the time.
 */
import type { KafkaAction, KafkaScript, KafkaStep } from './kafka-script.js';
import { KafkaSession } from './kafka-session.js';
import type { KafkaTarget } from './kafka-target.js';
import { matchesToken, showHandedOver, type HandedOver } from './kafka-transcript.js';
import { Contradiction } from './run-script.js';
import { ScriptError } from './script-words.js';

/** How long something expected may take. Far above anything that a script waits for. */
const patienceMs = 45_000;

/** @throws {Contradiction} with the line, what was expected and what came instead */
export async function runKafkaScript(script: KafkaScript, target: KafkaTarget): Promise<void> {
  let session: KafkaSession | null = null;
  await target.run(
    script.name,
    (kind, detail) => session?.noted(kind, detail),
    async (world) => {
      const own = new KafkaSession(world, script);
      session = own;
      const run = new Run(script, own);
      try {
        await own.open();
        for (const step of script.steps) await run.take(step);
      } finally {
        await own.close();
      }
    },
  );
}

class Run {
  readonly #script: KafkaScript;
  readonly #session: KafkaSession;

  constructor(script: KafkaScript, session: KafkaSession) {
    this.#script = script;
    this.#session = session;
  }

  async take(step: KafkaStep): Promise<void> {
    const { action } = step;
    const session = this.#session;
    switch (action.kind) {
      case 'topic':
        return;
      case 'publisher':
        return session.openPublisher(action.name, action.producer);
      case 'publish':
        return session.publish(action);
      case 'settled':
        return this.#until(
          step,
          () => session.outstanding(action.publisher) === 0,
          () => 'publishes are outstanding',
        );
      case 'retried':
        return this.#until(
          step,
          () => session.retries(action.publisher) >= action.count,
          () => `retries: ${session.retries(action.publisher)}`,
        );
      case 'refuse':
        return session.setWritable(!action.on);
      case 'partitions':
        return session.addPartitions(action.count);
      case 'restart':
        return session.restartBroker();
      case 'member':
        return session.openMember(action.settings);
      case 'ack':
      case 'fail':
        this.#settle(step, action);
        return;
      case 'leave':
        return session.leave(action.member);
      case 'joined':
        return this.#joined(step, action);
      case 'expect':
      case 'order':
      case 'spread':
        return this.#expect(step, action);
      case 'state':
        return this.#state(step, action);
      case 'quiet':
        return this.#quiet(step, action.ms);
    }
  }

  #settle(step: KafkaStep, { kind, member, events }: KafkaAction & { kind: 'ack' | 'fail' }): void {
    const { transcript } = this.#session;
    if (typeof events === 'string') {
      for (const event of transcript.ofMember(member).slice(events === 'last' ? -1 : 0))
        this.#session.settle(kind, event);
      return;
    }
    for (const token of events) {
      const event = transcript.find(member, token);
      if (event === null) throw new ScriptError(this.#at(step, `${member} was not handed ${token.text}`));
      this.#session.settle(kind, event);
    }
  }

  async #joined(step: KafkaStep, wanted: KafkaAction & { kind: 'joined' }): Promise<void> {
    const { member, epoch, members, assigned } = wanted;
    await this.#until(
      step,
      () => {
        const last = this.#session.lastJoin(member);
        return (
          last !== null &&
          (epoch === null || last.epoch === epoch) &&
          (members === null || last.members === members) &&
          (assigned === null || last.assigned === assigned)
        );
      },
      () => `${member} joined last: ${JSON.stringify(this.#session.lastJoin(member))}`,
    );
  }

  async #expect(step: KafkaStep, action: KafkaAction & { kind: 'expect' | 'order' | 'spread' }): Promise<void> {
    const { transcript } = this.#session;
    const { channel } = action;
    const count = action.kind === 'expect' ? action.events.length : action.count;
    const came = (): readonly HandedOver[] => transcript.unread(channel).slice(0, count);
    const show = (): string => `came: ${came().map(showHandedOver).join(' ') || '(nothing)'}`;
    await this.#until(
      step,
      () => came().length === count,
      () => `${show()} and then nothing`,
    );
    if (!holds(action, came())) throw new Contradiction(this.#at(step, show()));
    transcript.markRead(channel, came());
  }

  async #state(step: KafkaStep, { group, uncommitted }: KafkaAction & { kind: 'state' }): Promise<void> {
    let last = -1;
    await this.#until(
      step,
      async () => {
        last = await this.#session.uncommitted(group);
        return last === uncommitted;
      },
      () => `is: uncommitted=${last}`,
    );
  }

  async #quiet(step: KafkaStep, ms: number): Promise<void> {
    await this.#session.sleep(ms);
    const unexpected = this.#session.transcript.unexpected();
    if (unexpected.length === 0) return;
    const came = unexpected.map((event) => `${event.member}:${showHandedOver(event)}`).join(' ');
    throw new Contradiction(this.#at(step, `came: ${came}`));
  }

  async #until(step: KafkaStep, isSo: () => boolean | Promise<boolean>, otherwise: () => string): Promise<void> {
    if (await this.#session.until(isSo, patienceMs)) return;
    throw new Contradiction(this.#at(step, otherwise()));
  }

  #at(step: KafkaStep, what: string): string {
    const { name } = this.#script;
    return `${name}:${step.line}: ${step.text}\n  ${what}\n  all so far: ${this.#session.transcript.toString()}`;
  }
}

function holds(action: KafkaAction & { kind: 'expect' | 'order' | 'spread' }, came: readonly HandedOver[]): boolean {
  switch (action.kind) {
    case 'expect': {
      if (!action.isAnyOrder) return action.events.every((token, i) => matchesToken(token, came[i]!));
      const left = [...came];
      return action.events.every((token) => {
        const index = left.findIndex((event) => matchesToken(token, event));
        if (index !== -1) left.splice(index, 1);
        return index !== -1;
      });
    }
    case 'order':
      return isInverted(came) === (action.wanted === 'inverted');
    case 'spread':
      return new Set(came.map(({ topic, partition }) => `${topic}${partition}`)).size === action.partitions;
  }
}

/** Whether some version comes behind a higher one of its aggregate. */
function isInverted(events: readonly HandedOver[]): boolean {
  const highest = new Map<string, number>();
  return events.some(({ aggregate, version }) => {
    const before = highest.get(aggregate) ?? 0;
    highest.set(aggregate, Math.max(before, version));
    return version < before;
  });
}

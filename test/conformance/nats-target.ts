/**
 * Runs a script on a real server, through the core API of the `nats` client alone: a pull is a request published to the
 * durable's subject with the puller's inbox as reply, an ack is a request to the reply subject of the delivery. So the
 * transcript is what the server sent, in the order of its arrival on one connection.
 */
import { connect, createInbox, ErrorCode, headers, type Msg, type NatsConnection, type Subscription } from 'nats';
import type { DurableSettings, SettleKind, StateField } from './script.js';
import type { PullSettings, Session, Target } from './target.js';
import type { Delivery, Transcript } from './transcript.js';

/** How long the server may take to answer a request. */
const answerTimeoutMs = 15_000;
const nanosPerMs = 1_000_000;
/** The one priority group of durables that pin a client. */
const group = 'g';

/**
 * @param patienceMs how long pulls and settlements may take to be taken. By default a server that does not answer makes
 *   a script fail; with a shorter time the script goes on: some are never answered, such as an ack of what is not there
 */
export async function natsTarget(url: string, patienceMs = answerTimeoutMs): Promise<Target> {
  const connection = await connect({ servers: url });
  const version = connection.info?.version ?? '0';
  await connection.close();
  let scripts = 0;
  return {
    name: `nats-server ${version}`,
    version: version.split('.').map((part) => Number.parseInt(part, 10)),
    isDeterministic: false,
    open: async (scriptName, transcript) => {
      scripts++;
      const stream = `conformance-${process.pid}-${scripts}-${scriptName}`;
      return new NatsSession(await connect({ servers: url, name: stream }), stream, transcript, patienceMs);
    },
  };
}

class NatsSession implements Session {
  readonly #connection: NatsConnection;
  readonly #stream: string;
  readonly #transcript: Transcript;
  readonly #pullers = new Map<string, Subscription>();
  /** Durables that pin a client: requests to them name the group. */
  readonly #pinning = new Set<string>();

  readonly #patienceMs: number;

  constructor(connection: NatsConnection, stream: string, transcript: Transcript, patienceMs: number) {
    this.#patienceMs = patienceMs;
    this.#connection = connection;
    this.#stream = stream;
    this.#transcript = transcript;
  }

  async createStream(subjects: readonly string[]): Promise<void> {
    await this.#api(`STREAM.CREATE.${this.#stream}`, {
      name: this.#stream,
      subjects: subjects.map((subject) => this.#ownSubject(subject)),
      storage: 'memory',
      retention: 'limits',
      num_replicas: 1,
    });
    this.#connection.subscribe(`$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${this.#stream}.*`, {
      callback: (_error, message) => {
        const { stream_seq: sequence } = message.json<{ stream_seq: number }>();
        this.#transcript.add('advisories', { kind: 'advisory', sequence });
      },
    });
    await this.#connection.flush();
  }

  async createDurable(settings: DurableSettings): Promise<void> {
    const { name, filters, ackWaitMs, maxAckPending, maxDeliver, backoffMs, maxWaiting, ackPolicy } = settings;
    const { pinTimeoutMs, startSequence, inactiveMs } = settings;
    if (pinTimeoutMs !== null) this.#pinning.add(name);
    const own = filters.map((filter) => this.#ownSubject(filter));
    await this.#api(`CONSUMER.DURABLE.CREATE.${this.#stream}.${name}`, {
      stream_name: this.#stream,
      config: {
        durable_name: name,
        ...(startSequence === 1
          ? { deliver_policy: 'all' }
          : { deliver_policy: 'by_start_sequence', opt_start_seq: startSequence }),
        ack_policy: ackPolicy,
        ack_wait: ackWaitMs * nanosPerMs,
        ...(ackPolicy === 'none' ? {} : { max_ack_pending: maxAckPending }),
        ...(inactiveMs === null ? {} : { inactive_threshold: inactiveMs * nanosPerMs }),
        ...(maxDeliver === null ? {} : { max_deliver: maxDeliver }),
        ...(backoffMs.length === 0 ? {} : { backoff: backoffMs.map((ms) => ms * nanosPerMs) }),
        ...(maxWaiting === null ? {} : { max_waiting: maxWaiting }),
        ...(pinTimeoutMs === null ? {} : pinnedConfig(pinTimeoutMs)),
        ...(own.length === 1 ? { filter_subject: own[0] } : {}),
        ...(own.length > 1 ? { filter_subjects: own } : {}),
      },
    });
  }

  async deleteDurable(name: string): Promise<void> {
    await this.#api(`CONSUMER.DELETE.${this.#stream}.${name}`, {});
  }

  async publish(subject: string, messageId: string | null): Promise<{ sequence: number; duplicate: boolean }> {
    const options = {
      timeout: answerTimeoutMs,
      ...(messageId === null ? {} : { headers: messageIdHeader(messageId) }),
    };
    const answer = await this.#connection.request(this.#ownSubject(subject), '', options);
    const stored = checked(answer, `publish to ${subject}`) as { seq: number; duplicate?: boolean };
    return { sequence: stored.seq, duplicate: stored.duplicate ?? false };
  }

  async pull({ puller, durable, batch, expiresMs, noWait, unheard, pinId }: PullSettings): Promise<void> {
    const subject = `$JS.API.CONSUMER.MSG.NEXT.${this.#stream}.${durable}`;
    const request = {
      batch,
      ...(expiresMs === null ? {} : { expires: expiresMs * nanosPerMs }),
      ...(noWait ? { no_wait: true } : {}),
      ...(this.#pinning.has(durable) ? { group } : {}),
      ...(pinId === null ? {} : { id: pinId }),
    };
    const reply = unheard ? createInbox() : this.#inboxOf(puller);
    this.#connection.publish(subject, JSON.stringify(request), { reply });
    // A request that cannot be parsed is answered with 400 and has no other effect. The server takes requests one
    // after the other, so the answer says that the one before has been taken.
    await this.#requestUnlessNobody(subject, '{');
  }

  async closePuller(puller: string): Promise<void> {
    this.#pullers.get(puller)?.unsubscribe();
    this.#pullers.delete(puller);
    await this.#connection.flush();
  }

  async settle(how: SettleKind, delivery: Delivery, delayMs: number | null): Promise<void> {
    const body = { ack: '+ACK', nak: '-NAK', term: '+TERM', progress: '+WPI' }[how];
    const delay = delayMs === null ? '' : ` ${JSON.stringify({ delay: delayMs * nanosPerMs })}`;
    await this.#requestUnlessNobody(delivery.handle as string, body + delay);
  }

  async state(durable: string): Promise<Record<StateField, number>> {
    const info = await this.#api<{
      num_pending: number;
      num_ack_pending: number;
      num_redelivered: number;
      num_waiting: number;
      delivered: { consumer_seq: number; stream_seq: number };
      ack_floor: { consumer_seq: number; stream_seq: number };
    }>(`CONSUMER.INFO.${this.#stream}.${durable}`, {});
    return {
      pending: info.num_pending,
      ack_pending: info.num_ack_pending,
      redelivered: info.num_redelivered,
      waiting: info.num_waiting,
      delivered: info.delivered.consumer_seq,
      delivered_stream: info.delivered.stream_seq,
      ack_floor: info.ack_floor.consumer_seq,
      ack_floor_stream: info.ack_floor.stream_seq,
    };
  }

  async until(holds: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
    const limitMs = Date.now() + timeoutMs;
    for (;;) {
      const changed = new Promise<void>((resolve) => this.#transcript.onChange(resolve));
      if (await holds()) return true;
      if (Date.now() >= limitMs) return false;
      await Promise.race([changed, this.pause(20)]);
    }
  }

  async pause(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  async close(): Promise<void> {
    try {
      if (!this.#connection.isClosed()) await this.#api(`STREAM.DELETE.${this.#stream}`, {});
    } finally {
      await this.#connection.close();
    }
  }

  /** Subjects of one script are its own: the stream's name stands before them. */
  #ownSubject(subject: string): string {
    return `${this.#stream}.${subject}`;
  }

  #inboxOf(puller: string): string {
    const known = this.#pullers.get(puller);
    if (known !== undefined) return known.getSubject();
    const subscription = this.#connection.subscribe(createInbox(), {
      callback: (error, message) => {
        if (error === null) this.#received(puller, message);
      },
    });
    this.#pullers.set(puller, subscription);
    return subscription.getSubject();
  }

  #received(puller: string, message: Msg): void {
    const code = message.headers?.code ?? 0;
    if (code !== 0 && message.data.length === 0) {
      const description = message.headers?.description ?? '';
      this.#transcript.add(puller, { kind: 'status', code, description });
      return;
    }
    const handle = message.reply ?? '';
    const { count, sequence, consumerSequence, pending } = parseAckSubject(handle);
    const subject = message.subject.slice(this.#stream.length + 1);
    const pin = message.headers?.get('Nats-Pin-Id') ?? '';
    const pinId = pin === '' ? null : pin;
    this.#transcript.add(puller, {
      kind: 'delivery',
      ...{ sequence, count, subject, consumerSequence, pending, pinId, handle },
    });
  }

  /** Waits for the answer. Nobody may be there: that is what a request before was answered too. */
  async #requestUnlessNobody(subject: string, body: string): Promise<void> {
    const isPatient = this.#patienceMs === answerTimeoutMs;
    await this.#connection.request(subject, body, { timeout: this.#patienceMs }).catch((error: unknown) => {
      const { code } = error as { code?: string };
      if (code !== ErrorCode.NoResponders && (isPatient || code !== ErrorCode.Timeout)) throw error;
    });
  }

  async #api<T = unknown>(subject: string, request: unknown): Promise<T> {
    const answer = await this.#connection.request(`$JS.API.${subject}`, JSON.stringify(request), {
      timeout: answerTimeoutMs,
    });
    return checked(answer, subject) as T;
  }
}

function pinnedConfig(pinTimeoutMs: number): object {
  return {
    priority_policy: 'pinned_client',
    priority_groups: [group],
    priority_timeout: pinTimeoutMs * nanosPerMs,
  };
}

function messageIdHeader(messageId: string): ReturnType<typeof headers> {
  const header = headers();
  header.set('Nats-Msg-Id', messageId);
  return header;
}

/** The body of an answer. @throws if it says that the request failed */
function checked(answer: Msg, what: string): unknown {
  const body = answer.json<{ error?: { description: string } }>();
  if (body.error !== undefined) throw new Error(`${what}: ${body.error.description}`);
  return body;
}

/** `$JS.ACK.<stream>.<durable>.<delivery count>.<stream sequence>.<consumer sequence>.<time>.<pending>` */
function parseAckSubject(subject: string): Record<'count' | 'sequence' | 'consumerSequence' | 'pending', number> {
  const tokens = subject.split('.');
  // From the front: an account and a domain may stand behind $JS.ACK in the long form of 11 tokens and more.
  const first = tokens.length > 9 ? 6 : 4;
  const [count = 0, sequence = 0, consumerSequence = 0, , pending = 0] = tokens.slice(first).map(Number);
  return { count, sequence, consumerSequence, pending };
}

// Rules of the simulated JetStream, each broken in one place of its source: what stands there is replaced as the file is
// loaded. A comparison with a real server that does not find each of them is worth nothing.

/** `file` lies in src/broker/sim/jetstream; `rule` is its number in docs/CONFORMANCE.md. */
export const brokenRules = [
  {
    rule: 2,
    what: 'a request keeps its place at the head until it is full',
    file: 'wait-queue.ts',
    from: 'if (request.wanted > 0 && this.#size === 1) return;',
    to: 'if (request.wanted > 0) return;',
  },
  {
    rule: 4,
    what: 'a no_wait request is refused also where the others leave nothing but what it needs',
    file: 'pull-requests.ts',
    from: 'if (messages < this.#queue.wanted())',
    to: 'if (messages <= this.#queue.wanted())',
  },
  {
    rule: 6,
    what: 'max_ack_pending holds back redeliveries',
    file: 'durable.ts',
    from: 'for (let sequence = this.#redeliveries.shift();',
    to: 'if (this.#ackWaits.isFull()) return 0;\nfor (let sequence = this.#redeliveries.shift();',
  },
  {
    rule: 7,
    what: 'one more than max_ack_pending may wait for an ack',
    file: 'ack-waits.ts',
    from: 'return this.#waits.size >= this.#config.maxAckPending;',
    to: 'return this.#waits.size > this.#config.maxAckPending;',
  },
  {
    rule: 8,
    what: 'ack waits that end together are queued from the highest sequence down',
    file: 'deadlines.ts',
    from: 'return due.sort((a, b) => a - b);',
    to: 'return due.sort((a, b) => b - a);',
  },
  {
    rule: 8,
    what: 'backoff is one step ahead',
    file: 'ack-waits.ts',
    from: 'this.#stepMs(this.#redeliveriesOf(sequence));',
    to: 'this.#stepMs(this.#redeliveriesOf(sequence) + 1);',
  },
  {
    rule: 9,
    what: 'a delayed nak leaves the message in the redelivery queue',
    file: 'durable.ts',
    from: 'this.#redeliveries.remove(sequence);\n      this.#ackWaits.delay',
    to: 'this.#ackWaits.delay',
  },
  {
    rule: 11,
    what: 'whatever max_deliver is, a message is given up as its last ack wait ends',
    file: 'redelivery-counts.ts',
    from: 'return Math.max(this.of(sequence), 1) >=',
    to: 'return this.of(sequence) + 1 >=',
  },
  {
    rule: 12,
    what: 'ack-all goes by stream sequence alone',
    file: 'ack-floor.ts',
    from: 'if (this.isPassed(place.consumer) || place.stream <= this.#deciding.stream) return false;',
    to: '',
  },
  {
    rule: 12,
    what: 'in-progress does nothing',
    file: 'durable.ts',
    from: 'this.#ackWaits.restart(nowMs, sequence);',
    to: '',
  },
  {
    rule: 13,
    what: 'a redelivery that finds no live request is counted',
    file: 'durable.ts',
    from: 'this.#redelivered.set(sequence, deliveryCount - 2);',
    to: '',
  },
  {
    rule: 14,
    what: 'a durable that begins behind the end delivers what comes before its start',
    file: 'backlog.ts',
    from: 'if (sequence >= start) this.push(sequence);',
    to: 'if (sequence > 0) this.push(sequence);',
  },
  {
    rule: 14,
    what: 'a durable that is made again does not answer',
    file: 'jetstream-model.ts',
    from: 'this.#deleted.delete(spec.name);',
    to: '',
  },
  {
    rule: 18,
    what: 'a message id that was seen before is stored again',
    file: 'jetstream-model.ts',
    from: 'if (sequence !== 0) return { sequence, duplicate: true };',
    to: '',
  },
];

/** A plugin of vite that breaks a rule as its file is loaded. */
export function breaking({ file, from, to }) {
  return {
    name: 'broken-rule',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith(`/src/broker/sim/jetstream/${file}`) ? broken(code, from, to) : null),
  };
}

/** @throws if what is to be replaced does not stand there exactly once */
export function broken(code, from, to) {
  const parts = code.split(from);
  if (parts.length !== 2) throw new Error(`"${from}" stands there ${parts.length - 1} times, not once`);
  return parts.join(to);
}

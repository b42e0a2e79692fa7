// Measures the speed of the checker alone, and its memory per aggregate. An *event* is its complete life: publish,
// publish result, deliver, submit, start, finish and ack, one observation each, fed in stamp order on one core. Feeding is
// part of the time; it fills the same few objects again and again, so that it costs as little as it can. Times are
// processor time, best of seven runs, so that a machine that is busy with other things disturbs little.
//
// `in order`: all stages in version order, about three events of each aggregate under way. `every tenth event late`: of
// ten versions the last two change places on delivery, so that no aggregate is ever in order for long.
//
//   npm run build && node --expose-gc benchmarks/checker.mjs
import { StreamingChecker } from '../dist/checker/streaming-checker.js';

const topics = 5;
const drained = { complete: true, reason: null, brokerLost: false, givenUp: 0 };

/** Stages of a life, by how many rounds (one event of each aggregate) after its publish call an event reaches them. */
const lagRounds = { publishResult: 0.7, deliver: 1.5, start: 2.2, finish: 2.9 };

function newChecker(aggregates) {
  const names = {
    aggregates: Array.from({ length: aggregates }, (_, index) => `agg-${index}`),
    topics: Array.from({ length: topics }, (_, index) => `topic-${index}`),
    subscriptions: ['subscription-0'],
  };
  return new StreamingChecker({ names, orderScope: 'topic', allow: [] });
}

/** Walks over the events in the order in which one stage sees them: all aggregates in turn, version after version. */
class Cursor {
  constructor({ aggregates, versions, swapEvery }, lagSteps) {
    this.aggregates = aggregates;
    this.versions = versions;
    this.swapEvery = swapEvery;
    this.stepsToWait = lagSteps;
    this.aggregate = -1;
    this.topic = -1;
    this.round = -1;
    this.version = 0;
    this.nextRound();
  }

  /** False if no event gets to this stage in this step. */
  next() {
    if (this.stepsToWait-- > 0) return false;
    if (++this.aggregate === this.aggregates) {
      this.nextRound();
      this.aggregate = 0;
    }
    if (++this.topic === topics) this.topic = 0;
    return this.round < this.versions;
  }

  nextRound() {
    this.round++;
    this.topic = -1;
    const place = this.swapEvery > 0 ? this.round % this.swapEvery : 0;
    const shift = this.swapEvery === 0 || place < this.swapEvery - 2 ? 0 : place === this.swapEvery - 2 ? 1 : -1;
    this.version = this.round + shift + 1;
  }

  get position() {
    return (this.version - 1) * this.aggregates + this.aggregate + 1;
  }
}

/**
 * Feeds `aggregates` times `versions` events. With `swapEvery`, of that many versions of an aggregate the last two
 * change places on delivery.
 */
function feed(checker, shape) {
  const event = { aggregate: 0, topic: 0, version: 0, publisher: 0, publishStamp: 1, publishedAtMs: 0 };
  const result = { event, stamp: 1, atMs: 0, ok: true, partition: 0, position: 0, duplicate: false, error: null };
  const delivery = newDelivery();
  const attempt = newAttempt(delivery);
  const ack = { delivery, kind: 'ack', stamp: 0, atMs: 0 };
  const published = { kind: 'publish', record: event };
  const settled = { kind: 'publish-result', record: result };
  const delivered = { kind: 'deliver', record: delivery };
  const submitted = { kind: 'submit', record: delivery };
  const started = { kind: 'start', record: attempt };
  const finished = { kind: 'finish', record: attempt };
  const acked = { kind: 'ack', record: ack };
  const at = (lag, swapEvery) => new Cursor({ ...shape, swapEvery }, Math.round(lag * shape.aggregates));
  const publishing = at(0, 0);
  const settling = at(lagRounds.publishResult, 0);
  const delivering = at(lagRounds.deliver, shape.swapEvery);
  const starting = at(lagRounds.start, shape.swapEvery);
  const finishing = at(lagRounds.finish, shape.swapEvery);
  const steps = Math.round((shape.versions + lagRounds.finish) * shape.aggregates);
  for (let step = 1; step <= steps; step++) {
    if (publishing.next()) {
      fill(event, publishing);
      checker.observe(published);
    }
    if (settling.next()) {
      fill(event, settling);
      result.position = settling.position;
      checker.observe(settled);
    }
    if (delivering.next()) {
      fill(delivery, delivering);
      delivery.position = delivering.position;
      checker.observe(delivered);
      checker.observe(submitted);
    }
    if (starting.next()) {
      fill(delivery, starting);
      delivery.position = starting.position;
      attempt.startStamp = step;
      attempt.outcome = null;
      checker.observe(started);
    }
    if (finishing.next()) {
      fill(delivery, finishing);
      attempt.outcome = 'done';
      checker.observe(finished);
      ack.stamp = step;
      checker.observe(acked);
    }
  }
}

function fill(subject, { aggregate, topic, version }) {
  subject.aggregate = aggregate;
  subject.topic = topic;
  subject.version = version;
}

function newDelivery() {
  return {
    id: 0,
    aggregate: 0,
    topic: 0,
    version: 0,
    publisher: 0,
    publishStamp: 1,
    publishedAtMs: 0,
    partition: 0,
    position: 0,
    deliveryCount: 1,
    subscription: 0,
    owned: true,
    deliverStamp: 1,
    deliveredAtMs: 0,
    ackToken: 0,
    submitStamp: 1,
  };
}

function newAttempt(delivery) {
  return {
    delivery,
    number: 1,
    lane: 0,
    startStamp: 0,
    startedAtMs: 0,
    finishStamp: 0,
    finishedAtMs: 0,
    outcome: null,
  };
}

const nothing = () => {};
/** Takes the same observations and does nothing: what feeding costs. */
const nullSink = { observe: nothing };

/** Processor time so far, in nanoseconds: unlike the wall clock, it stands still while others have the core. */
function cpuNs() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

/** Nanoseconds an event, the best of several runs after one to warm up. */
function nsPerEvent(shape, makeSink) {
  let best = Infinity;
  let sink;
  for (let run = 0; run < 8; run++) {
    sink = makeSink(shape.aggregates);
    const begun = cpuNs();
    feed(sink, shape);
    const ns = (cpuNs() - begun) / (shape.aggregates * shape.versions);
    if (run > 0) best = Math.min(best, ns);
  }
  return { best, sink };
}

function timeRow(name, shape) {
  const { best, sink } = nsPerEvent(shape, newChecker);
  const { regressions, published } = sink.end(drained).counts;
  const share = `${((regressions / published) * 100).toFixed(1)} %`;
  return [name, `${(1000 / best).toFixed(2)} M`, `${best.toFixed(0)} ns`, share];
}

/** Heap that the checker holds once all events are over, by aggregate. */
function bytesPerAggregate(shape) {
  globalThis.gc();
  const held = () => process.memoryUsage().heapUsed + process.memoryUsage().external;
  const checker = newChecker(0);
  const before = held();
  feed(checker, shape);
  globalThis.gc();
  const bytes = (held() - before) / shape.aggregates;
  if (checker.end(drained).counts.published !== shape.aggregates * shape.versions) throw new Error('fed too little');
  return `${Math.round(bytes).toLocaleString('en-US')} B`;
}

function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('   ');
  console.log(`${rows.map(line).join('\n')}\n`);
}

const shape = { aggregates: 1000, versions: 1000, swapEvery: 0 };
print([
  [`${shape.aggregates} aggregates on ${topics} topics`, 'events/s', 'an event', 'regressions'],
  timeRow('in order', shape),
  timeRow('every tenth event late', { ...shape, swapEvery: 10 }),
  ['(feeding alone)', '', `${nsPerEvent(shape, () => nullSink).best.toFixed(0)} ns`, ''],
]);

if (globalThis.gc === undefined) console.log('for bytes an aggregate, run with --expose-gc');
else {
  const many = { aggregates: 100_000, swapEvery: 0 };
  print([
    ['100,000 aggregates, all handled', 'an aggregate'],
    ['1 version each', bytesPerAggregate({ ...many, versions: 1 })],
    ['10 versions each', bytesPerAggregate({ ...many, versions: 10 })],
    ['10,000 aggregates, 2,000 versions each', bytesPerAggregate({ ...many, aggregates: 10_000, versions: 2000 })],
  ]);
}

/**
 * Commands that once passed, or were accused, and must not be again, on real servers (`test/false-passes/list.ts`): the
 * built program as a process. What the machine's schedule may decide is left open, what the mechanism decides is not.
 */
import { falseAlarms, falsePasses } from '../false-passes/list.js';
import { itJudgesListed } from '../false-passes/run-listed.js';
import { describeOnKafka } from './kafka-servers.js';
import { describeOnNewestNats, useServer } from './servers.js';

describeOnNewestNats('what was judged wrongly once', (binary) => {
  const server = useServer(binary);
  itJudgesListed([...falsePasses, ...falseAlarms], 'nats', () => ['--nats-url', server().url]);
});

describeOnKafka('what was judged wrongly once, on Kafka', () => {
  // Some refuse writes, so each has a private broker.
  itJudgesListed([...falsePasses, ...falseAlarms], 'kafka', () => []);
});

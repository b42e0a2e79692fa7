/** Counts in how many of the drawn scripts each operation and each setting occurs. */
import { noLimit, type DrawnScript, type Operation } from './drawn-script.js';
import type { DurableSettings } from '../script.js';

/** Share of the scripts, from 0 to 1, by what occurs in them; in the order in which the tables below name it. */
export function shares(scripts: readonly DrawnScript[]): ReadonlyMap<string, number> {
  const all = [
    ...Object.entries(ofOperations).map(([what, is]) => ({
      what,
      isIn: ({ operations }: DrawnScript) => operations.some((operation) => is(operation)),
    })),
    ...Object.entries(ofDurables).map(([what, is]) => ({
      what,
      isIn: ({ durables }: DrawnScript) => durables.some((durable) => is(durable)),
    })),
    { what: 'several durables', isIn: ({ durables }: DrawnScript) => durables.length > 1 },
  ];
  return new Map(all.map(({ what, isIn }) => [what, scripts.filter((script) => isIn(script)).length / scripts.length]));
}

const ofOperations: Readonly<Record<string, (operation: Operation) => boolean>> = {
  publish: ({ kind }) => kind === 'publish',
  'publish with a message id': (one) => one.kind === 'publish' && one.messageId !== null,
  pull: ({ kind }) => kind === 'pull',
  'pull with a batch': (one) => one.kind === 'pull' && one.batch > 1,
  'pull that expires': (one) => one.kind === 'pull' && one.expiresMs !== null,
  'pull no_wait': (one) => one.kind === 'pull' && one.noWait,
  'pull no_wait that expires': (one) => one.kind === 'pull' && one.noWait && one.expiresMs !== null,
  'pull unheard': (one) => one.kind === 'pull' && one.unheard,
  ack: (one) => one.kind === 'settle' && one.how === 'ack',
  nak: (one) => one.kind === 'settle' && one.how === 'nak' && one.delayMs === null,
  'nak with a delay': (one) => one.kind === 'settle' && one.delayMs !== null,
  term: (one) => one.kind === 'settle' && one.how === 'term',
  progress: (one) => one.kind === 'settle' && one.how === 'progress',
  wait: ({ kind }) => kind === 'pause',
  disconnect: ({ kind }) => kind === 'close',
  'delete of a durable': ({ kind }) => kind === 'delete',
  'durable made again': ({ kind }) => kind === 'create',
};

const ofDurables: Readonly<Record<string, (durable: DurableSettings) => boolean>> = {
  'ack policy explicit': ({ ackPolicy }) => ackPolicy === 'explicit',
  'ack policy all': ({ ackPolicy }) => ackPolicy === 'all',
  'ack policy none': ({ ackPolicy }) => ackPolicy === 'none',
  'ack wait': ({ ackPolicy }) => ackPolicy !== 'none',
  'max deliver': ({ maxDeliver }) => maxDeliver !== null,
  'max ack pending': ({ maxAckPending }) => maxAckPending !== noLimit,
  'max waiting': ({ maxWaiting }) => maxWaiting !== null,
  backoff: ({ backoffMs }) => backoffMs.length > 0,
  filter: ({ filters }) => filters.length > 0,
  'several filters': ({ filters }) => filters.length > 1,
  'start sequence': ({ startSequence }) => startSequence > 1,
};

/** How often things happened to the run. */
import type { TimelineCounts } from '../../../src/domain/report/verdict.js';
import { rebalancesOf } from './disruptions.js';
import type { Facts } from './facts.js';

export function timelineOf(facts: Facts): TimelineCounts {
  const { notes, acks, finished } = facts;
  const answers = acks.filter(({ ack }) => ack !== 'progress');
  return {
    resizes: notes.filter(({ note }) => note.kind === 'resized').length,
    rebalances: rebalancesOf(facts).length,
    putOuts: notes.filter(({ note }) => note.kind === 'put-out').length,
    memberChanges: notes.filter(
      ({ note }) =>
        note.kind === 'subscription-ended' ||
        (note.kind === 'disturbance' && /^(join|leave|stall|crash|restart)$/.test(note.detail.what ?? '')),
    ).length,
    deaths: notes.filter(({ note }) => note.kind === 'subscription-ended' || note.kind === 'crashed').length,
    publisherDisconnects: notes.filter(
      ({ note }) => note.kind === 'fault' && note.detail.what === 'disconnect' && 'publisher' in note.detail,
    ).length,
    produceRetries: notes.filter(({ note }) => note.kind === 'fault' && note.detail.what === 'produce-retry').length,
    pooledPublishers: notes.filter(({ note }) => note.kind === 'senders').length,
    naks: answers.filter(({ ack }) => ack !== 'ack').length,
    acks: answers.filter(({ ack }) => ack === 'ack').length,
    failures: finished.filter(({ attempt }) => attempt.outcome === 'failed').length,
  };
}

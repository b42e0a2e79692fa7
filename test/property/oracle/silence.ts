/** The longest time for which the successor of a dead service was given nothing, until an event came again. */
import type { SilenceEvidence } from '../../../src/domain/report/verdict.js';
import type { Facts } from './facts.js';
import { inHandBefore } from './places.js';

export function silenceOf(facts: Facts): SilenceEvidence | null {
  const { delivered, acks, notes } = facts;
  const back = notes.filter(({ note }) => note.kind === 'disturbance' && note.detail.what === 'the service is back');
  const firstBack = back[0]?.time ?? Infinity;
  const counted = delivered.filter(({ time, delivery }) => time > firstBack && delivery.deliveryCount !== null);
  const moments = [
    ...back.map(({ time, note }) => ({ time, atMs: note.atMs })),
    ...counted.map(({ time, delivery }) => ({ time, atMs: delivery.deliveredAtMs })),
    ...acks.filter(({ time }) => time > firstBack).map(({ time, atMs }) => ({ time, atMs })),
  ].sort((a, b) => a.time - b.time);
  const silences = counted
    .filter(({ time, delivery }) => delivery.deliveryCount! > 1 && inHandBefore(time, facts) === 0)
    .map(({ time, delivery }) => {
      const fromMs = moments.findLast((moment) => moment.time < time)!.atMs;
      return { time, fromMs, forMs: delivery.deliveredAtMs - fromMs };
    });
  const forMs = Math.max(0, ...silences.map((one) => one.forMs));
  const longest = silences.find((one) => one.forMs === forMs && forMs > 0);
  if (longest === undefined) return null;
  const waited = counted.filter(
    ({ time, delivery }) =>
      time > longest.time && delivery.deliveryCount === 1 && delivery.publishedAtMs < longest.fromMs,
  );
  return { forMs, waited: waited.length };
}

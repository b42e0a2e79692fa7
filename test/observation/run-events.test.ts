import { describe, expect, it } from 'vitest';
import type { Observation, PublishedEvent } from '../../src/domain/observation.js';
import type { NoteKind, RunNote } from '../../src/domain/run-note.js';
import { RunEvents } from '../../src/observation/run-events.js';

const published: Observation = { kind: 'publish', record: {} as PublishedEvent };

function note<Kind extends NoteKind>(kind: Kind, detail: RunNote<Kind>['detail'], atMs = 0): Observation {
  return { kind: 'note', record: { kind, stamp: 1, atMs, detail } as RunNote };
}

function assigned(group: string, epoch: number, subscription: string, what: string, atMs = 0): Observation {
  return note('rebalance', { group, epoch, subscription, assigned: what, members: 2 }, atMs);
}

/** Of a run in which publishing has begun. */
function begun(): RunEvents {
  const events = new RunEvents();
  events.observe(published);
  return events;
}

describe('the events of a run', () => {
  it('know how deep a buffer of early events got, and nothing of it where no bus has one', () => {
    const events = begun();
    expect(events.bufferDepthMax).toBeNull();
    for (const depth of [0, 1, 2, 1]) events.observe(note('resequencer', { depth }));
    events.observe(note('resequencer', { gap: 'skip', aggregateId: 'agg-1', version: 9 }));
    expect(events.bufferDepthMax).toBe(2);
  });

  it('keep the last assignment of a group that was still gathering, and none of its end', () => {
    const events = new RunEvents();
    for (const epoch of [1, 2, 3]) events.observe(assigned('g', epoch, 'sub-a', `topic-0:${epoch}`));
    events.observe(published);
    events.observe(assigned('g', 4, 'sub-a', 'topic-0:4'));
    events.observe(note('drain', { complete: true }));
    events.observe(assigned('g', 5, 'sub-a', ''));
    expect(events.rebalances.map(({ epoch }) => epoch)).toEqual([3, 4]);
  });

  it('make one rebalance of what the members of a group report for one epoch', () => {
    const events = begun();
    events.observe(assigned('g', 1, 'sub-a', 'topic-0:0', 5));
    events.observe(assigned('g', 1, 'sub-b', 'topic-0:1', 6));
    events.observe(assigned('g', 2, 'sub-b', 'topic-0:0,1', 9));
    events.observe(assigned('h', 1, 'sub-c', '', 7));
    expect(events.rebalances).toEqual([
      { group: 'g', epoch: 1, atMs: 5, members: { 'sub-a': 'topic-0:0', 'sub-b': 'topic-0:1' } },
      { group: 'g', epoch: 2, atMs: 9, members: { 'sub-b': 'topic-0:0,1' } },
      { group: 'h', epoch: 1, atMs: 7, members: { 'sub-c': '' } },
    ]);
  });

  it('name a disturbance as it was asked for', () => {
    const events = new RunEvents();
    events.observe(note('disturbance', { what: 'stall', at: 0.4, forMs: 2000 }, 12));
    events.observe(note('disturbance', { what: 'partitions', at: 0.5, count: 6 }, 13));
    events.observe(note('disturbance', { what: 'restart', at: 0.6, downMs: 500 }, 14));
    events.observe(note('disturbance', { what: 'join', at: 0.7 }, 15));
    expect(events.disturbances.map(({ what }) => what)).toEqual(['stall:2s', 'partitions:6', 'restart:500ms', 'join']);
  });

  it('keep the first thousand rebalances', () => {
    const events = begun();
    for (let epoch = 1; epoch <= 1_200; epoch++) events.observe(assigned('g', epoch, 'sub-a', ''));
    expect(events.rebalances).toHaveLength(1_000);
  });
});

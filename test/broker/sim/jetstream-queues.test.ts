/**
 * The data structures of the JetStream model, each compared with the plain list that it replaces for speed, over random
 * operations.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Backlog } from '../../../src/broker/sim/jetstream/backlog.js';
import { Deadlines, type Deadline } from '../../../src/broker/sim/jetstream/deadlines.js';
import { RedeliveryQueue } from '../../../src/broker/sim/jetstream/redelivery-queue.js';
import { subjectMatches, subjectsOverlap } from '../../../src/broker/sim/jetstream/subject-filter.js';

describe('a redelivery queue', () => {
  it('should be a list from whose middle things can be taken, however long it gets', () => {
    const operation = fc.tuple(
      fc.constantFrom('append', 'append', 'remove', 'shift'),
      fc.integer({ min: 1, max: 300 }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 1000, size: 'max' }), (operations) => {
        const queue = new RedeliveryQueue();
        let list: number[] = [];
        for (const [kind, sequence] of operations) {
          if (kind === 'append') {
            queue.append(sequence);
            if (!list.includes(sequence)) list.push(sequence);
          } else if (kind === 'remove') {
            queue.remove(sequence);
            list = list.filter((one) => one !== sequence);
          } else {
            expect(queue.shift()).toBe(list.shift() ?? 0);
          }
          expect(queue.size).toBe(list.length);
          expect(queue.has(sequence)).toBe(list.includes(sequence));
        }
        for (const sequence of list) expect(queue.shift()).toBe(sequence);
        expect(queue.shift()).toBe(0);
      }),
    );
  });
});

describe('a backlog', () => {
  it('should be a list that is appended to, and taken from and put back to at its head', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('push', 'push', 'shift', 'unshift'), { maxLength: 200 }), (operations) => {
        const backlog = new Backlog();
        const list: number[] = [];
        operations.forEach((kind, i) => {
          if (kind === 'push') list.push((backlog.push(i + 1), i + 1));
          else if (kind === 'unshift') list.unshift((backlog.unshift(i + 1), i + 1));
          else expect(backlog.shift()).toBe(list.shift() ?? 0);
          expect(backlog.size).toBe(list.length);
        });
        while (list.length > 0) expect(backlog.shift()).toBe(list.shift());
      }),
    );
  });
});

describe('deadlines', () => {
  it('should be those that are not cancelled, the earliest first', () => {
    const operation = fc.record({
      id: fc.integer({ min: 1, max: 20 }),
      atMs: fc.option(fc.oneof({ weight: 9, arbitrary: fc.nat(50) }, fc.constant(Infinity)), { nil: undefined }),
      takeMs: fc.option(fc.nat(50), { nil: undefined, freq: 8 }),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 500, size: 'max' }), (operations) => {
        const hold = new Map<number, Deadline>();
        const deadlines = new Deadlines();
        for (const { id, atMs, takeMs } of operations) {
          const before = hold.get(id);
          if (before !== undefined) deadlines.cancel(before);
          if (atMs === undefined) hold.delete(id);
          else hold.set(id, deadlines.add(atMs, id));
          if (takeMs !== undefined) {
            const due = [...hold.values()].filter((one) => one.atMs <= takeMs).map((one) => one.id);
            expect(deadlines.takeDue(takeMs)).toEqual(due.sort((a, b) => a - b));
            for (const one of due) hold.delete(one);
          }
          const times = [...hold.values()].map((one) => one.atMs);
          expect(deadlines.earliestMs()).toBe(Math.min(Infinity, ...times));
          const first = [...hold.values()].filter((one) => one.atMs === Math.min(...times)).map((one) => one.id);
          expect(deadlines.earliest()?.id).toBe(first.length === 0 ? undefined : Math.min(...first));
        }
      }),
    );
  });
});

describe('subjects', () => {
  it.each([
    ['a.b', 'a.b', true],
    ['a.b', 'a.c', false],
    ['a', 'a.b', false],
    ['a.b', 'a', false],
    ['a.*', 'a.b', true],
    ['a.*', 'a.b.c', false],
    ['*.b', 'a.b', true],
    ['a.>', 'a.b.c', true],
    ['a.>', 'a', false],
    ['>', 'a', true],
  ])('pattern %s on %s: %s', (pattern, subject, expected) => {
    expect(subjectMatches(pattern, subject)).toBe(expected);
  });

  it.each([
    ['a.*', '*.b', true],
    ['a.b', 'a.b', true],
    ['a.b', 'a.c', false],
    ['a.>', 'a.b.c', true],
    ['a.>', 'a', false],
    ['>', 'x.y', true],
    ['a.*', 'a.b.c', false],
  ])('%s and %s overlap: %s', (left, right, expected) => {
    expect(subjectsOverlap(left, right)).toBe(expected);
    expect(subjectsOverlap(right, left)).toBe(expected);
  });
});

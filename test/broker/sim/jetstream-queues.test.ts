/**
 * Are the model's data structures what they stand for? Each is compared with the plain list that it replaces for speed,
 * over random operations.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AckDeadlines } from '../../../src/broker/sim/jetstream/ack-deadlines.js';
import { Backlog } from '../../../src/broker/sim/jetstream/backlog.js';
import { RedeliveryQueue } from '../../../src/broker/sim/jetstream/redelivery-queue.js';
import { subjectMatches, subjectsOverlap } from '../../../src/broker/sim/jetstream/subject-filter.js';
import { DurableTimers } from '../../../src/broker/sim/jetstream/timers.js';

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

describe('ack deadlines', () => {
  it('should be those that hold now, although settled and moved ones are left behind', () => {
    const operation = fc.record({
      sequence: fc.integer({ min: 1, max: 20 }),
      deadlineMs: fc.option(fc.nat(50), { nil: undefined }),
      takeMs: fc.option(fc.nat(50), { nil: undefined, freq: 8 }),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 500, size: 'max' }), (operations) => {
        const hold = new Map<number, number>();
        const deadlines = new AckDeadlines((sequence) => hold.get(sequence));
        for (const { sequence, deadlineMs, takeMs } of operations) {
          hold.delete(sequence);
          if (deadlineMs !== undefined) {
            hold.set(sequence, deadlineMs);
            deadlines.add(deadlineMs, sequence, hold.size);
          }
          if (takeMs !== undefined) {
            const due = [...hold].filter(([, atMs]) => atMs <= takeMs).map(([one]) => one);
            expect(deadlines.takeDue(takeMs)).toEqual(due.sort((a, b) => a - b));
            for (const one of due) hold.delete(one);
          }
          expect(deadlines.earliestMs()).toBe(Math.min(Infinity, ...hold.values()));
        }
      }),
    );
  });
});

describe('timers', () => {
  it('should name the durable with the earliest time, the one added first where several have it', () => {
    const change = fc.tuple(fc.nat(9), fc.oneof(fc.nat(20), fc.constant(Infinity)));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 100 }), (changes) => {
        const timers = new DurableTimers();
        const times = Array.from({ length: 10 }, () => Infinity);
        for (let i = 0; i < 10; i++) expect(timers.add()).toBe(i);
        for (const [index, atMs] of changes) {
          timers.set(index, atMs);
          times[index] = atMs;
          expect(timers.earliestMs).toBe(Math.min(...times));
          expect(timers.earliest).toBe(times.indexOf(Math.min(...times)));
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

import { describe, expect, it } from 'vitest';
import { DisturbanceSchedule, refuseImpossible } from '../../../src/run/bench/disturbances.js';
import { formatDisturbance } from '../../../src/domain/scenario/disturbance.js';
import { parseDisturbance } from '../../../src/scenario/notation/disturbance.js';

const disturbances = ['leave@60%', 'join@0.3', 'stall:2s@30%'].map((text) => parseDisturbance(text)!);

describe('the schedule of disturbances', () => {
  it('has each come once its share of the events is published, in order of place', () => {
    const schedule = new DisturbanceSchedule(disturbances, 1_000);
    const kinds = (published: number): string[] => schedule.take(published).map(({ kind }) => kind);
    expect(kinds(299)).toEqual([]);
    expect(kinds(300)).toEqual(['join', 'stall']);
    expect(kinds(599)).toEqual([]);
    expect(kinds(10_000)).toEqual(['leave']);
    expect(kinds(Infinity)).toEqual([]);
  });

  it('has what is left come at the end of publishing', () => {
    const schedule = new DisturbanceSchedule(disturbances, 0);
    expect(schedule.take(Infinity)).toHaveLength(3);
  });
});

describe('a disturbance', () => {
  it.each([
    'join@30%',
    'leave@0%',
    'stall:2s@12.5%',
    'partitions:6@50%',
    'restart:500ms@99%',
    'crash:300ms@50%',
    'workers:5@50%',
    'refuse:200ms@1%',
  ])('is written as it is read: %s', (text) => {
    expect(formatDisturbance(parseDisturbance(text)!)).toBe(text);
  });

  it.each([
    'join',
    'join@',
    'join:1@30%',
    'stall@30%',
    'stall:0@30%',
    'crash@30%',
    'workers:0@30%',
    'workers@30%',
    'crash:300@30%',
    'partitions:0@3%',
    'join@-1',
    'join@1.1',
    'x@1%',
  ])('is not %s', (text) => {
    expect(parseDisturbance(text)).toBeNull();
  });

  it('that the broker cannot be made to do is refused by name', () => {
    const restart = [parseDisturbance('restart:1s@50%')!];
    expect(() => refuseImpossible(restart, {})).toThrow(/restart is not possible here: only a private broker/);
    expect(() => refuseImpossible(restart, { restart: () => Promise.resolve() })).not.toThrow();
    expect(() => refuseImpossible(disturbances, undefined)).not.toThrow();
  });
});

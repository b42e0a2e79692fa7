import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDisturbance } from '../../../src/domain/scenario/disturbance.js';
import { parseDisturbance, readDisturbance } from '../../../src/scenario/notation/disturbance.js';
import type { DisturbanceProblem } from '../../../src/scenario/notation/disturbance.js';

function problemOf(text: string): DisturbanceProblem {
  const reading = readDisturbance(text);
  if ('problem' in reading) return reading.problem;
  throw new Error(`${text} was read`);
}

describe('of a text that is no disturbance', () => {
  const kinds = 'join, leave, stall:2s, pause:2s, partitions:6, restart:500ms, crash:300ms, workers:5 or refuse:200ms';
  const share = 'behind @ a share from 0% to 100%, or from 0 to 1';
  const duration = (kind: string) => `behind ${kind}: a duration with its unit, more than 0 and at most 24h`;

  it.each<[string, string, string, string]>([
    ['jion@50%', 'there is no disturbance "jion"', kinds, 'join@50%'],
    ['stal:5s@20%', 'there is no disturbance "stal"', kinds, 'stall:5s@20%'],
    ['STALL:2s@0.5', 'there is no disturbance "STALL"', kinds, 'stall:2s@0.5'],
    ['explode@50%', 'there is no disturbance "explode"', kinds, 'join@50%'],
    ['@30%', 'it does not say what is done', kinds, 'join@30%'],
    ['', 'it does not say what is done', kinds, 'join@50%'],
  ])('the kind is named: %j', (text, wrong, allowed, example) => {
    expect(problemOf(text)).toEqual({ wrong, allowed, example });
  });

  it.each<[string, string, string, string]>([
    ['crash:abc@40%', '"abc" is no duration for it', duration('crash'), 'crash:300ms@40%'],
    ['crash:300@40%', '"300" is no duration for it', duration('crash'), 'crash:300ms@40%'],
    ['stall@50%', 'it does not say for how long', duration('stall'), 'stall:2s@50%'],
    ['stall', 'it does not say for how long', duration('stall'), 'stall:2s@50%'],
    ['pause:99h@50%', '"99h" is no duration for it', duration('pause'), 'pause:2s@50%'],
    ['join:3@50%', '":3" is more than join takes', 'join@ and when it comes', 'join@50%'],
    [
      'partitions:0@5%',
      '"0" is no number of partitions',
      'behind partitions: a whole number from 1 to 1,000',
      'partitions:6@5%',
    ],
    [
      'workers@5%',
      'it does not say how many workers',
      'behind workers: a whole number from 1 to 65,536',
      'workers:5@5%',
    ],
  ])('the argument is named: %j', (text, wrong, allowed, example) => {
    expect(problemOf(text)).toEqual({ wrong, allowed, example });
  });

  it.each<[string, string, string]>([
    ['join@', 'it does not say when it comes', 'join@50%'],
    ['leave', 'it does not say when it comes', 'leave@50%'],
    ['crash:300ms@150%', '"150%" is no share of the events', 'crash:300ms@50%'],
    ['crash:300ms@30', '"30" is no share of the events', 'crash:300ms@30%'],
    ['join@1.5', '"1.5" is no share of the events', 'join@50%'],
    ['join@50%@60%', '"50%@60%" is no share of the events', 'join@50%'],
    ['join@-5%', '"-5%" is no share of the events', 'join@50%'],
  ])('the place is named: %j', (text, wrong, example) => {
    expect(problemOf(text)).toEqual({ wrong, allowed: share, example });
  });

  it('the example is a disturbance, whatever the text was', () => {
    const part = fc.constantFrom('join', 'stall', 'crash', 'workers', ':', '@', '50%', '50', '2s', 'x', '', ' ');
    const texts = fc.oneof(
      fc.string(),
      fc.array(part).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const reading = readDisturbance(text);
        if ('problem' in reading) expect(parseDisturbance(reading.problem.example)).not.toBeNull();
        else expect(parseDisturbance(formatDisturbance(reading.value))?.kind).toBe(reading.value.kind);
      }),
    );
  });
});

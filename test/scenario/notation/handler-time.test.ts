import { describe, expect, it } from 'vitest';
import { handlerTimePattern, parseHandlerTime } from '../../../src/scenario/notation/handler-time.js';

const dayMs = 86_400_000;

describe('the time of a handling', () => {
  it.each([
    ['0', { distribution: 'uniform', minMs: 0, maxMs: 0 }],
    ['1ms', { distribution: 'uniform', minMs: 1, maxMs: 1 }],
    ['500us-2ms', { distribution: 'uniform', minMs: 0.5, maxMs: 2 }],
    ['1-2s', { distribution: 'uniform', minMs: 1000, maxMs: 2000 }],
    ['24h', { distribution: 'uniform', minMs: dayMs, maxMs: dayMs }],
    ['exponential:1.5ms', { distribution: 'exponential', minMs: 0, maxMs: dayMs, meanMs: 1.5 }],
    ['lognormal:2ms:1.2', { distribution: 'lognormal', minMs: 0, maxMs: dayMs, medianMs: 2, sigma: 1.2 }],
    ['pareto:500us:1.5', { distribution: 'pareto', minMs: 0.5, maxMs: dayMs, shape: 1.5 }],
  ])('%s is read as it is meant', (text, time) => {
    expect(parseHandlerTime(text)).toEqual(time);
    expect(text).toMatch(handlerTimePattern);
  });

  it.each(['', '5', '0-5', '1-2-3ms', 'exponential', 'exponential:', 'exponential:1', 'exponential:1ms:2', 'normal:1ms',
    'lognormal:1ms', 'lognormal:1ms:x', 'lognormal:1ms:-1', 'pareto:1ms:1.5:2', 'pareto:1-2ms:2', 'pareto:1ms:1e1'])(
    '%j is none, for pattern and parser alike',
    (text) => {
      expect(parseHandlerTime(text)).toBeNull();
      expect(text).not.toMatch(handlerTimePattern);
    },
  ); // prettier-ignore

  it.each(['5-0ms', '25h', '0-25h', 'exponential:0ms', 'exponential:25h', 'lognormal:1ms:0', 'lognormal:1ms:5.1', 'pareto:1ms:1', 'pareto:1ms:101'])(
    '%s is out of bounds, so it is none',
    (text) => {
      expect(parseHandlerTime(text)).toBeNull();
    },
  ); // prettier-ignore
});

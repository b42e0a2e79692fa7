import { describe, expect, it } from 'vitest';
import { colorByEnvironment } from '../../src/cli/console.js';

describe('colour', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: 'false' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  ])('with %j, on a stream that has colour: %s, is %s', (env, detected, expected) => {
    expect(colorByEnvironment(env, detected)).toBe(expected);
  });
});

import { expect, it } from 'vitest';
import { handledVersion, storeHandled } from '../../src/dispatch/handled-versions.js';

it('a stored version only ever rises, and is its own for each aggregate', () => {
  const versions = new Int32Array(2);
  storeHandled(versions, 1, 5);
  storeHandled(versions, 1, 3);
  expect([handledVersion(versions, 0), handledVersion(versions, 1)]).toEqual([0, 5]);
  storeHandled(versions, 1, 6);
  expect(handledVersion(versions, 1)).toBe(6);
});

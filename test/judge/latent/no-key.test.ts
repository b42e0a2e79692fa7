/** Without a key nothing keeps an aggregate in one of several partitions, whatever was seen. */
import { expect, it } from 'vitest';
import { noKey } from '../../../src/judge/latent/no-key.js';
import { claims, told } from '../support.js';

it('is told where there is no key and more than one partition', () => {
  expect(told(noKey(claims({ key: 'none', partitions: 3 })))).toEqual([['no-key', { partitions: 3 }]]);
});

it('is not told where there is a key, or one partition, or nothing known', () => {
  expect(noKey(claims({ key: 'aggregate', partitions: 3 }))).toEqual([]);
  expect(noKey(claims({ key: 'hash', partitions: 3 }))).toEqual([]);
  expect(noKey(claims({ key: 'none', partitions: 1 }))).toEqual([]);
  expect(noKey(claims({ key: null, partitions: 3 }))).toEqual([]);
  expect(noKey(claims({ key: 'none', partitions: null }))).toEqual([]);
});

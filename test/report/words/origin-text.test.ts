/** Why a pair is known to have lost its order where it did. */
import { describe, expect, it } from 'vitest';
import { stages, type Origin } from '../../../src/domain/observation.js';
import type { PairMember } from '../../../src/domain/report/verdict.js';
import { whereIs, whyLost } from '../../../src/report/words/origin-text.js';
import { example } from '../fixtures.js';

type Case = [Origin, Partial<PairMember>, Partial<PairMember>, string];

describe('whyLost', () => {
  it.each<Case>([
    ['publish', {}, {}, 'publisher 0 sent it after version 3'],
    ['publish', { publisher: 1 }, {}, 'publisher 1 sent it after publisher 0 had sent version 3'],
    ['store', {}, {}, 'stored behind version 3, which has sequence 93'],
    ['store', { publisher: 1 }, {}, 'stored behind version 3, which has sequence 93 and another publisher (0, not 1)'],
    ['store', { partition: 2 }, {}, 'stored in partition 2, version 3 in partition 0'],
    ['store', { topic: 'a' }, { topic: 'b' }, 'stored in a, version 3 in b'],
    ['deliver', { subscription: '4', owned: false }, {}, 'fetched by subscription 4, not the one that owns its topic'],
    ['deliver', { subscription: 'sub-x', owned: false }, {}, 'fetched by sub-x, not the one that owns its topic'],
    ['deliver', {}, { owned: false }, 'version 3 was fetched by subscription 2, not the one that owns its topic'],
    ['deliver', { deliveryCount: 2, owned: false }, {}, 'this was its delivery no. 2'],
    ['deliver', { deliveryCount: null }, {}, 'subscription 2 received version 3 first'],
    ['deliver', { subscription: '1' }, {}, 'fetched by subscription 1, version 3 by subscription 2'],
    ['submit', { subscription: '1' }, {}, 'subscription 2 submitted version 3 before subscription 1 got to it'],
    ['submit', {}, {}, 'subscription 2 submitted version 3 first'],
    ['start', { lane: 4 }, {}, 'given to lane 4, version 3 to lane 17'],
    ['start', {}, {}, 'lane 17 started version 3 first'],
    ['start', {}, { lane: -1 }, 'version 3 was handled outside the lanes'],
    ['start', { lane: -1 }, {}, 'handled outside the lanes'],
    ['finish', {}, {}, 'version 3 ended first'],
    ['unknown', {}, {}, 'a stamp is missing'],
  ])('at %s, late %j, early %j: %4$s', (origin, late, early, text) => {
    const plain = { subscription: '2' };
    expect(whyLost(example(2, 3, origin, { ...plain, ...late }, { ...plain, ...early }))).toBe(text);
  });

  it('has a different phrase for each stage', () => {
    const phrases = [...stages, 'unknown' as const].map(whereIs);
    expect(new Set(phrases).size).toBe(phrases.length);
  });
});

/** A field that follows from itself is what was given, else its default, else what its absence means. */
import { expect, it } from 'vitest';
import { Layers } from '../../src/scenario/layers.js';
import { plainValues } from '../../src/scenario/plain-values.js';
import { fields } from '../../src/domain/scenario/fields/fields.js';

const { topics, rate, failOn, maxViolations, drainTimeout, description } = fields;
const some = { topics, rate, failOn, maxViolations, drainTimeout, description };
const defaults = { topics: 5, rate: null };

it('is the default, or what absence means, where nothing is given', () => {
  expect(plainValues(some, new Layers(defaults, undefined, {}))).toEqual({
    topics: 5,
    ratePerSecond: null,
    failOn: [],
    maxViolations: null,
  });
});

it('is what was given, under the name that the scenario has for it', () => {
  const given = { topics: 7, rate: 10, failOn: ['lost>0'], maxViolations: 0 };
  expect(plainValues(some, new Layers(defaults, undefined, given))).toEqual({
    topics: 7,
    ratePerSecond: 10,
    failOn: ['lost>0'],
    maxViolations: 0,
  });
});

it('leaves out what follows from other fields, and what comes to nothing', () => {
  const layers = new Layers(defaults, undefined, { drainTimeout: 1000, description: 'any' });
  expect(Object.keys(plainValues(some, layers))).not.toContain('drainTimeoutMs');
  expect(Object.keys(plainValues(some, layers))).not.toContain('description');
});

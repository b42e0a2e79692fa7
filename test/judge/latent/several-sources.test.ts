/** Where order is promised across topics, several queues or logs keep it by chance. */
import { expect, it } from 'vitest';
import { severalSources } from '../../../src/judge/latent/several-sources.js';
import { claims, told } from '../support.js';

it('is told where an aggregate comes from several sources', () => {
  expect(told(severalSources(claims({ sourcesPerAggregate: 5 })))).toEqual([['several-sources', { sources: 5 }]]);
});

it('is not told of one source, of a strategy that repairs its input, or where nothing is known', () => {
  expect(severalSources(claims({ sourcesPerAggregate: 1 }))).toEqual([]);
  expect(severalSources(claims({ sourcesPerAggregate: 5, repairsInput: true }))).toEqual([]);
  expect(severalSources(claims({ sourcesPerAggregate: null }))).toEqual([]);
});

/** A header has a scenario, or says in its place what the checker of a history from elsewhere has to know. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/trace/trace-fields.js';
import { parseOrigin } from '../../src/trace/trace-origin.js';
import { scenario } from '../observation/fixtures.js';

const parsed = (header: object) => parseOrigin(JSON.parse(JSON.stringify(header)) as Fields);

describe('the origin of a history', () => {
  it('is its scenario, and then nothing else', () => {
    expect(parsed({ scenario })).toEqual({ scenario });
  });

  it('is completed where a field was not there yet when the trace was written', () => {
    const { perturb: _perturb, messageId: _messageId, kafka, ...older } = scenario;
    const { sendOrder: _sendOrder, ...olderKafka } = kafka;
    expect(parsed({ scenario: { ...older, kafka: olderKafka } })).toEqual({
      scenario: { ...scenario, perturb: null, messageId: 'none', kafka: { ...kafka, sendOrder: 'kept' } },
    });
  });

  it('is, without a scenario, the scope of order and the stages that were seen', () => {
    const record = { orderScope: 'aggregate', stages: ['deliver', 'start', 'finish'] };
    expect(parsed({ scenario: null, record })).toEqual({ scenario: null, record });
  });

  it.each([
    [{}, '"scenario" should be an object, but it is missing'],
    [{ scenario: null }, '"record" should be an object, but it is missing'],
    [{ scenario: null, record: { orderScope: 'all', stages: [] } }, '"orderScope" should be topic or aggregate'],
    [{ scenario: null, record: { orderScope: 'topic', stages: ['sent'] } }, '"stages" should be publish or store or'],
  ])('is refused as %j', (header, message) => {
    expect(() => parsed(header)).toThrow(message);
  });
});

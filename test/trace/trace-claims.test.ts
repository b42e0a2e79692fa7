/** Claims in a trace's header come back as they were written, and a guarantee of which the grounds are not known is refused. */
import { expect, it } from 'vitest';
import type { Claims } from '../../src/domain/report/claims.js';
import { parseClaims } from '../../src/trace/trace-claims.js';
import type { Fields } from '../../src/trace/trace-fields.js';
import { claims } from '../judge/support.js';

const parsed = (of: Partial<Claims>): Claims => parseClaims(JSON.parse(JSON.stringify(claims(of))) as Fields);

it('come back as they were written', () => {
  const producer = { acks: 'all', idempotent: true, requestsInFlight: null, retries: 5 } as const;
  for (const of of [{}, { producer, handlerTailMs: 5, key: 'aggregate' as const }, { guarantee: null, queues: [] }])
    expect(parsed(of)).toEqual(claims(of));
});

it('are refused where a guarantee is claimed and what it hangs on is not known', () => {
  for (const name of ['sourcesPerAggregate', 'overflow', 'publishersPerAggregate', 'clientKeepsSendOrder'] as const) {
    expect(() => parsed({ [name]: null })).toThrow(`nothing is known of "${name}"`);
    expect(parsed({ [name]: null, guarantee: null })[name]).toBeNull();
  }
  expect(() => parsed({ queues: [] })).toThrow('nothing is known of "queues"');
});

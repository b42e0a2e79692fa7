import { expect, it } from 'vitest';
import type { BrokerDriver } from '../../../src/broker/port.js';
import type { Topology } from '../../../src/domain/topology.js';
import { openPublisherConnections } from '../../../src/run/bench/publisher-connections.js';

it('the connections of a pool of senders are closed where one of them cannot be had', async () => {
  let open = 0;
  const driver = {
    openPublisher: () => {
      if (open === 2) return Promise.reject(new Error('refused'));
      open++;
      return Promise.resolve({
        close: () => {
          open--;
          return Promise.resolve();
        },
      });
    },
  } as unknown as BrokerDriver;
  const mode = { kind: 'pool', senders: 3 } as const;
  const opening = openPublisherConnections(driver, { topology: {} as Topology, publisher: 0, mode });
  await expect(opening).rejects.toThrow('refused');
  expect(open).toBe(0);
});

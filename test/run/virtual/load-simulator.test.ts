import { describe, expect, it } from 'vitest';
import { brokersThat } from '../../../src/domain/broker/registry.js';
import { loadSimulator } from '../../../src/run/virtual/load-simulator.js';

describe('loadSimulator', () => {
  it.each(brokersThat(({ isSimulated }) => isSimulated))(
    'finds the code of %s where the registry says',
    async (broker) => {
      expect(await loadSimulator(broker)).toBeTypeOf('function');
    },
  );

  it('loads no simulator for a server', async () => {
    await expect(loadSimulator('kafka')).rejects.toThrow('kafka is a server');
  });
});

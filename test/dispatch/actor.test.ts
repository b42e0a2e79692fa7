import { describe, expect, it } from 'vitest';
import { drive } from './drive.js';

describe('an actor', () => {
  it('gives back, in order and unhandled, what its mailbox holds of an aggregate whose event failed', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const input = [1, 2, 3, 4].map((version) => [0, version] as const);
      const driven = await drive({ strategy: 'actor', seed, workers: 1, laneSize: 8, failShare: 1, input });
      expect(driven.started, `seed ${seed}`).toEqual(['0/1']);
      expect(driven.acks, `seed ${seed}`).toEqual(['nak 0/1', 'nak 0/2', 'nak 0/3', 'nak 0/4']);
      expect(driven.unhandled).toEqual(['given-back 0/2', 'given-back 0/3', 'given-back 0/4']);
    }
  });

  it('goes on with the other aggregates of its mailbox', async () => {
    const input = [[0, 1], [1, 1], [0, 2], [2, 1]] as const; // prettier-ignore
    const driven = await drive({ strategy: 'actor', seed: 1, workers: 1, laneSize: 8, failShare: 1, input });
    expect(driven.started).toEqual(['0/1', '1/1', '2/1']);
  });

  it('settles an event before it starts the next', async () => {
    const { log } = await drive({ strategy: 'actor', seed: 1, workers: 1 });
    expect(log).toHaveLength(300);
    for (let i = 0; i < log.length; i += 3) {
      const name = log[i]!.split(' ')[1]!;
      expect(log.slice(i, i + 3)).toEqual([`start ${name}`, `done ${name}`, `ack ${name}`]);
    }
  });
});

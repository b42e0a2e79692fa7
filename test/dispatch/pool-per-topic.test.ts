import { expect, it } from 'vitest';
import { drive } from './drive.js';

it('handles each topic in lanes that no other topic has', async () => {
  for (let seed = 0; seed < 10; seed++) {
    const { lanes } = await drive({ strategy: 'pool-per-topic', seed, workers: 4 });
    expect([...lanes[0]!].every((lane) => lane >= 0 && lane < 4)).toBe(true);
    expect([...lanes[1]!].every((lane) => lane >= 4 && lane < 8)).toBe(true);
  }
});

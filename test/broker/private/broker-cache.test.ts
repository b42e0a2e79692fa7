import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokerCaches } from '../../../src/broker/private/broker-cache.js';
import { scratchTree } from '../../tools/scratch-tree.js';

const home = join('/', 'home', 'ann');

describe('brokerCaches', () => {
  it('has only the cache of the user where the package is installed', () => {
    expect(brokerCaches({ env: {}, root: scratchTree({}), home, platform: 'linux' })).toEqual([
      join(home, '.cache', 'eventbus-bench', 'brokers'),
    ]);
  });

  it('begins with the one that was named, then that of a checkout', () => {
    const root = scratchTree({});
    mkdirSync(join(root, 'src'));
    const env = { EVENTBUS_BENCH_BROKERS: '/named', XDG_CACHE_HOME: '/xdg' };
    expect(brokerCaches({ env, root, home, platform: 'linux' })).toEqual([
      '/named',
      join(root, '.cache', 'brokers'),
      join('/xdg', 'eventbus-bench', 'brokers'),
    ]);
  });

  it('is where Windows keeps the data of applications', () => {
    const place = { root: scratchTree({}), home, platform: 'win32' } as const;
    expect(brokerCaches({ ...place, env: { LOCALAPPDATA: '/local' } })).toEqual([
      join('/local', 'eventbus-bench', 'brokers'),
    ]);
    expect(brokerCaches({ ...place, env: {} })).toEqual([join(home, 'AppData', 'Local', 'eventbus-bench', 'brokers')]);
  });
});

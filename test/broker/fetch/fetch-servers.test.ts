/** The folder that servers are fetched into: made with its parents, or refused with the way out. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchServers } from '../../../src/broker/fetch/fetch-servers.js';
import { temporaryFolder } from '../../cli/cli-process.js';

/** Fetches nothing, so that only the folder is made. */
function fetchInto(cache: string): Promise<boolean> {
  const nothing = (): void => undefined;
  const { signal } = new AbortController();
  return fetchServers({ cache, wanted: [], areRequired: false, force: false, signal, say: nothing, warn: nothing });
}

describe('the folder for fetched servers', () => {
  it('is made with its parents, and may be there already', async () => {
    const cache = join(temporaryFolder(), 'a', 'b');
    expect([await fetchInto(cache), await fetchInto(cache)]).toEqual([true, true]);
    expect(existsSync(cache)).toBe(true);
  });

  it.each([
    ['where the system takes no folders', '/proc/x/y'],
    ['below a file', join(temporaryFolder(), 'file', 'x')],
  ])('is refused %s, with the way out', async (_where, cache) => {
    if (cache.endsWith(join('file', 'x'))) writeFileSync(join(cache, '..'), '');
    await expect(fetchInto(cache)).rejects.toMatchObject({
      code: 'broker-unavailable',
      message: expect.stringContaining(`the broker cache ${cache} cannot be used: `) as string,
      wayOut: expect.stringContaining('name another folder with --dir') as string,
    });
  });
});

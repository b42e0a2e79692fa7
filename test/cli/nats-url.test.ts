import { describe, expect, it } from 'vitest';
import { expectUsageError, runCli } from './cli-process.js';

describe('a login in --nats-url that has a character which ends the host', () => {
  it.each([
    ['/', '%2F'],
    ['?', '%3F'],
    ['#', '%23'],
  ])('%s exits with 64, names the escape %s, and shows no part of the login', async (character, escape) => {
    const url = `nats://ann:s3cret${character}rest@127.0.0.1:1`;
    for (const where of [['--nats-url', url], []]) {
      const result = await runCli(['doctor', ...where], where.length === 0 ? { env: { NATS_URL: url } } : {});
      expectUsageError(result, `has a "${character}" that is not escaped`, escape);
      expect(result.stderr).not.toMatch(/s3cret|rest@|ann/);
    }
  });
});

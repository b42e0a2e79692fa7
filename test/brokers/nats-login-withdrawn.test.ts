/** What a run says when its user is taken from the server's configuration while it goes on. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { event, eventually, openBus } from './nats-fixture.js';
import { describeOnNewestNats, withServer } from './servers.js';

const users = (password: string) => `authorization { users: [ { user: ann, password: "${password}" } ] }`;

describeOnNewestNats('a login that is withdrawn in the middle', (binary) => {
  it.skipIf(process.platform === 'win32')('is told as such, and not as a connection that was never made', async () => {
    await withServer(binary, users('first'), async (server) => {
      const connection = { ...server.connection, user: 'ann', password: 'first' };
      const { publisher } = await openBus(connection);
      await publisher.publish(event(1));
      const file = join(server.folder, 'server.conf');
      writeFileSync(file, readFileSync(file, 'utf8').replace(users('first'), users('other')));
      spawnSync('kill', ['-HUP', String(server.pid)]);
      const failure = await eventually(
        () => publisher.publish(event(2)).catch((error: unknown) => error as Error),
        (result) => result instanceof Error && /withdrew|lost/.test(result.message),
      );
      expect(failure).toMatchObject({
        message: expect.stringContaining('withdrew the login in the middle of the run') as string,
        wayOut: expect.not.stringContaining('nothing was done') as string,
      });
    });
  });
});

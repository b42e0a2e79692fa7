import { describe, expect, it } from 'vitest';
import { natsConnectionOptions } from '../../src/broker/nats/connecting/connection-options.js';
import { probeNats } from '../../src/broker/nats/probe.js';
import { capabilities, hasCapability } from '../../src/broker/nats/connecting/server-version.js';
import { describeOnNats, useServer } from './servers.js';

describeOnNats('the probe', (binary) => {
  const server = useServer(binary, 'authorization { user: ann, password: "s3cret" }');

  it('tells version, round trip, JetStream and capabilities of a server that can be used', async () => {
    const probe = await probeNats(natsConnectionOptions({ url: server().url.replace('//', '//ann:s3cret@') }));
    expect(probe).toMatchObject({
      kind: 'usable',
      url: server().url,
      version: binary.version,
      jetStream: { streams: 0 },
    });
    if (probe.kind !== 'usable') return;
    expect(probe.roundTripMs).toBeGreaterThan(0);
    expect(probe.capabilities).toContainEqual({
      ...capabilities.multipleFilters,
      available: hasCapability(binary.version, capabilities.multipleFilters),
    });
  });

  it('tells why a server cannot be used, and the way out', async () => {
    const probe = await probeNats(natsConnectionOptions({ url: server().url, user: 'bob', password: 's3cret' }));
    expect(probe).toMatchObject({ kind: 'unusable', url: server().url, version: null });
    expect(JSON.stringify(probe)).not.toContain('s3cret');
  });
});

describe('the probe without a server', () => {
  it('tells that it cannot be reached', async () => {
    const probe = await probeNats(natsConnectionOptions({ url: 'nats://ann:s3cret@no-such-host.invalid' }));
    expect(probe).toEqual({
      kind: 'unusable',
      url: 'nats://no-such-host.invalid:4222',
      version: null,
      error: {
        message: 'cannot be found: its host name is not known',
        wayOut: expect.stringContaining('spelling') as string,
      },
    });
  });
});

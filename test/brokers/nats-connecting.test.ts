import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { natsConnectionOptions } from '../../src/broker/nats/connecting/connection-options.js';
import type {
  NatsConnectionInput,
  NatsConnectionOptions,
} from '../../src/broker/nats/connecting/connection-options.js';
import { natsDriver } from '../../src/broker/nats/driver.js';
import { probeNats } from '../../src/broker/nats/probe.js';
import { BrokerError } from '../../src/domain/errors.js';
import { makeJwtAccounts } from './jwt-accounts.js';
import { durable, event, newRunId, openBus, pullOne, topologyOf } from './nats-fixture.js';
import { describeOnNats, describeOnNewestNats, useServer } from './servers.js';

const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** Publishes one event and handles it, over connections of all three kinds. */
async function useBus(connection: NatsConnectionOptions): Promise<void> {
  const { publisher, pulls, admin } = await openBus(connection);
  await publisher.publish(event(1));
  pulls[0]!.ack((await pullOne(pulls[0]!)).token);
  await admin.remove();
}

/** The error that a run would end with, checked to be fit for a user. */
async function failureOf(connection: NatsConnectionOptions): Promise<BrokerError> {
  const error: unknown = await natsDriver(connection, { runId: 'r' })
    .openAdmin()
    .then(
      () => new Error('the connection was made'),
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(BrokerError);
  const { message, wayOut, exitCode } = error as BrokerError;
  expect(exitCode).toBe(69);
  expect(message + wayOut).not.toMatch(/s3cret|NatsError|undefined|\n/);
  expect(wayOut).toMatch(/^[a-z].*[^.]$/);
  return error as BrokerError;
}

describe('connecting where no NATS server is', () => {
  const failureAt = (url: string) => failureOf(natsConnectionOptions({ url }));

  it('says that nothing listens there', async () => {
    const { message, wayOut } = await failureAt(`nats://127.0.0.1:${await freePort()}`);
    expect(message).toMatch(/^nats:\/\/127\.0\.0\.1:\d+ refused the connection: no server listens there$/);
    expect(wayOut).toContain('--nats-url');
  });

  it('says that the host is not known', async () => {
    const { message } = await failureAt('nats://ann:s3cret@no-such-host.invalid:4222');
    expect(message).toBe('nats://no-such-host.invalid:4222 cannot be found: its host name is not known');
  });

  it('says that something else answers', async () => {
    const port = await listen((write) => write('220 mail.example ESMTP\r\n'));
    expect((await failureAt(`127.0.0.1:${port}`)).message).toContain('does not speak as a NATS server does');
  });

  it('says that something is there that hangs up', async () => {
    const port = await listen((_, hangUp) => hangUp());
    expect((await failureAt(`127.0.0.1:${port}`)).message).toContain('closed the connection before it was set up');
  });

  it('says that something is there that says nothing', async () => {
    const port = await listen(() => {});
    expect((await failureAt(`127.0.0.1:${port}`)).message).toContain('does not speak as a NATS server does');
  });

  it('takes the first server of several that answers, and the last one’s failure if none does', async () => {
    const [first, last] = [await freePort(), await freePort()];
    const { message } = await failureAt(`127.0.0.1:${first},127.0.0.1:${last}`);
    expect(message).toContain(`nats://127.0.0.1:${first},nats://127.0.0.1:${last} refused the connection`);
  });
});

describeOnNats('connecting with a login', (binary) => {
  const named = useServer(binary, 'authorization { user: ann, password: "s3cret" }');
  const token = useServer(binary, 'authorization { token: "s3cret" }');

  it('is let in with the right user and password, from flags or from the URL', async () => {
    await useBus(natsConnectionOptions({ url: named().url, user: 'ann', password: 's3cret' }));
    await useBus(natsConnectionOptions({ url: named().url.replace('//', '//ann:s3cret@') }));
  });

  it('is let in with the right token', async () => {
    await useBus(natsConnectionOptions({ url: token().url, token: 's3cret' }));
    await useBus(natsConnectionOptions({ url: token().url.replace('//', '//s3cret@') }));
  });

  it('is told what was refused', async () => {
    const failureWith = async (url: string, login: Partial<NatsConnectionInput>) =>
      (await failureOf(natsConnectionOptions({ url, ...login }))).message;
    expect(await failureWith(named().url, { user: 'ann', password: 's3crets' })).toBe(
      `${named().url} refused the user "ann" or the password`,
    );
    expect(await failureWith(named().url, {})).toBe(`${named().url} wants a login, and none was given`);
    expect(await failureWith(token().url, { token: 's3crets' })).toBe(`${token().url} refused the token`);
  });

  it('is told the same by a thread that opens only its own connection', async () => {
    const connection = natsConnectionOptions({ url: named().url, user: 'ann', password: 'wrong' });
    const opening = natsDriver(connection, { runId: 'r' }).openPublisher(topologyOf('r', 1, []));
    await expect(opening).rejects.toThrow(`${named().url} refused the user "ann" or the password`);
  });
});

describeOnNats('connecting with a creds file', (binary) => {
  const accounts = makeJwtAccounts(join(folder, `store-${binary.version}`));
  const server = useServer(binary, accounts.configuration);
  const options = (credsFile: string) => natsConnectionOptions({ url: server().url, credsFile });

  it('is let in with the right one', async () => {
    await useBus(options(fileOf('right.creds', accounts.creds)));
  });

  it('is told that the server refused it', async () => {
    const { message } = await failureOf(options(fileOf('foreign.creds', accounts.foreignCreds)));
    expect(message).toBe(`${server().url} refused the credentials of the creds file`);
  });

  it('is told that the file is missing, or is none', async () => {
    expect((await failureOf(options(join(folder, 'none.creds')))).message).toMatch(
      /^the creds file .*none\.creds cannot be read: there is no such file$/,
    );
    expect((await failureOf(options(fileOf('bad.creds', 'hello')))).message).toMatch(
      /^the creds file .*bad\.creds holds no user JWT with its key$/,
    );
  });
});

describeOnNats('connecting where JetStream cannot be used', (binary) => {
  const without = useServer(binary, 'jetstream: disabled');
  const inAccount = useServer(
    binary,
    `jetstream { store_dir: ${JSON.stringify(join(folder, `account-${binary.version}`))} }
     accounts { A { users: [{ user: ann, password: "s3cret" }] }, SYS { users: [{ user: sys, password: x }] } }
     system_account: SYS`,
  );

  it('is told that the server has it disabled', async () => {
    const { message, wayOut } = await failureOf(natsConnectionOptions({ url: without().url }));
    expect(message).toBe(`${without().url} could not open JetStream: JetStream is not enabled there`);
    expect(wayOut).toContain('-js');
  });

  it('is told that the account has it disabled', async () => {
    const url = inAccount().url.replace('//', '//ann:s3cret@');
    const { message, wayOut } = await failureOf(natsConnectionOptions({ url }));
    expect(message).toMatch(/could not open JetStream: JetStream is not enabled for the account of this user/);
    expect(wayOut).toContain('account');
  });

  it('is told so by the probe too', async () => {
    const probe = await probeNats(natsConnectionOptions({ url: without().url }));
    expect(probe).toMatchObject({ kind: 'unusable', version: binary.version, error: { message: /./ } });
  });
});

describeOnNats('connecting without the permissions needed', (binary) => {
  const needed = { publish: ['eventbus-bench.>', '$JS.API.>', '$JS.ACK.>'], subscribe: ['_INBOX.>'] };
  const user = (name: string, missing: string) => {
    // An empty list would permit everything.
    const allowed = (subjects: string[]) => JSON.stringify(['unused', ...subjects.filter((one) => one !== missing)]);
    const permissions = `{ publish: ${allowed(needed.publish)}, subscribe: ${allowed(needed.subscribe)} }`;
    return `{ user: ${name}, password: p, permissions: ${permissions} }`;
  };
  const server = useServer(
    binary,
    `authorization { users: [
      ${user('enough', '')}, ${user('no-api', '$JS.API.>')}, ${user('no-ack', '$JS.ACK.>')},
      ${user('no-inbox', '_INBOX.>')}, ${user('no-subjects', 'eventbus-bench.>')}
    ] }`,
  );
  const options = (name: string) => natsConnectionOptions({ url: server().url, user: name, password: 'p' });

  it('is fine with those that the docs name', async () => {
    await useBus(options('enough'));
  });

  it('is told which subject of the API is not permitted', async () => {
    expect((await failureOf(options('no-api'))).message).toContain('not permitted to use "$JS.API.INFO"');
  });

  it('is told that it may not publish events', async () => {
    const { publisher } = await openBus(options('no-subjects'));
    await expect(publisher.publish(event(1))).rejects.toThrow(
      /does not permit this user to publish to "eventbus-bench/,
    );
  });

  it('is told that it may not acknowledge', async () => {
    const { publisher, pulls } = await openBus(options('no-ack'));
    await publisher.publish(event(1));
    pulls[0]!.ack((await pullOne(pulls[0]!)).token);
    pulls[0]!.pull(1, 10_000);
    await expect(pulls[0]!.next()).rejects.toThrow(/does not permit this user to publish to "\$JS\.ACK/);
  });

  it('is told that it may not receive answers', async () => {
    expect((await failureOf(options('no-inbox'))).message).toMatch(/not permitted/);
    const driver = natsDriver(options('no-inbox'), { runId: newRunId() });
    const topology = topologyOf('r', 1, [durable('all')]);
    const publisher = await driver.openPublisher(topology);
    onTestFinished(() => publisher.close());
    await expect(publisher.publish(event(1))).rejects.toThrow(/does not permit this user to subscribe to "_INBOX/);
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describeOnNats('connecting over TLS', (binary) => {
  describe.skipIf(!hasOpenssl)('with certificates made by openssl (skipped where there is none)', () => {
    const certificates = hasOpenssl ? makeCertificates(folder) : null;
    const file = (name: keyof Certificates) => certificates?.[name] ?? '';
    const tls = (name: 'server' | 'elsewhere') => `cert_file: "${file(name)}", key_file: "${file('key')}"`;
    const plain = useServer(binary);
    const encrypted = useServer(binary, `tls { ${tls('server')} }`);
    const elsewhere = useServer(binary, `tls { ${tls('elsewhere')} }`);
    const mutual = useServer(binary, `tls { ${tls('server')}, ca_file: "${file('authority')}", verify: true }`);
    const options = (url: string, changes: Partial<NatsConnectionInput> = {}) =>
      natsConnectionOptions({ url, caFile: file('authority'), ...changes });

    it('is let in with the authority of the server, by its address and by its name', async () => {
      await useBus(options(encrypted().url));
      await useBus(options(encrypted().url.replace('127.0.0.1', 'localhost')));
      await useBus(options(encrypted().url.replace('nats:', 'tls:')));
    });

    it('is let in with a client certificate where one is wanted', async () => {
      await useBus(options(mutual().url, { certFile: file('server'), keyFile: file('key') }));
    });

    it('is told that the authority of the server is not trusted', async () => {
      const { message, wayOut } = await failureOf(natsConnectionOptions({ url: encrypted().url }));
      expect(message).toContain('was not signed by an authority trusted here');
      expect(wayOut).toContain('--nats-tls-ca');
    });

    it('is told that the certificate belongs to another host', async () => {
      expect((await failureOf(options(elsewhere().url))).message).toContain('was made for another host name');
    });

    it('is told that a client certificate is wanted', async () => {
      expect((await failureOf(options(mutual().url))).message).toContain('wants a client certificate');
    });

    it('is told that the server offers no encryption', async () => {
      expect((await failureOf(options(plain().url))).message).toContain('offers no encryption');
    });

    it('is told which file is missing, and that a file is not what it should be', async () => {
      const missing = options(encrypted().url, { caFile: join(folder, 'none.pem') });
      expect((await failureOf(missing)).message).toMatch(/authority file .*none\.pem cannot be read/);
      const garbage = options(encrypted().url, { caFile: fileOf('garbage.pem', 'hello') });
      expect((await failureOf(garbage)).message).toMatch(/garbage\.pem cannot be used for an encrypted connection/);
    });
  });
});

describeOnNewestNats('connecting to a server that is full', (binary) => {
  const server = useServer(binary, 'max_connections: 1');

  it('is told so', async () => {
    const pull = await natsDriver(server().connection, { runId: 'r' }).openPublisher(topologyOf('r', 1, []));
    onTestFinished(() => pull.close());
    expect((await failureOf(server().connection)).message).toContain('takes no more connections');
  });
});

interface Certificates {
  readonly authority: string;
  readonly key: string;
  /** For localhost and 127.0.0.1. */
  readonly server: string;
  /** For another host. */
  readonly elsewhere: string;
}

let madeCertificates: Certificates | null = null;

/** An authority, and certificates that it signed, all of one key; good for two days. */
function makeCertificates(into: string): Certificates {
  if (madeCertificates !== null) return madeCertificates;
  const at = (name: string) => join(into, name);
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
  };
  const sign = (name: string, subjectAltName: string) => {
    const extensions = fileOf(
      `${name}.ext`,
      `subjectAltName=${subjectAltName}\nextendedKeyUsage=serverAuth,clientAuth\n`,
    );
    openssl('req', '-new', '-key', at('key.pem'), '-subj', `/CN=${name}`, '-out', at(`${name}.csr`));
    const authority = ['-CA', at('ca.pem'), '-CAkey', at('key.pem'), '-CAcreateserial'];
    openssl(
      'x509',
      '-req',
      '-in',
      at(`${name}.csr`),
      ...authority,
      '-days',
      '2',
      '-extfile',
      extensions,
      '-out',
      at(name),
    );
    return at(name);
  };
  openssl('genrsa', '-out', at('key.pem'), '2048');
  openssl('req', '-x509', '-key', at('key.pem'), '-subj', '/CN=authority', '-days', '2', '-out', at('ca.pem'));
  madeCertificates = {
    authority: at('ca.pem'),
    key: at('key.pem'),
    server: sign('server', 'DNS:localhost,IP:127.0.0.1'),
    elsewhere: sign('elsewhere', 'DNS:elsewhere.example'),
  };
  return madeCertificates;
}

/** A listener on the loopback; closed when the test has finished. */
async function listen(greet: (write: (text: string) => void, hangUp: () => void) => void): Promise<number> {
  const listener = createServer((socket) => {
    socket.on('error', () => {});
    greet(
      (text) => void socket.write(text),
      () => void socket.end(),
    );
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void listener.close());
  return (listener.address() as AddressInfo).port;
}

/** A port at which nothing listens. */
async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../src/domain/errors.js';
import { natsConnectionOptions, redactUrl } from '../../../../src/broker/nats/connecting/connection-options.js';

describe('natsConnectionOptions', () => {
  it('takes a host alone, with the default port', () => {
    expect(natsConnectionOptions({ url: 'broker' })).toEqual({ servers: ['nats://broker:4222'] });
  });

  it('takes several members of one cluster', () => {
    expect(natsConnectionOptions({ url: 'nats://a:1, nats://b:2,c' }).servers).toEqual([
      'nats://a:1',
      'nats://b:2',
      'nats://c:4222',
    ]);
  });

  it('takes an IPv6 address', () => {
    expect(natsConnectionOptions({ url: 'nats://[::1]:4222' }).servers).toEqual(['nats://[::1]:4222']);
  });

  it('moves user and password out of the URL', () => {
    expect(natsConnectionOptions({ url: 'nats://ann:s%40crét@broker:4222' })).toEqual({
      servers: ['nats://broker:4222'],
      user: 'ann',
      password: 's@crét',
    });
  });

  it('takes a password that begins with digits, or holds a comma', () => {
    expect(natsConnectionOptions({ url: 'nats://ann:12,3@broker' })).toEqual({
      servers: ['nats://broker:4222'],
      user: 'ann',
      password: '12,3',
    });
  });

  it('takes a name alone in the URL as a token', () => {
    expect(natsConnectionOptions({ url: 'nats://t0ken@broker' })).toEqual({
      servers: ['nats://broker:4222'],
      token: 't0ken',
    });
  });

  it('prefers the login of the flags to that of the URL', () => {
    expect(natsConnectionOptions({ url: 'nats://ann:a@broker', user: 'bob', password: 'b' })).toMatchObject({
      user: 'bob',
      password: 'b',
    });
  });

  it('wants encryption for tls:// and for any certificate option', () => {
    expect(natsConnectionOptions({ url: 'tls://broker' }).tls).toEqual({});
    expect(natsConnectionOptions({ url: 'broker', caFile: 'ca.pem' }).tls).toEqual({ caFile: 'ca.pem' });
    expect(natsConnectionOptions({ url: 'broker' }).tls).toBeUndefined();
  });

  it('is plain data, so that a worker thread can be given it', () => {
    const options = natsConnectionOptions({ url: 'tls://ann:a@broker', caFile: 'ca.pem' });
    expect(structuredClone(options)).toEqual(options);
  });

  it.each([
    ['another scheme', { url: 'http://ann:secret@broker' }],
    ['a port that is none', { url: 'nats://ann:secret@broker:70000' }],
    ['port 0', { url: 'nats://ann:secret@broker:0' }],
    ['no host', { url: 'nats://' }],
    ['a password and no user in the URL', { url: 'nats://:secret@broker' }],
    ['a list whose second server has no scheme', { url: 'nats://ann:secret@one,ann:secret@two' }],
    ['members with different logins', { url: 'nats://ann:secret@one,nats://bob:secret@two' }],
    ['two ways to log in', { url: 'broker', user: 'ann', token: 'secret' }],
    ['a password without a user', { url: 'broker', password: 'secret' }],
    ['a certificate without its key', { url: 'broker', certFile: 'cert.pem' }],
  ])('refuses %s, without printing a secret', (_, input) => {
    const attempt = () => natsConnectionOptions(input);
    expect(attempt).toThrow(UsageError);
    expect(attempt).not.toThrow(/secret/);
  });
});

describe('a login in the URL with a character that ends the host', () => {
  it.each([
    ['nats://ann:sec/ret@broker', '"/"', '%2F'],
    ['nats://sec?ret@broker', '"?"', '%3F'],
    ['tls://1234#ret@broker', '"#"', '%23'],
  ])('%s is refused, with the character and its escape', (url, character, escape) => {
    const attempt = () => natsConnectionOptions({ url });
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(`has a ${character} that is not escaped`);
    expect(attempt).not.toThrow(/sec|ret|1234/);
    try {
      attempt();
    } catch (error) {
      expect((error as UsageError).wayOut).toContain(`write it as ${escape}`);
    }
  });

  it('is taken where the character is escaped', () => {
    expect(natsConnectionOptions({ url: 'nats://ann:a%2Fb%3Fc%23d@broker' }).password).toBe('a/b?c#d');
  });
});

describe('a secret in a URL', () => {
  const key = '\u{1F511}';
  const secrets = fc
    .string({ unit: fc.constantFrom(...Array.from('/?#@:,%[]\\ \t.-_aZ09é'), ',nats://', '@h,') })
    .map((text) => `${key}${text}${key}`);
  const traces = [key, encodeURIComponent(key), 'xn--'];

  it('is in no error, and in nothing of what was read but its own field', () => {
    fc.assert(
      fc.property(
        secrets,
        fc.constantFrom('ann:', ''),
        fc.constantFrom('nats://', 'tls://', ''),
        (secret, user, first) => {
          let shown: string;
          try {
            const { servers } = natsConnectionOptions({ url: `${first}${user}${secret}@broker:4222` });
            shown = servers.join();
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
            shown = `${(error as UsageError).message} ${(error as UsageError).wayOut}`;
          }
          for (const trace of traces) expect(shown.toLowerCase()).not.toContain(trace.toLowerCase());
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('redactUrl', () => {
  it('keeps scheme, host and port only', () => {
    expect(redactUrl('nats://ann:secret@broker:4222/path?token=secret#secret')).toBe('nats://broker:4222');
    expect(redactUrl('ann:secret@broker')).toBe('broker');
    expect(redactUrl('nats://a:1,tls://ann:secret@b:2')).toBe('nats://a:1,tls://b:2');
  });

  it('prints no password, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom('nats://', 'tls://', ''), (part, scheme) => {
        const secret = `\u{1F511}${part}\u{1F511}`;
        expect(redactUrl(`${scheme}ann:${secret}@broker:4222`)).not.toContain('\u{1F511}');
      }),
    );
  });
});

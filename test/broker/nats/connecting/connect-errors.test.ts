import { describe, expect, it } from 'vitest';
import { connectError, loginError } from '../../../../src/broker/nats/connecting/connect-errors.js';
import { BrokerError } from '../../../../src/domain/errors.js';

const options = { servers: ['nats://broker:4222'], user: 'ann', password: 'secret' };
const withCode = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('connectError', () => {
  it.each([
    ['ECONNREFUSED', /refused the connection/],
    ['CONNECTION_REFUSED', /refused the connection/],
    ['ENOTFOUND', /host name is not known/],
    ['EAI_AGAIN', /host name is not known/],
    ['EHOSTUNREACH', /no route/],
    ['ECONNRESET', /closed the connection/],
    ['ETIMEDOUT', /did not answer within 5 s/],
    ['TIMEOUT', /did not answer within 5 s/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /not signed by an authority trusted here/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another host name/],
    ['CERT_HAS_EXPIRED', /has expired/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /did not complete the encryption handshake/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /wants a client certificate/],
    ['WHATEVER', /cannot be used/],
  ])('says of %s in plain words what happened and what to do', (code, message) => {
    const error = connectError(withCode(code), options, 5_000);
    expect(error).toBeInstanceOf(BrokerError);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^nats:\/\/broker:4222 .*[^.]$/);
    expect(error.wayOut).toMatch(/^[a-z].*[^.]$/);
    expect(error.message + error.wayOut).not.toMatch(/secret|\n| at /);
  });

  it('leaves an error alone that has its words already', () => {
    const error = new BrokerError('x', 'y');
    expect(connectError(error, options, 5_000)).toBe(error);
  });

  it('says that a client certificate was refused, if one was given', () => {
    const tls = { certFile: 'cert.pem', keyFile: 'key.pem' };
    const error = connectError(withCode('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'), { ...options, tls }, 5_000);
    expect(error.message).toContain('refused the client certificate');
  });
});

describe('loginError', () => {
  it('names what was given, never its secret', () => {
    const refused = (login: object) =>
      loginError('Authorization Violation', { servers: ['nats://b:1'], ...login }).message;
    expect(refused({ user: 'ann', password: 'secret' })).toBe('nats://b:1 refused the user "ann" or the password');
    expect(refused({ token: 'secret' })).toBe('nats://b:1 refused the token');
    expect(refused({ credsFile: 'a.creds' })).toBe('nats://b:1 refused the credentials of the creds file');
    expect(refused({})).toBe('nats://b:1 wants a login, and none was given');
  });

  it('knows expired credentials and a full server', () => {
    expect(loginError('User Authentication Expired', options).message).toContain('have expired');
    expect(loginError('maximum connections exceeded', options).message).toContain('takes no more connections');
    expect(loginError('something new', options).message).toContain('something new');
  });
});

/**
 * Reads the files of the credentials with which this side logs in, so that a missing file is named before any
 * connection is tried.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { credsAuthenticator } from 'nats';
import type { Authenticator } from 'nats';
import { BrokerError } from '../../../domain/errors.js';
import { systemErrorText } from '../../../text/system-errors.js';
import type { NatsConnectionOptions, NatsTlsOptions } from './connection-options.js';

export interface TlsMaterial {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** The authenticator of the creds file, if one was given. @throws {BrokerError} if it cannot be read, or is none */
export function credsOf(options: NatsConnectionOptions): Authenticator | undefined {
  if (options.credsFile === undefined) return undefined;
  const authenticator = credsAuthenticator(new TextEncoder().encode(readText('creds', options.credsFile)));
  try {
    authenticator('nonce');
  } catch (error) {
    throw new BrokerError(
      `the creds file ${options.credsFile} holds no user JWT with its key`,
      'make one with nsc generate creds',
      { cause: error },
    );
  }
  return authenticator;
}

/** @throws {BrokerError} if a file cannot be read, or does not hold what it should */
export function tlsMaterialOf(tls: NatsTlsOptions): TlsMaterial {
  const material = {
    ...(tls.caFile === undefined ? {} : { ca: readText('authority', tls.caFile) }),
    ...(tls.certFile === undefined ? {} : { cert: readText('certificate', tls.certFile) }),
    ...(tls.keyFile === undefined ? {} : { key: readText('key', tls.keyFile) }),
  };
  try {
    if (material.ca !== undefined) new X509Certificate(material.ca);
    createSecureContext(material);
  } catch (error) {
    const files = [tls.caFile, tls.certFile, tls.keyFile].filter((file) => file !== undefined);
    throw new BrokerError(
      `the files ${files.join(', ')} cannot be used for an encrypted connection`,
      'check that each is a PEM file, and that the key belongs to the certificate',
      { cause: error },
    );
  }
  return material;
}

function readText(what: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BrokerError(
      `the ${what} file ${file} cannot be read: ${systemErrorText(error)}`,
      'check its path and its permissions',
      { cause: error },
    );
  }
}

/** Certificates for tests of encrypted listeners, made by openssl: an authority, and what it signed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificates {
  readonly caFile: string;
  /** For 127.0.0.1. */
  readonly certFile: string;
  /** For another host. */
  readonly elsewhereFile: string;
  /** Key of both, in PKCS #8. */
  readonly keyFile: string;
  remove(): void;
}

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** Good for two days. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-test-'));
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
  };
  openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', at('key.pem'));
  openssl('req', '-x509', '-key', at('key.pem'), '-subj', '/CN=authority', '-days', '2', '-out', at('ca.pem'));
  const sign = (name: string, altName: string): void => {
    writeFileSync(at(`${name}.ext`), `subjectAltName=${altName}\n`);
    openssl('req', '-new', '-key', at('key.pem'), '-subj', `/CN=${name}`, '-out', at(`${name}.csr`));
    const authority = ['-CA', at('ca.pem'), '-CAkey', at('key.pem'), '-set_serial', '7'];
    const out = ['-days', '2', '-extfile', at(`${name}.ext`), '-out', at(`${name}.pem`)];
    openssl('x509', '-req', '-in', at(`${name}.csr`), ...authority, ...out);
  };
  sign('here', 'IP:127.0.0.1');
  sign('elsewhere', 'DNS:elsewhere.invalid');
  return {
    caFile: at('ca.pem'),
    certFile: at('here.pem'),
    elsewhereFile: at('elsewhere.pem'),
    keyFile: at('key.pem'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

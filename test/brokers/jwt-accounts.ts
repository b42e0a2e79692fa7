/**
 * A server with JWT accounts for tests: an operator, a system account, an account with JetStream and a user in it, all
 * signed here, as `nsc` would: the configuration of the server, and the text of a creds file.
 */
import { createHash, randomUUID } from 'node:crypto';
import { nkeys } from 'nats';

/** What is used of the client's key pairs; it has no types for them. */
interface KeyPair {
  getPublicKey(): string;
  getSeed(): Uint8Array;
  sign(data: Uint8Array): Uint8Array;
}
const keys = nkeys as unknown as Record<'createOperator' | 'createAccount' | 'createUser', () => KeyPair>;

export interface JwtAccounts {
  /** For the server's configuration file; JetStream is on. */
  readonly configuration: string;
  readonly creds: string;
  /** Creds of a user whom the account did not sign. */
  readonly foreignCreds: string;
}

/** @param storeDir where JetStream keeps its streams */
export function makeJwtAccounts(storeDir: string): JwtAccounts {
  const operator = keys.createOperator();
  const system = keys.createAccount();
  const account = keys.createAccount();
  const systemJwt = sign(operator, system, 'system', accountClaims(0));
  const accountJwt = sign(operator, account, 'account', accountClaims(-1));
  const operatorJwt = sign(operator, operator, 'operator', {
    type: 'operator',
    version: 2,
    system_account: system.getPublicKey(),
  });
  return {
    configuration: `
      operator: ${operatorJwt}
      system_account: ${system.getPublicKey()}
      resolver: MEMORY
      resolver_preload: {
        ${system.getPublicKey()}: ${systemJwt}
        ${account.getPublicKey()}: ${accountJwt}
      }
      jetstream { store_dir: ${JSON.stringify(storeDir)} }
    `,
    creds: credsOf(account),
    foreignCreds: credsOf(keys.createAccount()),
  };
}

function credsOf(account: KeyPair): string {
  const user = keys.createUser();
  const limits = { subs: -1, data: -1, payload: -1 };
  const jwt = sign(account, user, 'user', { pub: {}, sub: {}, ...limits, type: 'user', version: 2 });
  const seed = new TextDecoder().decode(user.getSeed());
  return [
    '-----BEGIN NATS USER JWT-----',
    jwt,
    '------END NATS USER JWT------',
    '',
    '-----BEGIN USER NKEY SEED-----',
    seed,
    '------END USER NKEY SEED------',
    '',
  ].join('\n');
}

/** @param storage bytes that JetStream may use: -1 for any number, 0 for no JetStream */
function accountClaims(storage: number): object {
  const connections = {
    subs: -1,
    data: -1,
    payload: -1,
    imports: -1,
    exports: -1,
    wildcards: true,
    conn: -1,
    leaf: -1,
  };
  const jetStream = { mem_storage: storage, disk_storage: storage, streams: storage, consumer: storage };
  return { limits: { ...connections, ...jetStream }, type: 'account', version: 2 };
}

function sign(issuer: KeyPair, subject: KeyPair, name: string, nats: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = {
    jti: createHash('sha256').update(randomUUID()).digest('hex'),
    iat: 1_700_000_000,
    iss: issuer.getPublicKey(),
    name,
    sub: subject.getPublicKey(),
    nats,
  };
  const unsigned = `${encode({ typ: 'JWT', alg: 'ed25519-nkey' })}.${encode(claims)}`;
  const signature = issuer.sign(new TextEncoder().encode(unsigned));
  return `${unsigned}.${Buffer.from(signature).toString('base64url')}`;
}

/** Fetches servers for private use into a broker cache, for the command `brokers`. */
import { fetchable, fetchServers, type FetchOptions } from '../broker/fetch/fetch-servers.js';
import { brokerCaches, isCheckout } from '../broker/private/broker-cache.js';

export type { FetchOptions } from '../broker/fetch/fetch-servers.js';

export interface FetchableServer {
  readonly id: string;
  readonly title: string;
  readonly isForProject: boolean;
}

export const fetchableServers: readonly FetchableServer[] = fetchable;

/** The servers that are fetched if none is named: in a checkout those of its tests and benchmarks too. */
export function usualServers(): readonly string[] {
  return fetchable.filter(({ isForProject }) => !isForProject || isCheckout()).map(({ id }) => id);
}

/** The cache into which servers are fetched if none is named. */
export function usualCache(): string {
  return brokerCaches()[0]!;
}

export function fetchBrokers(options: FetchOptions): Promise<boolean> {
  return fetchServers(options);
}

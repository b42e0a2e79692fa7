/** The settings of the simulated kafkajs: those that the real driver (`broker/kafka/`) gives the real one. */
import type { BackoffSettings } from './retry.js';

/** To reach a broker that is down, and between attempts of a produce request, whose number is the topology's. */
export const connectionRetry: BackoffSettings = { initialMs: 50, maxMs: 1_000, retries: 14 };

/** After a handler failed, and to join again. */
export const consumerRetry: BackoffSettings = { initialMs: 50, maxMs: 200, retries: Infinity };

/** After so long a client asks by itself how many partitions there are. */
export const metadataMaxAgeMs = 1_000;

/** While a batch waits, the application asks for a heartbeat this often in an interval; the client sends one when it is due. */
export const asksPerHeartbeat = 4;

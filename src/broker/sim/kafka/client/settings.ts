/** The settings of the simulated kafkajs: those that the real driver (`broker/kafka/`) gives the real one. */
import type { BackoffSettings } from './retry.js';

/**
 * Retries to reach a broker that is down, and of a produce request, for which the topology gives the number instead.
 */
export const connectionRetry: BackoffSettings = { initialMs: 50, maxMs: 1_000, retries: 14 };

/** Retries after a failed handler, and to join again. */
export const consumerRetry: BackoffSettings = { initialMs: 50, maxMs: 200, retries: Infinity };

/** The age at which a client refreshes its metadata by itself, in milliseconds. */
export const metadataMaxAgeMs = 1_000;

/** How often in a heartbeat interval the application asks for a heartbeat. The client sends one only when it is due. */
export const asksPerHeartbeat = 4;

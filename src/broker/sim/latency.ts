/**
 * Draws how long a step of the simulated network takes. Latencies are given by their quantiles and drawn by inverting
 * the piecewise-linear distribution through these points. Only the four basic operations are used, whose results IEEE
 * 754 fixes, so a draw is the same on every machine; logarithms and powers are not.
 */
import type { Prng } from '../../runtime/ports.js';

/** Points of a distribution: the share of draws below so many milliseconds. Both rise, the share from 0 to 1. */
export type QuantileTable = readonly (readonly [share: number, ms: number])[];

export class Latency {
  readonly #prng: Prng;
  readonly #table: QuantileTable;

  constructor(prng: Prng, table: QuantileTable) {
    this.#prng = prng;
    this.#table = table;
  }

  /** Draws a latency in milliseconds. */
  draw(): number {
    const share = this.#prng.float();
    const table = this.#table;
    for (let i = 1; i < table.length; i++) {
      const [share1, ms1] = table[i]!;
      if (share > share1) continue;
      const [share0, ms0] = table[i - 1]!;
      return ms0 + ((ms1 - ms0) * (share - share0)) / (share1 - share0);
    }
    return table.at(-1)![1];
  }
}

/**
 * One way between a client and a server on one host or in one rack, the client's wake-up included: mostly a few tens
 * of microseconds, now and then a millisecond when a thread had to wait for a processor. Orders of magnitude from
 * loopback measurements with the `nats` client; the shape, not the digits, is what verdicts depend on.
 */
export const networkTable: QuantileTable = [
  [0, 0.02],
  [0.5, 0.06],
  [0.9, 0.15],
  [0.99, 0.6],
  [0.999, 2],
  [1, 6],
];

/** The time that a client spends on one message before it hands it over. */
export const clientTable: QuantileTable = [
  [0, 0.001],
  [0.5, 0.003],
  [0.99, 0.01],
  [1, 0.1],
];

/**
 * How long a publisher's task takes to go on once its publish was acknowledged. Tasks of one program do not go on in
 * the order in which their answers came.
 */
export const taskTable: QuantileTable = [
  [0, 0.002],
  [0.5, 0.02],
  [0.9, 0.1],
  [1, 1],
];

/**
 * How long a client that sleeps takes to run once something has come for it: at once where a processor is free, some
 * milliseconds where more threads want to run than there are processors. What has come in meanwhile is then handed
 * over in one go. This is a busy machine with two processors, chosen so that the shared durable breaks order about as
 * often as it does on a real server on such a machine.
 */
export const wakeUpTable: QuantileTable = [
  [0, 0.01],
  [0.6, 0.05],
  [0.9, 0.3],
  [0.98, 1.5],
  [1, 8],
];

/**
 * The time that a Kafka broker spends on one request before it takes the next one of the same connection. With kafkajs,
 * 20,000 concurrent sends went at 2,500 to 2,900 a second through one connection.
 */
export const kafkaServiceTable: QuantileTable = [
  [0, 0.15],
  [0.5, 0.3],
  [0.9, 0.5],
  [0.99, 1.5],
  [1, 8],
];

/**
 * The time that kafkajs spends on an answer before the application has it: with the broker's service and the network,
 * awaited sends went at 340 to 490 a second, and an event was delivered 1 to 5 ms after it was published.
 */
export const kafkaClientTable: QuantileTable = [
  [0, 0.3],
  [0.5, 1.2],
  [0.9, 2.5],
  [0.99, 6],
  [1, 20],
];

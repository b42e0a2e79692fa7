/**
 * How the end of a run came about. A drain is complete when every publish has settled, every durable has nothing
 * pending and nothing awaiting an ack (or has given up on it), and every lane is idle.
 */
export interface Drain {
  readonly complete: boolean;
  /** Why it is not complete, in words; null if it is. */
  readonly reason: string | null;
  /** The broker was lost in the middle. */
  readonly brokerLost: boolean;
  /** Messages that the broker gave up on after max_deliver. */
  readonly givenUp: number;
}

/** The ways in which a handling can fail, by what the bus does about it. The last two are faults, put in on purpose. */
export const handlerFailures = [
  /** It is sent back at once. */
  'nak',
  /** Nobody answers. */
  'throw',
  /** It takes until its time-out, and is then sent back. */
  'timeout',
  /** It is sent back after its time-out, and goes on: nothing stops it. It ends after twice the time-out. */
  'runs-on',
  /** It is acknowledged all the same. */
  'ack',
  /** It is passed over: neither acknowledged nor sent back, while the position moves on. Where positions are committed only. */
  'skip',
] as const;
export type HandlerFailure = (typeof handlerFailures)[number];

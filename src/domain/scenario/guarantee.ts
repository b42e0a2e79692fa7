/**
 * The guarantee of a strategy: in which order handlers start, if its input is in that order or the strategy repairs it.
 */
export interface Guarantee {
  /**
   * The events that start in order: all of the bus, those of each aggregate, those of an aggregate that were never
   * delivered before, those of a partition, or none.
   */
  readonly order: 'total' | 'per-aggregate' | 'per-aggregate, first pass' | 'per-partition' | 'none';
  /** Whether that still holds when … */
  readonly survives: {
    /** … a handling fails or its ack wait expires, so that the broker delivers again; */
    readonly redelivery: boolean;
    /** … the service dies in the middle and another takes its place; */
    readonly crash: boolean;
    /** … the number of lanes changes; */
    readonly resize: boolean;
    /** … partitions go from one member of a group to another; where there are no groups it need not survive any; */
    readonly rebalance: boolean;
    /** … partitions are added to a topic. */
    readonly partitions: boolean;
  };
}

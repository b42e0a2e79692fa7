/** What a member says when it joins its group, and what the coordinator answers. */

export interface JoinRequest {
  /** Empty: a new member. */
  readonly memberId: string;
  readonly clientId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly topics: readonly string[];
}

export interface JoinAnswer {
  readonly generation: number;
  readonly memberId: string;
  readonly leaderId: string;
  /** Everybody's ids, for the leader; empty for others. */
  readonly members: readonly string[];
  /** How many there are. */
  readonly size: number;
}

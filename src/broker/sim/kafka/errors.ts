/**
 * Declares the errors of the simulated Kafka: those of Kafka's error codes that the model answers with, and the
 * failures that a client notices by itself, such as a broken connection.
 */

export type BrokerErrorCode =
  | 'ILLEGAL_GENERATION'
  | 'MEMBER_ID_REQUIRED'
  | 'NOT_ENOUGH_REPLICAS'
  | 'OFFSET_OUT_OF_RANGE'
  | 'OUT_OF_ORDER_SEQUENCE_NUMBER'
  | 'REBALANCE_IN_PROGRESS'
  | 'UNKNOWN_MEMBER_ID'
  | 'UNKNOWN_TOPIC_OR_PARTITION';

export type ClientErrorCode = 'CONNECTION_CLOSED' | 'CONNECTION_REFUSED' | 'HANDLER_FAILED' | 'CLIENT_CLOSED';

/** A refusal as an answer of the broker. With MEMBER_ID_REQUIRED, `memberId` is the id with which to join again. */
export class Refusal {
  readonly code: BrokerErrorCode;
  readonly memberId: string | null;

  constructor(code: BrokerErrorCode, memberId: string | null = null) {
    this.code = code;
    this.memberId = memberId;
  }
}

/** The error that a request of the simulated client is rejected with. */
export class KafkaFailure extends Error {
  override readonly name = 'KafkaFailure';
  readonly code: BrokerErrorCode | ClientErrorCode;
  readonly memberId: string | null;

  constructor(code: BrokerErrorCode | ClientErrorCode, memberId: string | null = null) {
    super(code);
    this.code = code;
    this.memberId = memberId;
  }
}

/** kafkajs joins again when it is told one of these. */
export function isRebalancing(failure: KafkaFailure): boolean {
  return failure.code === 'REBALANCE_IN_PROGRESS' || failure.code === 'ILLEGAL_GENERATION';
}

/** Whether kafkajs sends a produce request again after this failure. */
export function isRetriedBySender(failure: KafkaFailure): boolean {
  return (
    failure.code === 'NOT_ENOUGH_REPLICAS' ||
    failure.code === 'UNKNOWN_TOPIC_OR_PARTITION' ||
    failure.code === 'CONNECTION_CLOSED' ||
    failure.code === 'CONNECTION_REFUSED'
  );
}

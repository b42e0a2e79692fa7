/**
 * Reads the metadata of a delivered message. JetStream puts it into the reply subject, to which the acknowledgement is
 * sent:
 *
 *   $JS.ACK.<stream>.<durable>.<delivery count>.<stream sequence>.<consumer sequence>.<time>.<pending>         9 tokens
 *   $JS.ACK.<domain>.<account>.<stream>.<durable>.<delivery count>.<stream sequence>. … .<pending>[.<random>]  11 or 12
 *
 * The longer form is used across accounts and domains.
 */
export interface DeliveryMetadata {
  /** Which delivery of the message it is, from 1. */
  deliveryCount: number;
  streamSequence: number;
  /** Rises by one from message to message of a consumer. */
  consumerSequence: number;
}

const dot = 0x2e;
const longest = 12;
const tokenStart = new Int32Array(longest + 1);

/** Writes the metadata into `into`. False if the subject is not of this form. */
export function readAckSubject(subject: string, into: DeliveryMetadata): boolean {
  if (!subject.startsWith('$JS.ACK.')) return false;
  let tokens = 1;
  tokenStart[0] = 0;
  for (let i = 0; i < subject.length; i++) {
    if (subject.charCodeAt(i) !== dot) continue;
    if (tokens === longest) return false;
    tokenStart[tokens++] = i + 1;
  }
  tokenStart[tokens] = subject.length + 1;
  if (tokens !== 9 && tokens !== 11 && tokens !== 12) return false;
  const first = tokens === 9 ? 4 : 6;
  into.deliveryCount = wholeNumber(subject, tokenStart[first]!, tokenStart[first + 1]! - 1);
  into.streamSequence = wholeNumber(subject, tokenStart[first + 1]!, tokenStart[first + 2]! - 1);
  into.consumerSequence = wholeNumber(subject, tokenStart[first + 2]!, tokenStart[first + 3]! - 1);
  return into.deliveryCount > 0 && into.streamSequence > 0;
}

/** The consumer's name in a subject that {@link readAckSubject} could read. */
export function consumerOf(subject: string): string {
  const tokens = subject.split('.');
  return tokens[tokens.length === 9 ? 3 : 5]!;
}

/** The whole number in a part of the text; 0 if the part is none. */
function wholeNumber(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return 0;
    value = value * 10 + digit;
  }
  return value;
}

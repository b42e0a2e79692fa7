/**
 * Reads the server's answer to a publish. It is JSON: `{"stream":"S","seq":7}`, with `"duplicate":true` if it had the
 * message before, or `{"error":{…}}`. The first, plain form is read backwards from its end; all others by JSON.parse.
 */
import type { PublishAck } from '../port.js';
import { saysFull } from '../private/server-log.js';

export type PublishAnswer =
  | { readonly kind: 'stored'; readonly ack: PublishAck }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      /** No room is left, on the disk or by a limit, so that every further event will be refused too. */
      readonly isFull?: boolean;
    };

/** Error codes of JetStream that say that a limit of what may be stored is reached. */
const fullCodes: readonly unknown[] = [10023, 10028, 10047];
/** The store failed, for a reason that the description gives. */
const storeFailed = 10077;

const key = new TextEncoder().encode('"seq":');
const opening = new TextEncoder().encode('{"stream":"');
const brace = 0x7d;

/** @param payload the answer's payload, not empty */
export function readPublishAnswer(payload: Uint8Array): PublishAnswer {
  const position = plainSequence(payload);
  if (position > 0) return { kind: 'stored', ack: { partition: 0, position, duplicate: false } };
  return readJson(new TextDecoder().decode(payload));
}

/** The sequence if the answer is the plain one; else 0. */
function plainSequence(payload: Uint8Array): number {
  if (payload.at(-1) !== brace || !isAt(payload, opening, 0)) return 0;
  let at = payload.length - 2;
  let value = 0;
  for (let power = 1; at >= 0; at--, power *= 10) {
    const digit = payload[at]! - 0x30;
    if (digit < 0 || digit > 9) break;
    value += digit * power;
  }
  return isAt(payload, key, at + 1 - key.length) ? value : 0;
}

function isAt(payload: Uint8Array, text: Uint8Array, at: number): boolean {
  for (let i = 0; i < text.length; i++) if (payload[at + i] !== text[i]) return false;
  return true;
}

function readJson(text: string): PublishAnswer {
  let answer: { seq?: unknown; duplicate?: unknown; error?: { description?: unknown; err_code?: unknown } } | null;
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    return { kind: 'refused', reason: 'the answer cannot be read' };
  }
  const description = answer?.error?.description;
  if (typeof description === 'string') {
    const code = answer?.error?.err_code;
    const isFull = fullCodes.includes(code) || (code === storeFailed && saysFull(description));
    return { kind: 'refused', reason: description, ...(isFull ? { isFull } : {}) };
  }
  const position = answer?.seq;
  if (typeof position !== 'number' || position < 1) return { kind: 'refused', reason: 'the answer names no sequence' };
  return { kind: 'stored', ack: { partition: 0, position, duplicate: answer?.duplicate === true } };
}

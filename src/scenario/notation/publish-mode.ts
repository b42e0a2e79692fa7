/**
 * Parses when the next version is sent: `serial`, `handled`, `async:N` with N versions of one aggregate outstanding,
 * `pool:N` with N senders, or `capped:N` with N publishes of a publisher pending.
 */
import type { PublishMode } from '../../domain/scenario/scenario.js';
import { limits } from '../limits.js';

export const publishModePattern = /^(serial|handled|(async|pool|capped):[1-9]\d*)$/;

/** @returns null if the text is no publish mode, or its number is out of range */
export function parsePublishMode(text: string): PublishMode | null {
  if (!publishModePattern.test(text)) return null;
  if (text === 'serial' || text === 'handled') return { kind: text };
  const [kind, digits] = text.split(':');
  const count = Number(digits);
  if (kind === 'pool') return count <= limits.senders ? { kind, senders: count } : null;
  if (count > limits.asyncWindow) return null;
  return kind === 'capped' ? { kind, pending: count } : { kind: 'async', window: count };
}

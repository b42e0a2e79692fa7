/**
 * Parses when the next version is sent: `serial`, `handled`, or `async:N` with N versions of one aggregate outstanding.
 */
import type { PublishMode } from '../../domain/scenario/scenario.js';
import { limits } from '../limits.js';

export const publishModePattern = /^(serial|handled|async:[1-9]\d*)$/;

/** @returns null if the text is no publish mode, or its window is out of range */
export function parsePublishMode(text: string): PublishMode | null {
  if (!publishModePattern.test(text)) return null;
  if (text === 'serial' || text === 'handled') return { kind: text };
  const window = Number(text.slice('async:'.length));
  return window <= limits.asyncWindow ? { kind: 'async', window } : null;
}

/**
 * The matcher `toBeOrderedByAggregate` for vitest and jest. A history passes if it is shown to be ordered; an inconclusive
 * one fails as well, unless it is allowed, since a test that proves nothing is no test.
 */
import type { HistoryEvent, HistoryOptions } from '../domain/record/history-event.js';
import { historyMessage, orderedMessage, unprovenMessage } from '../report/words/record/history-message.js';
import { checkHistory } from '../run/check-history.js';

export interface OrderedOptions extends HistoryOptions {
  /** Whether a history that proves neither order nor disorder passes. Default: `fail`. */
  readonly inconclusive?: 'fail' | 'allow';
}

/** What vitest and jest ask of a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The part of what vitest and jest call a matcher on that it reads. */
export interface MatcherContext {
  /** It was called as `.not`. */
  readonly isNot?: boolean;
}

/** The matcher as `expect` has it. */
export interface OrderedMatchers<R = unknown> {
  /**
   * Passes if the history, an iterable of events in the order in which they happened, is shown to keep each aggregate's
   * events in version order.
   */
  toBeOrderedByAggregate(options?: OrderedOptions): R;
}

/** Programs without types may say anything else. */
const inconclusiveMay: ReadonlySet<string> = new Set(['fail', 'allow']);

/** @throws {TypeError} if the history is not one, or has an event that is none */
export function toBeOrderedByAggregate(this: unknown, history: unknown, options: OrderedOptions = {}): MatcherResult {
  const { inconclusive = 'fail', ...checked } = options;
  if (!inconclusiveMay.has(inconclusive)) {
    throw new TypeError("the option inconclusive should be 'fail' or 'allow'");
  }
  const report = checkHistory(history as Iterable<HistoryEvent>, checked);
  // Turned round it fails unless disorder is shown: what proves nothing passes neither way.
  const isTurned = (this as MatcherContext | undefined)?.isNot === true;
  const isEmpty = report.reasons.some(({ kind }) => kind === 'empty');
  switch (report.outcome) {
    case 'ordered':
      return { pass: true, message: () => orderedMessage(report) };
    case 'inconclusive':
      if (isTurned) return { pass: true, message: () => unprovenMessage(report) };
      return inconclusive === 'allow' && !isEmpty
        ? { pass: true, message: () => unprovenMessage(report) }
        : { pass: false, message: () => historyMessage(report) };
    case 'violated':
      return { pass: false, message: () => historyMessage(report) };
  }
}

/** For `expect.extend`. */
export const matchers = { toBeOrderedByAggregate };

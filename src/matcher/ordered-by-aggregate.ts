/**
 * The matcher `toBeOrderedByAggregate` for vitest and jest. A history passes if it is shown to be ordered; an inconclusive
 * one fails as well, unless it is allowed, since a test that proves nothing is no test.
 */
import type { HistoryEvent, HistoryOptions } from '../domain/record/history-event.js';
import { allowedMessage, historyMessage, orderedMessage } from '../report/words/record/history-message.js';
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

/** The matcher as `expect` has it. */
export interface OrderedMatchers<R = unknown> {
  /**
   * Passes if the history, an iterable of events in the order in which they happened, is shown to keep each aggregate's
   * events in version order.
   */
  toBeOrderedByAggregate(options?: OrderedOptions): R;
}

/** @throws {TypeError} if the history is not one, or has an event that is none */
export function toBeOrderedByAggregate(history: unknown, options: OrderedOptions = {}): MatcherResult {
  const report = checkHistory(history as Iterable<HistoryEvent>, options);
  switch (report.outcome) {
    case 'ordered':
      return { pass: true, message: () => orderedMessage(report) };
    case 'inconclusive':
      return options.inconclusive === 'allow'
        ? { pass: true, message: () => allowedMessage(report) }
        : { pass: false, message: () => historyMessage(report) };
    case 'violated':
      return { pass: false, message: () => historyMessage(report) };
  }
}

/** For `expect.extend`. */
export const matchers = { toBeOrderedByAggregate };

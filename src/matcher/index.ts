/** The package entry `eventbus-bench/check`: the check of a history in memory, and its matcher. It loads no broker client. */
export type { HistoryEvent, HistoryOptions } from '../domain/record/history-event.js';
export type * from '../domain/record/record-fields.js';
export type * from '../domain/record/record-reason.js';
export type * from '../domain/record/record-report.js';
export { checkHistory } from '../run/check-history.js';
export { matchers, type MatcherResult, type OrderedMatchers, type OrderedOptions } from './ordered-by-aggregate.js';

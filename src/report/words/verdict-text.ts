/**
 * Words for the verdict at the top of a report: what a row does wrong, in a clause, and where order is lost, in a few
 * words. The terms are those of docs/CHECKER.md.
 */
import type { Origin } from '../../domain/observation.js';
import type { AnomalyKind } from '../../domain/scenario/scenario.js';
import { formatCount, plural } from '../../text/numbers.js';
import { listed } from '../../text/lists.js';

/** What several rows do wrong alike: one count for each row, each of so many published events. */
export interface CountedRows {
  /** Names of the rows, as a list in words. */
  readonly names: string;
  readonly isOne: boolean;
  /** Of each row, or of all of them: the most of any run. */
  readonly counts: readonly number[];
  /** Events published in each run; null: not the same in all of them. */
  readonly published: number | null;
  /** ` in 3 of 5 runs`, or empty. */
  readonly inRuns: string;
  readonly isRepeated: boolean;
  /** Id of the cause, to be named beside the rows; null: not here. */
  readonly cause: string | null;
}

/** `multi/shared loses order: 497 of 5,000 events came after a higher version`. */
export function violatedText(kind: AnomalyKind, rows: CountedRows): string {
  const { names, isOne, counts, published, inRuns, isRepeated, cause } = rows;
  const { does, what } = clauses[kind];
  const most = isRepeated ? 'up to ' : '';
  const numbers = listed(counts.map(formatCount), 'and');
  const isSingle = counts.length === 1 && counts[0] === 1;
  const of = published === null || !countsEvents.has(kind) ? '' : ` of ${formatCount(published)}`;
  const by = cause === null ? '' : ` (${cause})`;
  const [one, many] = what;
  return `${names} ${does[isOne ? 0 : 1]}${inRuns}: ${most}${numbers}${of} ${isSingle && of === '' ? one : many}${by}`;
}

/** The kinds of which there are at most as many as events. */
const countsEvents: ReadonlySet<AnomalyKind> = new Set(['regression', 'loss', 'completion-inversion']);

interface Clause {
  /** For one row, and for several. */
  readonly does: readonly [one: string, several: string];
  /** For one anomaly, and for several. */
  readonly what: readonly [one: string, many: string];
}

const clauses: Readonly<Record<AnomalyKind, Clause>> = {
  regression: {
    does: ['loses order', 'lose order'],
    what: ['event came after a higher version', 'events came after a higher version'],
  },
  loss: {
    does: ['loses events', 'lose events'],
    what: ['event was never handled', 'events were never handled'],
  },
  duplicate: {
    does: ['handles events again', 'handle events again'],
    what: ['duplicate', 'duplicates'],
  },
  'store-inversion': {
    does: ['stores events out of order', 'store events out of order'],
    what: ['event lies behind a higher version in the log', 'events lie behind a higher version in the log'],
  },
  'split-key': {
    does: ['splits keys', 'split keys'],
    what: ['aggregate lies in several partitions', 'aggregates lie in several partitions'],
  },
  overlap: {
    does: ['handles events of an aggregate at once', 'handle events of an aggregate at once'],
    what: ['overlap', 'overlaps'],
  },
  'completion-inversion': {
    does: ['completes out of order', 'complete out of order'],
    what: ['event ended after a higher version', 'events ended after a higher version'],
  },
  phantom: {
    does: ['handles events that nobody published', 'handle events that nobody published'],
    what: ['phantom', 'phantoms'],
  },
};

const places: Readonly<Record<Origin, string>> = {
  publish: 'in the publishers',
  store: 'between publishers and log',
  deliver: 'between broker and subscription',
  submit: 'between subscriptions and dispatcher',
  start: 'between queue and handler',
  finish: 'in the handler',
  unknown: 'at a stage that cannot be told',
};

/** `order is lost between broker and subscription`. */
export function lostAt(origin: Origin): string {
  return `order is lost ${places[origin]}`;
}

/** `multi/per-topic and single`; more than `most` names are cut, `a, b and 4 more`. */
export function namesInShort(names: readonly string[], most = 3): string {
  if (names.length <= most) return listed(names, 'and');
  return listed([...names.slice(0, most - 1), plural(names.length - most + 1, 'more', 'more')], 'and');
}

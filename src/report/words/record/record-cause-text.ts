/** Puts the causes of a record into words: what is claimed, what to change on any bus, and what would tell more. */
import type {
  RecordCause,
  RecordCondition,
  RecordNeed,
  RecordPlace,
  RecordWitness,
  RecordWitnessEvent,
  UntoldCause,
} from '../../../domain/record/record-cause.js';
import type { Remedy } from '../../../domain/report/cause-evidence.js';
import { listed } from '../../../text/lists.js';
import { formatCount } from '../../../text/numbers.js';
import { evidenceText } from '../evidence-text.js';
import { remedyText } from '../remedy-text.js';
import { sentence } from '../sentence.js';

/** `unkeyed-pool (likely): 235 pairs … .` */
export function causeText({ id, confidence, evidence }: RecordCause): string {
  const said = evidence.map((one, index) => sentence(evidenceText(one), index > 0));
  return `${id} (${confidence}): ${said.join(' ')}`;
}

/** Remedies of a run that name a strategy or a flag of this tool, which somebody's own bus does not have. */
const ofAnyBus: Readonly<Partial<Record<Remedy['kind'], string>>> = {
  'lane-by-aggregate': 'choose the lane by the id of the aggregate, or keep a queue per aggregate',
  'one-puller':
    'let one event at a time out of a durable, with one durable for each partition of the aggregates, or let one subscription at a time pull from it',
  'retry-in-place': 'try a failed event again in its lane, before anything that follows',
  'ack-after-handling': 'acknowledge an event once it has been handled, and not before',
  'ack-success-only':
    'acknowledge only what was handled with success; try what failed again before anything that follows, or keep it in a dead-letter topic',
};

export function recordRemedyText(remedy: Remedy): string {
  return ofAnyBus[remedy.kind] ?? remedyText(remedy);
}

/** `lane on start lines`, `finish lines` */
export function needText({ lines, fields }: RecordNeed): string {
  const where = `${listed(lines, 'or')} lines`;
  return fields.length === 0 ? where : `${listed(fields, 'and')} on ${where}`;
}

const conditionWords: Readonly<Record<RecordCondition, string>> = {
  dense: 'versions that rise by one',
  'all-read': 'a record of which every line is read',
  'one-source': 'each aggregate in one source, or a counter that all share',
  'topics-named': 'topic on every line',
  'all-joined': 'every line of a hand-over joined to its deliver line',
  'published-once': 'events that are published once',
  'published-first': 'a publish line before each deliver line',
  'one-queue': 'the lines of subscriptions that share their events',
  'never-again': 'events that are delivered once',
  'one-process': 'subscriptions of one process each',
  'one-topic': 'subscriptions of one topic each',
  'to-and-fro': 'aggregates that go to and fro between subscriptions',
  'wandering-lanes': 'aggregates that go to and fro among three lanes',
  'many-moves': 'keys that move more often than partitions were added',
  'publishers-alternate': 'publishers that take turns',
  'acked-first': 'acks that come before their starts',
  'begun-in-vain': 'a handling of an acknowledged event that did not succeed',
};

export function conditionText(condition: RecordCondition): string {
  return conditionWords[condition];
}

export interface TellingLines {
  /** What the record would have to have. */
  readonly name: string;
  readonly tells: string;
}

/** What would tell the causes that the record neither shows nor rules out; those with the same lacks in one. */
export function untoldTexts(untold: readonly UntoldCause[]): readonly TellingLines[] {
  const ids = new Map<string, string[]>();
  for (const one of untold) {
    const lacks = lackingText(one);
    ids.set(lacks, [...(ids.get(lacks) ?? []), one.id]);
  }
  return [...ids].map(([name, causes]) => ({ name, tells: `whether it is ${listed(causes, 'or')}` }));
}

function lackingText({ lacks, unmet }: UntoldCause): string {
  const byLines = new Map<string, RecordNeed>();
  for (const { lines, fields } of lacks) {
    const known = byLines.get(lines.join())?.fields ?? [];
    byLines.set(lines.join(), { lines, fields: [...known, ...fields] });
  }
  return listed([...[...byLines.values()].map(needText), ...unmet.map(conditionText)], 'and');
}

/** `line 12`, or with its file where sources were merged. */
export type PlaceText = (place: RecordPlace) => string;

export const lineText: PlaceText = ({ line, source }) =>
  `${source === null ? '' : `${source} `}line ${formatCount(line)}`;

/** The events of an anomaly, each with all that lines tell of it. */
export function storyTexts({ event, otherDelivery, otherEvent }: RecordWitness, placeText: PlaceText): string[] {
  return [otherEvent, otherDelivery, event].flatMap((one) => (one === null ? [] : [eventText(one, placeText)]));
}

/** `version 3: published line 4, delivered line 9 to s1, started line 12 in w3` */
function eventText(event: RecordWitnessEvent, placeText: PlaceText): string {
  const { version, partition, position, publish, deliver, start, finish, ack } = event;
  const at = (what: string, place: RecordPlace | null, more = ''): string[] =>
    place === null ? [] : [`${what} ${placeText(place)}${more}`];
  const stored = position === null ? [] : [`stored at ${partition === null ? '' : `${partition}:`}${position}`];
  const to = event.subscription === null || event.subscription === '-' ? '' : ` to ${event.subscription}`;
  const again = (event.deliveryCount ?? 1) > 1 ? ` for the ${event.deliveryCount}. time` : '';
  const told = [
    ...at('published', publish),
    ...stored,
    ...at('delivered', deliver, `${to}${again}`),
    ...at('started', start, event.lane === null ? '' : ` in ${event.lane}`),
    ...at('finished', finish),
    ...at('acknowledged', ack),
  ];
  return `version ${version}: ${told.join(', ')}`;
}

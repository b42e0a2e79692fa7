/** The events of an aggregate as its timeline has them, with names in place of numbers. */
import type { RunTimelines, TimelineColumn } from '../../src/domain/report/run-picture.js';

export interface Moment {
  readonly stamp: number;
  readonly ms: number;
}

/** One delivery of an event, or an event that was not delivered. */
export interface Story {
  readonly version: number;
  readonly publisher: string | null;
  readonly topic: string;
  readonly partition: number | null;
  readonly position: number | null;
  readonly publish: Moment | null;
  readonly deliver: Moment | null;
  readonly subscription: string | null;
  readonly deliveryCount: number | null;
  readonly submitStamp: number | null;
  readonly lane: number | null;
  readonly attempt: number | null;
  readonly start: Moment | null;
  readonly finish: Moment | null;
  readonly outcome: string | null;
  readonly answer: string | null;
  readonly answered: Moment | null;
}

export function storiesOf(timelines: RunTimelines, aggregateId: string): Story[] {
  const found = timelines.aggregates.find((aggregate) => aggregate.aggregateId === aggregateId);
  if (found === undefined) return [];
  const places = new Map(timelines.columns.map((name, place) => [name, place]));
  return found.rows.map((row) => storyOf(timelines, (name) => row[places.get(name) ?? -1] ?? null));
}

type Get = (column: TimelineColumn) => number | string | null;

function storyOf({ topics, subscriptions }: RunTimelines, get: Get): Story {
  const number = (name: TimelineColumn): number | null => {
    const value = get(name);
    return typeof value === 'number' ? value : null;
  };
  const word = (name: TimelineColumn): string | null => {
    const value = get(name);
    return typeof value === 'string' ? value : null;
  };
  const moment = (stampName: TimelineColumn, msName: TimelineColumn): Moment | null => {
    const stamp = number(stampName);
    return stamp === null ? null : { stamp, ms: number(msName) ?? 0 };
  };
  const subscription = number('subscription');
  const publisher = number('publisher');
  return {
    version: number('version') ?? 0,
    publisher: publisher === null ? null : `publisher ${String(publisher)}`,
    topic: topics[number('topic') ?? -1] ?? '',
    partition: number('partition'),
    position: number('position'),
    publish: moment('publishStamp', 'publishMs'),
    deliver: moment('deliverStamp', 'deliverMs'),
    subscription: subscription === null ? null : (subscriptions[subscription] ?? String(subscription)),
    deliveryCount: number('deliveryCount'),
    submitStamp: number('submitStamp'),
    lane: number('lane'),
    attempt: number('attempt'),
    start: moment('startStamp', 'startMs'),
    finish: moment('finishStamp', 'finishMs'),
    outcome: word('outcome'),
    answer: word('answer'),
    answered: moment('answerStamp', 'answerMs'),
  };
}

const digits = 3;

/** The story in words, stage by stage. */
export function toldStages(story: Story): [stage: string, text: string][] {
  const { publish, deliver, start, finish, answered, submitStamp } = story;
  const at = (moment: Moment | null): string =>
    moment === null ? 'not seen' : `at ${moment.ms.toFixed(digits)} ms, stamp ${moment.stamp.toLocaleString('en')}`;
  const place = story.position === null ? 'not seen' : `position ${story.position.toLocaleString('en')}`;
  const partition = story.partition === null ? '' : `, partition ${String(story.partition)}`;
  const count = story.deliveryCount === null ? '' : `, delivery ${String(story.deliveryCount)}`;
  const attempt = story.attempt !== null && story.attempt > 1 ? `, attempt ${String(story.attempt)}` : '';
  const lane = story.lane === null ? '' : ` in ${laneName(story.lane)}`;
  return [
    ['published', publish === null ? 'not seen' : `${story.publisher ?? 'by an unknown publisher'}, ${at(publish)}`],
    ['in the log', `${story.topic}${partition}, ${place}`],
    ['delivered', deliver === null ? 'never' : `to ${story.subscription ?? 'a subscription'}${count}, ${at(deliver)}`],
    ['in the inbox', submitStamp === null ? 'not seen' : `stamp ${submitStamp.toLocaleString('en')}`],
    ['started', start === null ? 'never' : `${at(start)}${lane}${attempt}`],
    ['ended', finish === null ? 'never' : `${story.outcome ?? ''} ${at(finish)}`],
    ['answered', answered === null ? 'never' : `${story.answer ?? ''} ${at(answered)}`],
  ];
}

export function laneName(lane: number): string {
  return lane < 0 ? 'no lane' : `lane ${String(lane)}`;
}

/**
 * Takes in the lines of all sources: leaves out what was not asked for, counts what the lines say and which of them are
 * bad, and hands the others to the engine.
 */
import {
  fieldIndex,
  recordEvents,
  recordFields,
  type RecordEvent,
  type RecordField,
} from '../domain/record/record-fields.js';
import type { BadLine, RecordReport } from '../domain/record/record-report.js';
import { NeedsMore, type Pass, type RecordEngine } from './engine.js';
import { eventOf, isPublish } from './events.js';
import type { Fields } from './fields.js';
import type { LinePlace } from './order/line-places.js';
import { OtherSpans } from './other-spans.js';
import type { LineSink } from './reader.js';
import { redactedText } from './redact.js';

const { topic: topicField } = fieldIndex;

/** Bad lines that are kept to be shown. */
const badKept = 3;

/** Lines of something else that are kept. */
const samplesKept = 20;

/** Whether a line is one of those that were asked for. */
export type LineFilter = (fields: Fields) => boolean;

export interface IntakeOptions {
  readonly engine: RecordEngine;
  /** null: all lines. */
  readonly filter: LineFilter | null;
  /** Some lines have a topic, so one without is bad. */
  readonly needsTopic: boolean;
  /** Texts of lines are not kept. */
  readonly redacts: boolean;
  /** Called with each bad line; may throw to stop there. */
  readonly onBad: (line: BadLine) => void;
}

export class Intake implements LineSink {
  readonly #options: IntakeOptions;
  readonly #events = recordEvents.map(() => 0);
  readonly #fields = recordFields.map(() => 0);
  /** Fields that any line has, also one that was left out: a bit for each. */
  #met = 0;
  readonly badLines: BadLine[] = [];
  /** The first lines of something else, by which a map can be proposed. */
  readonly samples: string[] = [];
  /** Bad lines that have nothing wrong but that this is missing. */
  readonly lacking = { aggregate: 0, version: 0 };
  record = 0;
  others = 0;
  leftOut = 0;
  bads = 0;
  readonly #otherSpans = new OtherSpans();
  #mask = 0;
  #withMask = 0;
  #hasTopics = false;
  #lacksTopics = false;
  #source = '';
  #lines = 0;
  #pass: Pass = 'all';

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Some lines have a topic, so one without is bad. */
  get needsTopic(): boolean {
    return this.#options.needsTopic;
  }

  /** Lines of the source so far. */
  get lines(): number {
    return this.#lines;
  }

  /** Of the lines of something else: spans, by what they are of. */
  get otherSpans(): RecordReport['lines']['otherSpans'] {
    return this.#otherSpans.byOperation;
  }

  /** What has been found so far. */
  get found(): Pick<RecordEngine, 'regressions' | 'duplicates' | 'aggregates'> {
    return this.#options.engine;
  }

  /** How many lines said what, and how many had which field. */
  get events(): Record<RecordEvent, number> {
    return countsBy(recordEvents, this.#events);
  }

  get fields(): Record<RecordField, number> {
    this.#countMask(this.#mask);
    return countsBy(recordFields, this.#fields);
  }

  /** Whether any line has the field, also one that was left out. */
  has(field: RecordField): boolean {
    return (this.#met & (1 << fieldIndex[field])) !== 0;
  }

  /** Lines have these fields too, a bit for each. */
  meet(mask: number): void {
    this.#met |= mask;
  }

  /** Finds where a line stands by the number that it was handed on with; null: it is the line's own, in its source. */
  placeOf: ((number: number) => LinePlace) | null = null;

  /** All lines follow, of which some are taken. What is wrong with those that say nothing was said in the first pass. */
  beginPass(pass: Pass): void {
    this.#pass = pass;
  }

  get #isAgain(): boolean {
    return this.#pass === 'handlings';
  }

  /** The lines that follow are of this source. */
  begin(source: string): void {
    this.#source = source;
    this.#lines = 0;
    this.#options.engine.begin(source);
  }

  line(fields: Fields, number: number): void {
    this.#lines = number;
    const { filter, engine } = this.#options;
    this.#met |= fields.mask;
    if (filter !== null && !filter(fields)) {
      if (!this.#isAgain) this.leftOut++;
      return;
    }
    const event = eventOf(fields);
    if (event === null) return this.bad(number, `its "ev" is none of ${recordEvents.join(', ')}`, lineText(fields));
    if (this.#pass !== 'all' && isPublish(event) !== (this.#pass === 'publishes')) return;
    const problem = this.#topicProblem(fields.has(topicField)) ?? engine.take(event, fields, number);
    if (problem !== null) return this.#bad(number, problem, lineText(fields));
    this.record++;
    this.#events[recordEvents.indexOf(event)]!++;
    if (fields.mask !== this.#mask) this.#countMask(fields.mask);
    this.#withMask++;
  }

  /** One topic is not to be taken for several, nor several for one. @throws {NeedsMore} if only some lines have one */
  #topicProblem(hasTopic: boolean): string | null {
    const { needsTopic } = this.#options;
    if (hasTopic) this.#hasTopics = true;
    else if (needsTopic) return 'it has no topic, though other lines have one';
    else this.#lacksTopics = true;
    if (this.#hasTopics && this.#lacksTopics) throw new NeedsMore('topic');
    return null;
  }

  /**
   * Counts lines that the engine is handed by others than {@link line}: plain handlings, none of which was to be left out.
   * @param masks how many of them have which fields, a bit for each
   * @throws {NeedsMore} if only some lines have a topic
   */
  handled(masks: readonly (readonly [mask: number, handlings: number])[]): void {
    for (const [mask, handlings] of masks) {
      this.#topicProblem((mask & (1 << topicField)) !== 0);
      this.#met |= mask;
      this.record += handlings;
      this.#events[recordEvents.indexOf('handled')]! += handlings;
      this.#countMask(mask);
      this.#withMask = handlings;
    }
  }

  /** So many further lines are of something else. @param lines of the source so far */
  passed(others: number, lines: number): void {
    if (!this.#isAgain) this.others += others;
    this.#lines = lines;
  }

  flush(): void {
    this.#options.engine.flush();
  }

  /** Lines mostly have the same fields as the one before, so they are counted together. */
  #countMask(mask: number): void {
    for (let field = 0; field < this.#fields.length; field++) {
      if ((this.#mask & (1 << field)) !== 0) this.#fields[field]! += this.#withMask;
    }
    this.#mask = mask;
    this.#withMask = 0;
  }

  bad(number: number, problem: string, text: string, lacks?: 'aggregate' | 'version'): void {
    if (this.#isAgain) this.#lines = number;
    else this.#bad(number, problem, text, lacks);
  }

  #bad(number: number, problem: string, text: string, lacks?: 'aggregate' | 'version'): void {
    this.#lines = number;
    this.badAt(this.placeOf?.(number) ?? { source: this.#source, line: number }, problem, text, lacks);
  }

  /** As {@link bad}, of a line that stands there. */
  badAt(place: LinePlace, problem: string, text: string, lacks?: 'aggregate' | 'version'): void {
    this.bads++;
    if (lacks !== undefined) this.lacking[lacks]++;
    const line = { ...place, problem, text: this.#options.redacts ? redactedText : text };
    if (this.badLines.length < badKept) this.badLines.push(line);
    this.#options.onBad(line);
  }

  other(number: number, text: () => string, operation?: string | null): void {
    this.#lines = number;
    if (this.#isAgain) return;
    this.others++;
    if (operation !== undefined) this.#otherSpans.count(operation);
    if (this.samples.length < samplesKept) this.samples.push(text());
  }
}

function countsBy<Name extends string>(names: readonly Name[], counts: readonly number[]): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, counts[index]!])) as Record<Name, number>;
}

/** The fields that were read, as they would stand in a record. */
function lineText(fields: Fields): string {
  return JSON.stringify(fields.texts());
}

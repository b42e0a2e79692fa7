/**
 * The log of a stream: it keeps messages in the order of their arrival, with sequences from 1 up without holes, and the
 * message ids seen within the duplicate window.
 */
import { subjectMatches } from './subject-filter.js';

/** A message id is remembered for this long (the server's default duplicate window). */
const duplicateWindowMs = 120_000;

export class Stream<T> {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly #subjects: string[] = [];
  readonly #payloads: T[] = [];
  readonly #counts = new Map<string, number>();
  /** Message id to sequence and time, oldest first. */
  readonly #seen = new Map<string, { readonly sequence: number; readonly atMs: number }>();

  constructor(name: string, subjects: readonly string[]) {
    this.name = name;
    this.subjects = subjects;
  }

  get lastSequence(): number {
    return this.#subjects.length;
  }

  /** Messages stored on the subject. */
  countOn(subject: string): number {
    return this.#counts.get(subject) ?? 0;
  }

  takes(subject: string): boolean {
    return this.subjects.some((pattern) => subjectMatches(pattern, subject));
  }

  subjectOf(sequence: number): string {
    return this.#subjects[sequence - 1]!;
  }

  payloadOf(sequence: number): T {
    return this.#payloads[sequence - 1]!;
  }

  /** The sequence under which this message id was stored within the window; 0 if it was not. */
  duplicateOf(nowMs: number, messageId: string): number {
    for (const [id, seen] of this.#seen) {
      if (nowMs - seen.atMs < duplicateWindowMs) break;
      this.#seen.delete(id);
    }
    return this.#seen.get(messageId)?.sequence ?? 0;
  }

  store(nowMs: number, subject: string, payload: T, messageId: string | undefined): number {
    this.#payloads.push(payload);
    this.#counts.set(subject, this.countOn(subject) + 1);
    const sequence = this.#subjects.push(subject);
    if (messageId !== undefined) this.#seen.set(messageId, { sequence, atMs: nowMs });
    return sequence;
  }
}

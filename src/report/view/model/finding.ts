/**
 * Defines the basic types of the view: the status of a row, the tone of a text, and findings, alone and in sections.
 */
import type { Outcome } from '../../../domain/scenario/scenario.js';

/** The outcome of a row or a group of rows; each renderer shows it by its own sign and colour. */
export interface Status {
  readonly outcome: Outcome;
  /** Whether an error ended the row. */
  readonly hasFailed: boolean;
}

/** How a text is to be read, if it is more than a plain fact; `aside` is less prominent than plain text. */
export type Tone = 'good' | 'bad' | 'unsure' | 'aside';

/** A name, such as that of a row or an aggregate, with a text about it. */
export interface Finding {
  /** null: the finding is about something without an outcome, such as an event or an aggregate. */
  readonly status: Status | null;
  readonly title: string;
  /** Sentences, or a clause without a full stop. */
  readonly text: string;
}

/** Findings under one title. */
export interface Section {
  readonly title: string;
  /** A remark beside the title, such as how many aggregates the findings are taken from. */
  readonly aside?: string;
  readonly findings: readonly Finding[];
}

/**
 * Defines the words of the view: how something came out, what is said of a thing, and what a text is to its reader.
 */
import type { Outcome } from '../../../domain/scenario/scenario.js';

/** How a row, or several of one thing, came out; shown by a sign and a colour of the renderer's own. */
export interface Status {
  readonly outcome: Outcome;
  /** An error ended it. */
  readonly hasFailed: boolean;
}

/** What a text is to its reader, where it is more than a plain fact. `aside` stands back behind the others. */
export type Tone = 'good' | 'bad' | 'unsure' | 'aside';

/** A thing by its name, and what is said of it. */
export interface Finding {
  /** null: it has not come out in any way, such as an event or an aggregate. */
  readonly status: Status | null;
  readonly title: string;
  /** Sentences, or a clause without a full stop. */
  readonly text: string;
}

/** Findings under one title. */
export interface Section {
  readonly title: string;
  /** Beside the title: what the findings are taken from. */
  readonly aside?: string;
  readonly findings: readonly Finding[];
}

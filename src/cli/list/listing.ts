/** Defines what a list of `eventbus-bench list` is: entries to read, and the same as data for programs. */

export interface Entry {
  readonly name: string;
  /** What it is, in a sentence or less. */
  readonly summary: string;
  /** Further lines, each a label and a text. */
  readonly more: readonly (readonly [label: string, text: string])[];
}

export interface Listing {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** What to do with one of them: sentences below the list. */
  readonly hints: readonly string[];
  /** For `--json`. */
  readonly data: readonly object[];
}

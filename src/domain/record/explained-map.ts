/** What the first lines of a record would become: each field with its value, and where it was found. */
import type { RecordField } from './record-fields.js';

export type ExplainedLine =
  | {
      readonly kind: 'record';
      readonly line: number;
      readonly fields: readonly { readonly field: RecordField; readonly value: string; readonly from: string }[];
    }
  | { readonly kind: 'other'; readonly line: number; readonly text: string }
  | { readonly kind: 'bad'; readonly line: number; readonly problem: string; readonly text: string };

export interface ExplainedMap {
  readonly source: string;
  readonly lines: readonly ExplainedLine[];
  /** A map by the names that were seen, as `--map` takes it; null: lines of the record were found, or no names fit. */
  readonly proposed: string | null;
}

/** The place of a row in a sweep: one value of one field, as a flag would have it: `topics`, `10`. */
export interface SweepPoint {
  readonly field: string;
  readonly value: string;
}

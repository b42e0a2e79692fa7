/** Lists how histories are written, and what of a history can be said so. */
import type { HistoryLine } from './history.js';
import { csv } from './writers/csv.js';
import { ndjson, nested } from './writers/ndjson.js';
import { otlp, sayableInSpans } from './writers/otlp.js';
import { text } from './writers/text.js';
import type { Writer } from './writers/writer.js';

export interface Format {
  readonly write: Writer;
  readonly sayable: (lines: readonly HistoryLine[]) => readonly HistoryLine[];
  /** A handling of which no more is known than that it began can be said. */
  readonly saysHandled: boolean;
}

const all = (lines: readonly HistoryLine[]): readonly HistoryLine[] => lines;

export const formats: Readonly<Record<string, Format>> = {
  NDJSON: { write: ndjson, sayable: all, saysHandled: true },
  'nested NDJSON': { write: nested, sayable: all, saysHandled: true },
  CSV: { write: csv, sayable: all, saysHandled: true },
  text: { write: text, sayable: all, saysHandled: true },
  'OTLP, which says of a publish whether it failed and of no handling that it was cut off': {
    write: otlp,
    sayable: sayableInSpans,
    saysHandled: false,
  },
};

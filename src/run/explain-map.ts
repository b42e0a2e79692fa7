/** Reads the first lines of a source as a check would, and keeps what each became in place of checking it. */
import type { ExplainedLine, ExplainedMap } from '../domain/record/explained-map.js';
import { fieldIndex, recordFields, type RecordField } from '../domain/record/record-fields.js';
import { eventOf } from '../record/events.js';
import type { Fields } from '../record/fields.js';
import { feed } from '../record/input/feed.js';
import type { OpenedSource, SourceOpener } from '../record/input/open-source.js';
import { readInteger } from '../record/integers.js';
import { proposalFor } from '../record/map/no-record.js';
import type { FieldMap } from '../record/map/parse-map.js';
import { writtenSource } from '../record/map/source-names.js';
import type { LineSink, RecordReader } from '../record/reader.js';

const linesExplained = 10;

export interface ExplainMapOptions {
  readonly source: SourceOpener;
  readonly map: FieldMap;
  /** Makes the reader of a source. */
  readonly readerOf: (source: OpenedSource, sink: LineSink) => RecordReader;
}

/** @throws {UsageError} if the source cannot be read */
export async function explainMap({ source: opener, map, readerOf }: ExplainMapOptions): Promise<ExplainedMap> {
  const source = await opener.open();
  const sink = new FirstLines(map);
  try {
    await feed(source, { reader: readerOf(source, sink), sink }, () => {
      if (sink.isFull) throw new Enough();
    });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  } finally {
    await source.close();
  }
  const { lines, samples } = sink;
  const hasRecord = lines.some(({ kind }) => kind === 'record');
  return { source: source.name, lines, proposed: hasRecord ? null : proposalFor(samples, source.format ?? 'unknown') };
}

/** Ends the reading once enough lines are there. */
class Enough extends Error {}

class FirstLines implements LineSink {
  readonly lines: ExplainedLine[] = [];
  readonly samples: string[] = [];
  readonly #map: FieldMap;

  constructor(map: FieldMap) {
    this.#map = map;
  }

  get isFull(): boolean {
    return this.lines.length >= linesExplained;
  }

  line(fields: Fields, line: number): void {
    if (this.isFull) return;
    const texts = fields.texts();
    const problem = problemOf(fields);
    if (problem !== null) return this.bad(line, problem, JSON.stringify(texts));
    const found = recordFields.filter((field) => texts[field] !== undefined);
    this.lines.push({
      ...{ kind: 'record', line },
      fields: found.map((field) => ({ field, value: texts[field]!, from: this.#from(field) })),
    });
  }

  flush(): void {
    // Texts are made at once, so nothing is kept of the bytes of a line.
  }

  bad(line: number, problem: string, text: string): void {
    if (!this.isFull) this.lines.push({ kind: 'bad', line, problem, text });
  }

  other(line: number, text: () => string): void {
    if (this.isFull) return;
    const sample = text();
    this.samples.push(sample);
    this.lines.push({ kind: 'other', line, text: sample });
  }

  #from(field: RecordField): string {
    return writtenSource(this.#map.get(field) ?? { kind: 'name', name: field });
  }
}

/** What a check would find wrong with the line. */
function problemOf(fields: Fields): string | null {
  const { bytes, from, to } = fields;
  const { version } = fieldIndex;
  if (readInteger(bytes[version]!, from[version]!, to[version]!) === null) {
    return 'its version is no integer of up to 64 bits';
  }
  return eventOf(fields) === null ? 'its "ev" is none that a record knows' : null;
}

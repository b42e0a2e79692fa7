/** Checks what a writer wrote, by the reader that the program would choose for it. */
import type { RecordReport } from '../../../src/domain/record/record-report.js';
import { ChosenReader } from '../../../src/record/choice/chosen-reader.js';
import { parseMap } from '../../../src/record/map/parse-map.js';
import { LinePattern } from '../../../src/record/text/line-pattern.js';
import { bytesOpener, checkOpeners, type LinesOptions } from '../../record/check-lines.js';
import type { Written } from './writers/writer.js';

/** @param files what was written, by the name of its file; all are read in the same way */
export function checkWritten(files: Readonly<Record<string, Written>>, options: LinesOptions): Promise<RecordReport> {
  const [{ map, pattern } = { map: '' }] = Object.values(files);
  const fields = parseMap(map);
  const openers = Object.entries(files).map(([name, { text }]) => bytesOpener(name, new TextEncoder().encode(text)));
  const linePattern = pattern === undefined ? null : new LinePattern(pattern, fields);
  const reading = { format: null, pattern: linePattern, strip: null, map: fields, constants: new Map() };
  return checkOpeners(openers, {
    map,
    readerOf: (source, sink) => new ChosenReader(reading, source, sink),
    ...options,
  });
}

/** Hands a line that was read to the sink: as a line of the record, as a bad one, or as one of something else. */
import { fieldIndex } from '../domain/record/record-fields.js';
import type { Fields } from './fields.js';
import type { LineSink } from './reader.js';

const { aggregate, version } = fieldIndex;

/** Enough of a line to see the names of its fields. */
const sampleBytes = 16_384;
const excerptBytes = 120;

/** @param text makes the beginning of the line, of so many bytes at most */
export function handOn(sink: LineSink, fields: Fields, number: number, text: (most: number) => string): void {
  const hasAggregate = fields.has(aggregate);
  const hasVersion = fields.has(version);
  if (hasAggregate && hasVersion) sink.line(fields, number);
  else if (isFound(hasAggregate, fields, aggregate) || isFound(hasVersion, fields, version)) {
    const lacks = hasVersion ? 'aggregate' : 'version';
    sink.bad(number, `it has no ${lacks}`, text(excerptBytes), lacks);
  } else sink.other(number, () => text(sampleBytes));
}

/** A constant is no sign that a line is one of the record. */
function isFound(has: boolean, fields: Fields, field: number): boolean {
  return has && !fields.isConstant(field);
}

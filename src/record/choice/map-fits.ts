/** Whether the sources of a map are of the kind that a format has. */
import { UsageError } from '../../domain/errors.js';
import type { FieldMap } from '../map/parse-map.js';
import { nameOf, writtenSource } from '../map/source-names.js';
import type { RecordFormat } from './content.js';

const examples: Readonly<Record<Exclude<RecordFormat, 'trace'>, string>> = {
  ndjson: 'NDJSON has paths, such as --map aggregate=.order.id,version=.seq',
  csv: 'CSV has columns, such as --map aggregate=Order,version=Seq',
  text: 'a pattern has groups, such as --map aggregate=order,version=seq',
  otlp: 'spans have attributes, such as --map aggregate=attr:order.id,version=attr:order.version',
};

/** @throws {UsageError} for a longer path where there are names only, and for an attribute where there are no spans */
export function checkMapFits(format: Exclude<RecordFormat, 'trace'>, map: FieldMap): void {
  for (const [field, source] of map) {
    if (source.kind === 'constant' || (source.kind !== 'attribute' && format === 'ndjson')) continue;
    if (source.kind === 'attribute' ? format === 'otlp' : nameOf(source) !== null) continue;
    throw new UsageError(
      `--map ${field}=${writtenSource(source)} does not fit: this is read as ${format}`,
      examples[format],
    );
  }
}

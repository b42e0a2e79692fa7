/**
 * Holds the lines of a source to the counter that is mapped as `order`: each line has a higher one than the line before.
 * Lines that stand elsewhere would be taken for events that came too late, so there is no verdict on them.
 */
import { UsageError } from '../../domain/errors.js';
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';
import { readInteger } from '../integers.js';
import type { LineSink } from '../reader.js';

const { order: orderField } = fieldIndex;

/** What it makes throws {@link UsageError} at the first line whose order is not above that of the line before. */
export function heldToOrder(source: string, sink: LineSink): LineSink {
  let last: number | bigint | null = null;
  return {
    line: (fields, number) => {
      const order = orderOf(fields);
      if (order === null) {
        sink.bad(number, 'its order is no integer of up to 64 bits', JSON.stringify(fields.texts()));
        return;
      }
      if (last !== null && order <= last) throw outOfOrder(source, number, { order, last });
      last = order;
      sink.line(fields, number);
    },
    flush: () => {
      sink.flush();
    },
    bad: (number, problem, text, lacks) => {
      sink.bad(number, problem, text, lacks);
    },
    other: (number, text) => {
      sink.other(number, text);
    },
  };
}

function orderOf(fields: Fields): number | bigint | null {
  if (!fields.has(orderField)) return null;
  return readInteger(fields.bytes[orderField]!, fields.from[orderField]!, fields.to[orderField]!);
}

function outOfOrder(
  source: string,
  line: number,
  { order, last }: { readonly order: number | bigint; readonly last: number | bigint },
): UsageError {
  return new UsageError(
    `${source}, line ${line}: its order is ${order}, and that of a line before is ${last}`,
    'sort the file by its order first, as docs/YOUR-BUS.md shows; lines are not sorted here',
  );
}

/**
 * Reads `aggregate=COL,version=COL,…`: which column of a log is what. A comma within double quotes belongs to the name
 * of a column; what stands in single quotes is a constant, as in `check --map`.
 */
import { UsageError } from '../domain/errors.js';
import { listed } from '../text/lists.js';
import { printable } from '../text/printable.js';

/** What a column can be, beside that by which lines are ordered. */
export const mapped = ['aggregate', 'version', 'id', 'topic', 'start', 'finish'] as const;
type Mapped = (typeof mapped)[number];

/** Names of columns, or constants in single quotes, as they were given; null: the log has none. */
export interface ColumnMap extends Readonly<Record<Exclude<Mapped, 'aggregate' | 'version'>, string | null>> {
  readonly aggregate: string;
  readonly version: string;
}

/** Columns that are not mapped have the names of what they are; ids, topics and intervals are there only if mapped. */
const unmapped: ColumnMap = {
  ...{ aggregate: 'aggregate', version: 'version' },
  ...{ id: null, topic: null, start: null, finish: null },
};

/**
 * `field=column` or `field='constant'`. A quote within quotes is written twice, which reads like two strings side by side;
 * a single quote that begins no source belongs to a name.
 */
const part = `([^=,"]*)=\\s*((?:'[^']*')+\\s*|(?![\\s'])(?:"[^"]*"|[^",])*)`;
const wholeMap = new RegExp(`^${part}(?:,${part})*$`);

/** @throws {UsageError} if it is not of that form, or names what no query asks for */
export function readColumnMap(text: string | undefined): ColumnMap {
  if (text === undefined) return unmapped;
  if (!wholeMap.test(text)) {
    throw new UsageError(
      `--map ${printable(text)} is not a list of field=column`,
      "write --map aggregate=COLUMN,version=COLUMN; a constant stands in single quotes: topic='orders'",
    );
  }
  const map = new Map<Mapped, string>();
  for (const [, field = '', column = ''] of text.matchAll(new RegExp(part, 'g'))) {
    const name = field.trim();
    if (!isMapped(name))
      throw new UsageError(`--map has no field "${printable(name)}"`, `it maps ${listed(mapped, 'and')}`);
    if (map.has(name)) throw new UsageError(`--map names ${name} twice`, 'leave one of them out');
    map.set(name, column.trim());
  }
  if (map.has('start') !== map.has('finish')) {
    const [has, lacks] = map.has('start') ? ['start', 'finish'] : ['finish', 'start'];
    throw new UsageError(`--map names ${has} and no ${lacks}`, `give ${lacks} as well: an overlap needs both`);
  }
  return { ...unmapped, ...Object.fromEntries(map) };
}

function isMapped(name: string): name is Mapped {
  return (mapped as readonly string[]).includes(name);
}

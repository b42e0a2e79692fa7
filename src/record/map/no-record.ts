/** What to say where no line of a source is one of a record: what is missing, and which map would fit what was seen. */
import { UsageError } from '../../domain/errors.js';
import type { BadLine } from '../../domain/record/record-report.js';
import { proposeMap, valuesOf } from './propose.js';

export interface NothingRead {
  readonly source: string;
  /** Lines of something else: the first ones, as text. */
  readonly samples: readonly string[];
  readonly badLines: readonly BadLine[];
  /** All lines. */
  readonly lines: number;
}

export function noRecord({ source, samples, badLines, lines }: NothingRead): UsageError {
  if (lines === 0) return new UsageError(`${source} is empty`, 'name a file that has the record');
  const [bad] = badLines;
  if (samples.length === 0 && bad !== undefined) {
    return new UsageError(
      `no line of ${source} is one of a record; line ${bad.line}: ${bad.problem}: ${bad.text}`,
      'a record is NDJSON, a line for each handling: {"aggregate":"order-1","version":3}; see docs/RECORD.md',
    );
  }
  const proposed = proposeMap(samples.map(valuesIn));
  const map = [...proposed.fields].map(([field, from]) => `${field}=${from}`).join(',');
  return new UsageError(
    `no line of ${source} has an aggregate and a version where they are looked for`,
    proposed.isWhole
      ? `by the names in it they may be these: --map '${map}'`
      : `say where they are: --map aggregate=.order.id,version=.seq; ${source} has ${namesIn(samples)}`,
  );
}

function valuesIn(sample: string): ReturnType<typeof valuesOf> {
  try {
    return valuesOf(JSON.parse(sample));
  } catch {
    return [];
  }
}

const namesShown = 12;

function namesIn(samples: readonly string[]): string {
  const names = [...new Set(samples.flatMap((sample) => valuesIn(sample).map(({ source }) => source)))];
  if (names.length === 0) return 'no fields';
  return `${names.slice(0, namesShown).join(', ')}${names.length > namesShown ? ', …' : ''}`;
}

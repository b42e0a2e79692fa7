/** What to say where no line of a source is one of a record: what is missing, and which map would fit what was seen. */
import { UsageError } from '../../domain/errors.js';
import type { RecordField } from '../../domain/record/record-fields.js';
import type { BadLine } from '../../domain/record/record-report.js';
import { wrappingOf, type Wrapping } from '../strip/prefixes.js';
import type { FieldMap, FieldSource } from './parse-map.js';
import { proposeMap, valuesOf, writtenMap, type FoundValue } from './propose.js';
import { packedIn } from './packed-json.js';
import { writtenSource } from './source-names.js';

export interface NothingRead {
  readonly source: string;
  readonly format: string;
  /** Lines of something else: the first ones, as text. */
  readonly samples: readonly string[];
  /** The first ones. */
  readonly badLines: readonly BadLine[];
  readonly bads: number;
  readonly others: number;
  /** How many of the bad lines lack no more than this. */
  readonly lacking: Readonly<Record<'aggregate' | 'version', number>>;
  readonly map: FieldMap;
}

export function noRecord(read: NothingRead): UsageError {
  const { source, format, samples, badLines, bads, others, lacking, map } = read;
  if (bads + others === 0) return new UsageError(`${source} is empty`, 'name a file that has the record');
  const [bad] = badLines;
  const lacks = (['aggregate', 'version'] as const).find((field) => lacking[field] === bads);
  const from = lacks === undefined ? undefined : map.get(lacks);
  if (bads > 0 && lacks !== undefined && from !== undefined) return missingSource([lacks, from], source);
  const wrapping = wrappingOf(samples[0] ?? bad?.text ?? '');
  if (wrapping !== null) return stillWrapped(source, wrapping);
  if (bad?.text.trim() === '{') return overManyLines(source);
  if (samples.length === 0 && bad !== undefined) {
    return new UsageError(
      `no line of ${source} is one of a record; line ${bad.line}: ${bad.problem}${bad.text === '' ? '' : `: ${bad.text}`}`,
      'a record is NDJSON, a line for each handling: {"aggregate":"order-1","version":3}; see docs/RECORD.md',
    );
  }
  return format === 'text' ? noMatch(source, samples) : noFields(read);
}

/** What `--map` names, and no line has. */
export function missingSource([field, from]: readonly [RecordField, FieldSource], source: string): UsageError {
  // A shell takes quotes off that are not within others.
  const constant = from.kind === 'name' ? `; a constant is written as --map "${field}='${from.name}'"` : '';
  return new UsageError(
    `--map ${field}=${writtenSource(from)}: no line of ${source} has that`,
    `mend its name, or leave it out of the map${constant}`,
  );
}

function overManyLines(source: string): UsageError {
  return new UsageError(
    `${source} has objects of JSON over many lines each, and a record has a line for each thing that happened`,
    `jq -c . ${source === 'standard input' ? '' : `${source} `}| eventbus-bench check -`,
  );
}

export function stillWrapped(source: string, wrapping: Wrapping): UsageError {
  return new UsageError(
    `the lines of ${source} are wrapped in what ${wrapping} writes`,
    `have that taken off: --strip ${wrapping}`,
  );
}

function noMatch(source: string, [first = '']: readonly string[]): UsageError {
  return new UsageError(
    `no line of ${source} matches --pattern`,
    `the first one is: ${first.length > 200 ? `${first.slice(0, 200)}…` : first}`,
  );
}

function noFields({ source, format, samples, map: asked }: NothingRead): UsageError {
  const found = samples.map((sample) => valuesIn(sample, format));
  const proposed = proposalFor(samples, format);
  const packed = proposed === null && format === 'ndjson' ? packedIn(samples, source) : null;
  if (packed !== null) return packed;
  const example = format === 'otlp' ? 'aggregate=attr:order.id,version=attr:seq' : 'aggregate=.order.id,version=.seq';
  return new UsageError(
    `no line of ${source} has both ${placeText('an aggregate', asked.get('aggregate'))} and ${placeText('a version', asked.get('version'))}`,
    proposed !== null
      ? `by the names in it they may be these: --map '${proposed}'`
      : `say where they are: --map ${example}; ${source} has ${namesIn(found)}`,
  );
}

function placeText(what: string, from: FieldSource | undefined): string {
  return from === undefined ? what : `${what} (${writtenSource(from)})`;
}

/** A map by the names in the samples, as `--map` takes it; null: they have no aggregate or no version. */
export function proposalFor(samples: readonly string[], format: string): string | null {
  return writtenMap(proposeMap(samples.map((sample) => valuesIn(sample, format))));
}

function valuesIn(sample: string, format: string): FoundValue[] {
  try {
    const values = valuesOf(JSON.parse(sample));
    return format === 'otlp' ? values.map((value) => ({ ...value, source: `attr:${value.name}` })) : values;
  } catch {
    return [];
  }
}

const namesShown = 12;

function namesIn(found: readonly (readonly FoundValue[])[]): string {
  const names = [...new Set(found.flatMap((values) => values.map(({ source }) => source)))];
  if (names.length === 0) return 'no fields';
  return `${names.slice(0, namesShown).join(', ')}${names.length > namesShown ? ', …' : ''}`;
}

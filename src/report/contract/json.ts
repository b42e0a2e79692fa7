/**
 * Writes a report as JSON, with its reasons and causes as data and in words. Fields are in the order of the schema, so
 * two reports of equal content are equal byte for byte. The indent is two spaces, the text ends with a newline, and
 * numbers that are not finite become null.
 */
import { z } from 'zod';
import { allAtOnce } from '../../domain/in-steps.js';
import type { RunReport } from '../../domain/report/run-report.js';
import { storedReportSchema } from './schema.js';
import { withWords } from './with-words.js';

export function renderJson(report: RunReport): string {
  return allAtOnce(renderJsonInSteps(report));
}

/** A row lists its aggregates with anomalies, which may be hundreds of thousands. */
const aggregatesInStep = 2_000;
const indent = 2;

/**
 * The same in steps: the report without its rows, then row by row, each without its aggregates, then so many aggregates
 * at once. A list that is filled in later stands empty in the text before, on a line of its own.
 */
export function* renderJsonInSteps(report: RunReport): Generator<void, string> {
  const { runs, ...rest } = withWords(report);
  const frame = textOf(storedReportSchema, { ...rest, runs: [] });
  const rows: string[] = [];
  for (const row of runs) {
    const { aggregates } = row;
    const { series, fetchMatrix, timelines } = row;
    const bare = { ...row, aggregates: [], series: null, fetchMatrix: null, timelines: null };
    const rowFrame = withPictures(textOf(storedReportSchema.shape.runs.element, bare), {
      series,
      fetchMatrix,
      timelines,
    });
    const texts: string[] = [];
    for (let from = 0; from < aggregates.length; from += aggregatesInStep) {
      yield;
      const some = aggregates.slice(from, from + aggregatesInStep);
      texts.push(...some.map((one) => textOf(aggregateSchema, one)));
    }
    rows.push(filled(rowFrame, 'aggregates', texts));
    yield;
  }
  return `${filled(frame, 'runs', rows)}\n`;
}

const aggregateSchema = storedReportSchema.shape.runs.element.shape.aggregates.element;

function textOf(schema: z.core.$ZodType, value: unknown): string {
  return JSON.stringify(inOrderOf(schema, value), null, indent);
}

/** Puts what pictures are drawn from into the text of a row, where it stands as null. */
function withPictures(frame: string, pictures: Readonly<Record<string, unknown>>): string {
  return Object.entries(pictures).reduce(
    (text, [name, value]) =>
      text.replace(`\n  "${name}": null`, () => `\n  "${name}": ${shortText(value, ' '.repeat(indent))}`),
    frame,
  );
}

/** The value as JSON, a line for each list or object that has no other in it: these are long, and read by programs. */
function shortText(value: unknown, margin: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.values(value);
  if (parts.every((part) => typeof part !== 'object' || part === null)) return JSON.stringify(value);
  const inner = margin + ' '.repeat(indent);
  const entries = Array.isArray(value)
    ? parts.map((part) => shortText(part, inner))
    : Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${shortText(part, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${entries.map((entry) => inner + entry).join(',\n')}\n${margin}${close}`;
}

/** Fills a list that is empty in the text of an object. Lists deeper in the object are indented further. */
function filled(frame: string, list: string, items: readonly string[]): string {
  if (items.length === 0) return frame;
  const name = `\n${' '.repeat(indent)}"${list}": [`;
  const at = frame.indexOf(`${name}]`) + name.length;
  const inner = ' '.repeat(2 * indent);
  const text = items.map((item) => `\n${inner}${item.replaceAll('\n', `\n${inner}`)}`).join(',');
  return `${frame.slice(0, at)}${text}\n${' '.repeat(indent)}${frame.slice(at)}`;
}

/** The value with its keys in the schema's order; keys that the schema does not have follow in their own order. */
function inOrderOf(schema: z.core.$ZodType, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const inner = unwrap(schema);
  if (Array.isArray(value)) {
    return inner instanceof z.ZodArray ? value.map((item) => inOrderOf(inner.element, item)) : value;
  }
  const parts = partsOf(inner, value);
  const known = [...parts.keys()].filter((key) => Object.hasOwn(value, key));
  const others = Object.keys(value).filter((key) => !parts.has(key));
  const fields = value as Record<string, unknown>;
  return Object.fromEntries([
    ...known.map((key) => [key, inOrderOf(parts.get(key)!, fields[key])]),
    ...others.map((key) => [key, fields[key]]),
  ]);
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  while (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional || inner instanceof z.ZodExactOptional) {
    inner = inner.unwrap();
  }
  return inner;
}

/** The schema of each field of a value; for a union, that of the variant that fits. A record's free keys are sorted. */
function partsOf(schema: z.core.$ZodType, value: object): ReadonlyMap<string, z.core.$ZodType> {
  if (schema instanceof z.ZodObject) return new Map(Object.entries(schema.shape));
  if (schema instanceof z.ZodUnion) {
    const variant = schema.options.find((option) => z.safeParse(option, value).success);
    return variant === undefined ? new Map() : partsOf(unwrap(variant), value);
  }
  if (schema instanceof z.ZodRecord) {
    const { keyType, valueType } = schema;
    const keys = keyType instanceof z.ZodEnum ? keyType.options.map(String) : Object.keys(value).sort();
    return new Map(keys.map((key) => [key, valueType]));
  }
  return new Map();
}

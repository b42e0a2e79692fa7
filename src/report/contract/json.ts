/**
 * Writes a report as JSON, with its reasons and causes as data and in words. Fields are in the order of the schema, so
 * two reports of equal content are equal byte for byte. The indent is two spaces, the text ends with a newline, and
 * numbers that are not finite become null.
 */
import { z } from 'zod';
import type { RunReport } from '../../domain/report/run-report.js';
import { storedReportSchema } from './schema.js';
import { withWords } from './with-words.js';

export function renderJson(report: RunReport): string {
  return `${JSON.stringify(inOrderOf(storedReportSchema, withWords(report)), null, 2)}\n`;
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

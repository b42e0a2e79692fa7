/**
 * Writes a report as JSON, its reasons and causes in words beside their data. Fields are in the order of the contract,
 * whatever order the report was put together in, so that two reports of equal content are equal bytes. Two spaces, a
 * newline at the end, null for anything not finite.
 */
import { z } from 'zod';
import type { RunReport } from '../../domain/report/run-report.js';
import { storedReportSchema } from './schema.js';
import { withWords } from './with-words.js';

export function renderJson(report: RunReport): string {
  return `${JSON.stringify(inOrderOf(storedReportSchema, withWords(report)), null, 2)}\n`;
}

/** The value with its keys in the schema's order; keys that the schema does not have come after, in their own. */
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

/** Fields of an object, of the variant that a union's value is, or of a record; free keys in alphabetical order. */
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

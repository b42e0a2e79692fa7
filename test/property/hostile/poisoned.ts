/**
 * Puts a text before every free text of a value, as its schema tells them apart from enumerations and formats. What a
 * schema gets later is poisoned without a word here.
 */
import { z } from 'zod';

/** Fields that are free texts by their schema, and yet are no names: what is no histogram is refused. */
const left: ReadonlySet<string> = new Set(['latencyHistograms']);

/** A text that is not known becomes the text alone. */
export function poisoned<Value>(schema: z.core.$ZodType, value: Value, text: string): Value {
  return poison(schema, value, text) as Value;
}

function poison(schema: z.core.$ZodType, value: unknown, text: string): unknown {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) {
    const inner = schema.unwrap();
    if (value === null && isFreeText(inner)) return text;
    return value === null || value === undefined ? value : poison(inner, value, text);
  }
  if (isFreeText(schema)) return typeof value === 'string' ? text + value : value;
  if (schema instanceof z.ZodUnion) {
    const variant = schema.options.find((option) => z.safeParse(option, value).success);
    return variant === undefined ? value : poison(variant, value, text);
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => poison(schema.element, item, text));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (schema instanceof z.ZodObject) return withFields(schema.shape, value, text);
  if (schema instanceof z.ZodRecord) {
    const { keyType, valueType } = schema;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        isFreeText(keyType) ? text + key : key,
        poison(valueType, inner, text),
      ]),
    );
  }
  return value;
}

function withFields(shape: z.core.$ZodShape, value: object, text: string): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      const schema = shape[key];
      return [key, schema === undefined || left.has(key) ? inner : poison(schema, inner, text)];
    }),
  );
}

/** Whether any text will do: no format, no pattern. */
function isFreeText(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodString && schema.format === null && (schema.def.checks ?? []).length === 0;
}

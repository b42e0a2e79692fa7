/** Describes the shape of a scenario in a report, derived from the declarations of its fields. */
import { z } from 'zod';
import type { Part } from '../../domain/scenario/fields/field.js';
import { isNullable, kafkaParts, scenarioParts, type Parts } from '../../domain/scenario/fields/parts.js';
import type { Value } from '../../domain/scenario/fields/value.js';
import type { KafkaSettings, Scenario } from '../../domain/scenario/scenario.js';
import { scenarioValues } from './scenario-values.js';

export const scenarioSchema: z.ZodType<Scenario> = objectOf<Scenario>(scenarioParts).meta({
  id: 'scenario',
  description: 'Fully resolved: every default is spelled out.',
});

function objectOf<Whole>(parts: Parts<string>): z.ZodType<Whole> {
  const shape = Object.entries(parts).map(([name, part]) => [name, schemaOf(part)] as const);
  return z.object(Object.fromEntries(shape)) as unknown as z.ZodType<Whole>;
}

function schemaOf(part: Part): z.ZodType {
  const { value, resolved } = part;
  const schema = resolved?.isSigned === true ? z.int() : valueSchema(value);
  const orNull = isNullable(part) ? schema.nullable() : schema;
  return resolved?.about === undefined ? orNull : orNull.describe(resolved.about);
}

function valueSchema(value: Value): z.ZodType {
  if (value.kind === 'kafkaSettings') return kafkaSchema();
  const shape = scenarioValues[value.kind] as (of: Value) => z.ZodType;
  return shape(value);
}

function kafkaSchema(): z.ZodType<KafkaSettings> {
  return objectOf<KafkaSettings>(kafkaParts).meta({
    id: 'kafka',
    description: 'Settings of the brokers that speak Kafka; without effect on others.',
  });
}

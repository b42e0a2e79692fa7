/** The file's schema as JSON Schema (draft 7, which YAML editor plug-ins speak), by which editors know the format. */
import { z } from 'zod';
import { createScenarioSchema } from './schema.js';

/** @param strategies ids of the strategies there are */
export function scenarioJsonSchema(strategies: readonly string[]): Record<string, unknown> {
  const generated = z.toJSONSchema(createScenarioSchema(strategies), { io: 'input', target: 'draft-7' });
  const { $schema, ...rest } = generated;
  return {
    $schema,
    title: 'eventbus-bench scenario',
    description: 'What eventbus-bench runs: a file for `eventbus-bench run FILE`. Every field may be left out.',
    ...rest,
  };
}

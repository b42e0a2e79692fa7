/** How the expectations of rows are written in a file, as zod schemas: a map from rows to outcomes and expressions. */
import { z } from 'zod';
import { causeIds } from '../../domain/report/cause-ids.js';
import { modeRows, outcomes } from '../../domain/scenario/scenario.js';
import { expectationKeyPattern, expectationKeys } from '../row-names.js';
import { listed } from './choices.js';
import { expressions } from './texts.js';

const outcomeError = `${listed(outcomes)}, or a list of these`;

const rowExpectation = z.strictObject({
  outcome: z
    .union(
      [
        z.enum(outcomes, { error: outcomeError }),
        z.array(z.enum(outcomes, { error: outcomeError })).min(1, { error: outcomeError }),
      ],
      {
        error: outcomeError,
      },
    )
    .transform((outcome) => (typeof outcome === 'string' ? [outcome] : outcome))
    .describe('Outcome that the row must have; any of them, if it is a list.')
    .exactOptional(),
  causes: causes()
    .describe('Causes that the row must name. It may name no others, except latent ones and those of beside.')
    .exactOptional(),
  beside: causes().describe('Causes that the row may name beside those of causes.').exactOptional(),
  latent: causes()
    .describe('Causes that must be at work in the row, be it without having broken anything.')
    .exactOptional(),
  that: expressions().describe('Expressions that must all hold, such as regressions>0.').exactOptional(),
});

function causes() {
  const error = 'a list of causes, such as [shared-durable]; list hazards shows them all';
  return z.array(z.enum(causeIds, { error }), { error });
}

/** @param strategies ids of those there are */
export function expectations(strategies: readonly string[]) {
  const known = expectationKeys(strategies);
  const error = `a map from rows (${listed(modeRows)}, or kafka:single and the like) to what is expected of them`;
  return z
    .record(z.string(), rowExpectation, { error })
    .superRefine((expected, context) => {
      for (const key of Object.keys(expected).filter((key) => !known.includes(key))) {
        context.addIssue({ code: 'custom', path: [key], message: error, params: { known } });
      }
    })
    .meta({ propertyNames: { pattern: expectationKeyPattern(strategies) } });
}

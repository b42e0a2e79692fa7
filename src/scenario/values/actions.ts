/** How publishing, handling and what is done to a run are written in a file, as zod schemas over `notation/`. */
import { z } from 'zod';
import { formatCount, limits } from '../limits.js';
import { disturbancePattern, readDisturbance } from '../notation/disturbance.js';
import { handlerTimeForms, handlerTimePattern, parseHandlerTime } from '../notation/handler-time.js';
import { parsePublishMode, publishModePattern } from '../notation/publish-mode.js';

export function publishMode() {
  const error = `serial, handled, async:N or capped:N with N from 1 to ${formatCount(limits.asyncWindow)}, or pool:N with N from 1 to ${limits.senders}`;
  return z
    .string({ error })
    .regex(publishModePattern, { error })
    .transform(parsePublishMode)
    .refine((mode) => mode !== null, { error });
}

export function handlerTime() {
  const error = handlerTimeForms;
  return z
    .union([z.string({ error }).regex(handlerTimePattern, { error }), z.literal(0, { error })], { error })
    .transform((value) => parseHandlerTime(String(value)))
    .refine((time) => time !== null, { error });
}

export function disturbances() {
  const error = `a list of up to ${formatCount(limits.disturbances)} disturbances, such as join@50%`;
  const one = z
    .string({ error })
    .meta({ pattern: disturbancePattern.source })
    .transform((text, context) => {
      const reading = readDisturbance(text);
      if ('value' in reading) return reading.value;
      const { allowed, ...params } = reading.problem;
      context.addIssue({ code: 'custom', message: allowed, params });
      return z.NEVER;
    });
  return z.array(one, { error }).max(limits.disturbances, { error });
}

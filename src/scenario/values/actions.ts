/** How publishing, handling and what is done to a run are written in a file, as zod schemas over `notation/`. */
import { z } from 'zod';
import { formatCount, limits } from '../limits.js';
import { disturbancePattern, parseDisturbance } from '../notation/disturbance.js';
import { handlerTimeForms, handlerTimePattern, parseHandlerTime } from '../notation/handler-time.js';
import { parsePublishMode, publishModePattern } from '../notation/publish-mode.js';

export function publishMode() {
  const error = `serial, handled, or async:N with N from 1 to ${formatCount(limits.asyncWindow)}`;
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
  const error =
    'a list of join, leave, stall:2s, pause:2s, partitions:6, restart:500ms, crash:300ms, workers:5 or refuse:200ms, each with the share of events at which it comes, such as join@50%';
  const one = z
    .string({ error })
    .regex(disturbancePattern, { error })
    .transform(parseDisturbance)
    .refine((disturbance) => disturbance !== null, { error });
  return z.array(one, { error }).max(limits.disturbances, { error });
}

/**
 * Parses a disturbance, which is written as `kind:argument@share`: `join@30%`, `stall:2s@0.5`, `partitions:6@50%`. It
 * comes once that share of the events has been published.
 */
import type { Disturbance, DisturbanceAction } from '../../domain/scenario/disturbance.js';
import { fields } from '../../domain/scenario/fields/fields.js';
import { parseDuration } from './duration.js';
import { limits } from '../limits.js';
import { parseShare } from './share.js';

/** For editors; {@link parseDisturbance} is stricter. */
export const disturbancePattern =
  /^(join|leave|stall:[^@]+|pause:[^@]+|partitions:\d+|restart:[^@]+|crash:[^@]+|workers:\d+|refuse:[^@]+)@[\d.]+%?$/;

/** @returns null if the text is no disturbance */
export function parseDisturbance(text: string): Disturbance | null {
  const [, kind = '', argument = '', place = ''] = /^([a-z]+)(?::([^@]+))?@(.+)$/.exec(text) ?? [];
  const at = parseShare(place.endsWith('%') ? place : Number(place));
  const action = actionOf(kind, argument);
  return action === null || at === null || Number.isNaN(at) || at < 0 || at > 1 ? null : { ...action, at };
}

function actionOf(kind: string, argument: string): DisturbanceAction | null {
  switch (kind) {
    case 'join':
    case 'leave':
      return argument === '' ? { kind } : null;
    case 'partitions':
    case 'workers': {
      const count = /^\d{1,6}$/.test(argument) ? Number(argument) : 0;
      return count >= 1 && count <= fields[kind].value.max ? { kind, count } : null;
    }
    case 'restart': {
      const downMs = durationOf(argument);
      return downMs === null ? null : { kind, downMs };
    }
    case 'stall':
    case 'pause':
    case 'crash':
    case 'refuse': {
      const forMs = durationOf(argument);
      return forMs === null ? null : { kind, forMs };
    }
    default:
      return null;
  }
}

function durationOf(text: string): number | null {
  const ms = parseDuration(text);
  return ms !== null && ms > 0 && ms <= limits.durationMs ? ms : null;
}

/**
 * Parses a disturbance, which is written as `kind:argument@share`: `join@30%`, `stall:2s@0.5`, `partitions:6@50%`. It
 * comes once that share of the events has been published. Of a text that is no disturbance, the part that is wrong is
 * named, with what may stand there and the text put right.
 */
import type { Disturbance, DisturbanceAction } from '../../domain/scenario/disturbance.js';
import { fields } from '../../domain/scenario/fields/fields.js';
import { listed } from '../../text/lists.js';
import { formatCount, limits } from '../limits.js';
import { nearest } from '../nearest.js';
import { parseDuration } from './duration.js';
import { parseShare } from './share.js';

/** For editors; {@link readDisturbance} is stricter. */
export const disturbancePattern =
  /^(join|leave|stall:[^@]+|pause:[^@]+|partitions:\d+|restart:[^@]+|crash:[^@]+|workers:\d+|refuse:[^@]+)@[\d.]+%?$/;

export interface DisturbanceProblem {
  /** What is wrong, after the text: `there is no disturbance "jion"`. */
  readonly wrong: string;
  /** What may stand in the place of the wrong part. */
  readonly allowed: string;
  /** A text that is right, as near to the wrong one as can be told. */
  readonly example: string;
}

type Kind = DisturbanceAction['kind'];
type Reading<T> = { readonly value: T } | { readonly problem: DisturbanceProblem };

/** The argument of each kind in examples; null: it takes none. */
const usualArgument: Readonly<Record<Kind, string | null>> = {
  join: null,
  leave: null,
  stall: '2s',
  pause: '2s',
  partitions: '6',
  restart: '500ms',
  crash: '300ms',
  workers: '5',
  refuse: '200ms',
};
const kinds = Object.keys(usualArgument) as readonly Kind[];
const usualPlace = '50%';

/** @returns null if the text is no disturbance */
export function parseDisturbance(text: string): Disturbance | null {
  const reading = readDisturbance(text);
  return 'value' in reading ? reading.value : null;
}

export function readDisturbance(text: string): Reading<Disturbance> {
  const [, kind = '', argument, place] = /^([^:@]*)(?::([^@]*))?(?:@(.*))?$/s.exec(text) ?? [];
  const action = readAction(kind, argument, text);
  if ('problem' in action) return action;
  const at = shareOf(place ?? '');
  if (at !== null) return { value: { ...action.value, at } };
  const before = place === undefined ? text : text.slice(0, text.indexOf('@'));
  const meant = /^\d+$/.test(place ?? '') && Number(place) <= 100 ? `${place!}%` : usualPlace;
  return problem({
    wrong:
      place === undefined || place === '' ? 'it does not say when it comes' : `"${place}" is no share of the events`,
    allowed: 'behind @ a share from 0% to 100%, or from 0 to 1',
    example: `${before}@${meant}`,
  });
}

function readAction(kind: string, argument: string | undefined, text: string): Reading<DisturbanceAction> {
  if (!isKind(kind)) {
    const meant = nearest(kind, kinds) as Kind | null;
    const right = meant ?? 'join';
    const keptArgument = meant !== null && argument !== undefined && actionOf(meant, argument) !== null;
    return problem({
      wrong: kind === '' ? 'it does not say what is done' : `there is no disturbance "${kind}"`,
      allowed: listed(kinds.map(withUsualArgument), 'or'),
      example: `${keptArgument ? `${right}:${argument}` : withUsualArgument(right)}@${placeIn(text)}`,
    });
  }
  const action = actionOf(kind, argument);
  if (action !== null) return { value: action };
  return problem({
    ...argumentProblem(kind, argument ?? ''),
    example: `${withUsualArgument(kind)}@${placeIn(text)}`,
  });
}

function isKind(text: string): text is Kind {
  return Object.hasOwn(usualArgument, text);
}

function withUsualArgument(kind: Kind): string {
  const argument = usualArgument[kind];
  return argument === null ? kind : `${kind}:${argument}`;
}

function argumentProblem(kind: Kind, argument: string): Pick<DisturbanceProblem, 'wrong' | 'allowed'> {
  switch (kind) {
    case 'join':
    case 'leave':
      return { wrong: `":${argument}" is more than ${kind} takes`, allowed: `${kind}@ and when it comes` };
    case 'partitions':
    case 'workers':
      return {
        wrong: argument === '' ? `it does not say how many ${kind}` : `"${argument}" is no number of ${kind}`,
        allowed: `behind ${kind}: a whole number from 1 to ${formatCount(fields[kind].value.max)}`,
      };
    default:
      return {
        wrong: argument === '' ? 'it does not say for how long' : `"${argument}" is no duration for it`,
        allowed: `behind ${kind}: a duration with its unit, more than 0 and at most 24h`,
      };
  }
}

/** The place that the text names, if it is a right one. */
function placeIn(text: string): string {
  const place = text.includes('@') ? text.slice(text.indexOf('@') + 1) : '';
  return shareOf(place) === null ? usualPlace : place;
}

function shareOf(place: string): number | null {
  if (place.trim() === '') return null;
  return parseShare(place.endsWith('%') ? place : Number(place));
}

function problem(of: DisturbanceProblem): { readonly problem: DisturbanceProblem } {
  return { problem: of };
}

/** @returns null if the argument is wrong for the kind */
function actionOf(kind: Kind, argument: string | undefined): DisturbanceAction | null {
  switch (kind) {
    case 'join':
    case 'leave':
      return argument === undefined ? { kind } : null;
    case 'partitions':
    case 'workers': {
      const count = /^\d{1,6}$/.test(argument ?? '') ? Number(argument) : 0;
      return count >= 1 && count <= fields[kind].value.max ? { kind, count } : null;
    }
    case 'restart': {
      const downMs = durationOf(argument ?? '');
      return downMs === null ? null : { kind, downMs };
    }
    case 'stall':
    case 'pause':
    case 'crash':
    case 'refuse': {
      const forMs = durationOf(argument ?? '');
      return forMs === null ? null : { kind, forMs };
    }
  }
}

function durationOf(text: string): number | null {
  const ms = parseDuration(text);
  return ms !== null && ms > 0 && ms <= limits.durationMs ? ms : null;
}

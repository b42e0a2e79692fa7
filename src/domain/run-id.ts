/**
 * The id of a run, which is part of the name of everything that it makes on a broker. The id tells when the run began
 * and, for brokers that do not record who made what, on which host and by which process:
 * `<time>-<random>-<host>-<pid>`, the time in milliseconds since 1970, all but the random part in base 36.
 */
import { fnv1a32 } from './fnv1a.js';

export interface RunOrigin {
  readonly startedAtMs: number;
  /** Stands for the host's name; two hosts may share one by chance, once in four billion. */
  readonly hostTag: string;
  readonly pid: number;
}

/** @param random letters a to f and digits, so that no two runs share an id */
export function formatRunId({ startedAtMs, hostTag, pid }: RunOrigin, random: string): string {
  return [startedAtMs.toString(36), random, hostTag, pid.toString(36)].join('-');
}

/** null if the text is no run's id. Further characters behind a `_` (a row's number) are allowed. */
export function parseRunId(text: string): RunOrigin | null {
  const match = /^([0-9a-z]+)-[0-9a-f]+-([0-9a-z]+)-([0-9a-z]+)(?:_\d+)?$/.exec(text);
  if (match === null) return null;
  const [, time = '', hostTag = '', pid = ''] = match;
  return { startedAtMs: Number.parseInt(time, 36), hostTag, pid: Number.parseInt(pid, 36) };
}

export function hostTagOf(hostname: string): string {
  return fnv1a32(hostname).toString(36);
}

/**
 * Tells this tool's streams from all others by two marks together: the name begins with {@link streamMark}, and the
 * description says which run on which host created it. A stream with one mark only is foreign and is never touched.
 */
import { hostname } from 'node:os';
import { streamMark } from '../../domain/topology.js';

export { streamMark };

const opening = 'Made by eventbus-bench for one run, and removed at its end: ';

export interface StreamOwner {
  readonly runId: string;
  readonly host: string;
  /** Process id of the run. */
  readonly pid: number;
}

export function thisProcess(runId: string): StreamOwner {
  return { runId, host: hostname(), pid: process.pid };
}

/** The stream's description. */
export function describeOwner(owner: StreamOwner): string {
  return opening + JSON.stringify({ run: owner.runId, host: owner.host, pid: owner.pid });
}

/** The owner as stream metadata (nats-server 2.10 and later), for other tools to read. */
export function ownerMetadata(owner: StreamOwner): Record<string, string> {
  return {
    'eventbus-bench-run': owner.runId,
    'eventbus-bench-host': owner.host,
    'eventbus-bench-pid': String(owner.pid),
  };
}

/** Whose stream this is; null if it does not carry both marks. */
export function ownerOf(name: string, description: string | undefined): StreamOwner | null {
  if (!name.startsWith(streamMark) || !description?.startsWith(opening)) return null;
  try {
    return asOwner(JSON.parse(description.slice(opening.length)));
  } catch {
    return null;
  }
}

function asOwner(value: unknown): StreamOwner | null {
  if (typeof value !== 'object' || value === null) return null;
  const { run, host, pid } = value as Record<string, unknown>;
  if (typeof run !== 'string' || typeof host !== 'string' || typeof pid !== 'number') return null;
  return { runId: run, host, pid };
}

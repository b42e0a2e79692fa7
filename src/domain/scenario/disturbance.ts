/**
 * Disturbances: what is done to a run while it goes on. Each comes once a given share of the events has been published,
 * so that it comes at the same place in fast runs and slow ones, simulated and real.
 */

export type DisturbanceAction =
  /** One more member joins the first group. */
  | { readonly kind: 'join' }
  /** The first member of the first group leaves it properly. */
  | { readonly kind: 'leave' }
  /** The first member of the first group hangs, as in a long garbage collection, and sends no heartbeats. */
  | { readonly kind: 'stall'; readonly forMs: number }
  /** The first member of the first group pauses its partitions and resumes them later; what it has fetched goes on. */
  | { readonly kind: 'pause'; readonly forMs: number }
  /**
   * The first replica of the service, or its latest successor, dies at once; after a while a successor takes its place.
   */
  | { readonly kind: 'crash'; readonly forMs: number }
  /** Every bus gets more lanes or fewer, so that it has `count` workers, while they are busy. */
  | { readonly kind: 'workers'; readonly count: number }
  /** Every topic gets more partitions, so that it has `count`. */
  | { readonly kind: 'partitions'; readonly count: number }
  /** The broker is killed, and started again after a while. */
  | { readonly kind: 'restart'; readonly downMs: number }
  /** Every topic refuses writes for a while, with an error that clients retry. */
  | { readonly kind: 'refuse'; readonly forMs: number };

export type Disturbance = DisturbanceAction & {
  /** Share of the events published at which it comes, 0 to 1. */
  readonly at: number;
};

/** Milliseconds as text: `500ms`, `2s`. */
export function formatMs(ms: number): string {
  return ms >= 1000 && ms % 1000 === 0 ? `${String(ms / 1000)}s` : `${String(ms)}ms`;
}

/** A disturbance as `--disturb` writes it: `partitions:6@30%`. */
export function formatDisturbance(disturbance: Disturbance): string {
  return `${formatAction(disturbance)}@${String(Math.round(disturbance.at * 10_000) / 100)}%`;
}

function formatAction(action: DisturbanceAction): string {
  switch (action.kind) {
    case 'join':
    case 'leave':
      return action.kind;
    case 'partitions':
    case 'workers':
      return `${action.kind}:${String(action.count)}`;
    case 'restart':
      return `restart:${formatMs(action.downMs)}`;
    case 'stall':
    case 'pause':
    case 'crash':
    case 'refuse':
      return `${action.kind}:${formatMs(action.forMs)}`;
  }
}

/** Lists what happened to the run, rather than to one event, in a few words each: the first ones. */
import { incidentsMax, type TimelineIncident } from '../../domain/report/run-picture.js';
import type { NoteKind, RunNote } from '../../domain/run-note.js';

const told: ReadonlySet<NoteKind> = new Set<NoteKind>([
  'rebalance',
  'disturbance',
  'fault',
  'reconnect',
  'resized',
  'put-out',
  'subscription-ended',
]);

export class IncidentList {
  readonly #incidents: TimelineIncident[] = [];
  total = 0;

  get incidents(): readonly TimelineIncident[] {
    return this.#incidents;
  }

  add({ kind, stamp, atMs, detail }: RunNote): void {
    if (!told.has(kind)) return;
    this.total++;
    if (this.#incidents.length === incidentsMax) return;
    const what = Object.entries(detail)
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ');
    this.#incidents.push({ stamp, atMs, kind, what });
  }
}
